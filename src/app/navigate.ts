/** The address behind `#`, as the router reads it. */
export function hashPath(): string {
  return `/${window.location.hash.replace(/^#?\/?/, '')}`;
}

let isOpening = true;
window.addEventListener('hashchange', () => (isOpening = false), { once: true });

/** Whether the page still shows the address at which it was opened. */
export function isFirstAddress(): boolean {
  return isOpening;
}

/**
 * Shows another address behind `#`. The router's own way would move what stands behind “?” out of the hash, into the
 * address that is sent to the server. What is kept with an entry of the history stays when its address is replaced.
 */
export function showHash(path: string, how: 'push' | 'replace'): void {
  const oldURL = window.location.href;
  const url = new URL(oldURL);
  url.hash = path;
  if (how === 'push') window.history.pushState(null, '', url);
  else window.history.replaceState(window.history.state, '', url);
  window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: url.href }));
}
