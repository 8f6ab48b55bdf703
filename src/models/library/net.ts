import type { AppError } from '../../core/errors.ts';
import { hostError, redirectError } from './transfer-errors.ts';

/** The network, the clock and chance, so that tests can set them. */
export interface Net {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Origin of the page; its own files are always allowed. */
  readonly pageOrigin: string;
  /** True when the device says that it has no network. */
  readonly isOffline: () => boolean;
  /** Resolves after so many ms, rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** ms. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** The page's own. */
export function pageNet(pageOrigin: string): Net {
  return {
    fetch: (url, init) => fetch(url, init),
    pageOrigin,
    isOffline: () => !navigator.onLine,
    sleep,
    now: () => Date.now(),
    random: () => Math.random(),
  };
}

/** Waits `ms`; rejects with the signal's reason. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as AppError);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Whether an address may be fetched from. */
export function isAllowed(url: string, hosts: readonly string[], pageOrigin: string): boolean {
  const { origin } = new URL(url);
  return origin === pageOrigin || hosts.includes(origin);
}

/**
 * Fetches from allowed hosts only. The address that answered is known after the redirects; the page's
 * Content-Security-Policy stands between them too.
 * @throws AppError `download/host-not-allowed`, `download/redirect-refused`, or what `fetch` throws.
 */
export async function fetchAllowed(
  net: Net,
  hosts: readonly string[],
  url: string,
  init: RequestInit,
): Promise<Response> {
  if (!isAllowed(url, hosts, net.pageOrigin)) throw hostError(url);
  const response = await net.fetch(url, init);
  if (response.url !== '' && !isAllowed(response.url, hosts, net.pageOrigin)) {
    await response.body?.cancel();
    throw redirectError(url, response.url);
  }
  return response;
}
