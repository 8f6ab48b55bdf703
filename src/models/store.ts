/*
 * Verified files, content-addressed by SHA-256 in the Cache API. The store is a convenience, never an authority:
 * what it returns is digested again by whoever asks, and what it throws never fails a load.
 */

const STORE_NAME = 'gluon-lens-verified-v1';

function keyOf(sha256: string): string {
  return `/verified/${sha256}`;
}

/** The Cache API is missing in insecure contexts and may be denied (private windows, full disks). */
async function openStore(): Promise<Cache | null> {
  if (!('caches' in globalThis)) return null;
  try {
    return await caches.open(STORE_NAME);
  } catch (denied) {
    reportUnavailable(denied);
    return null;
  }
}

/** Does something with the store; without one, or when it fails, `otherwise`. */
async function withStore<T>(work: (store: Cache) => Promise<T>, otherwise: T): Promise<T> {
  const store = await openStore();
  if (!store) return otherwise;
  try {
    return await work(store);
  } catch (failed) {
    reportUnavailable(failed);
    return otherwise;
  }
}

/** The stored bytes for a digest, unverified; null when there are none or they cannot be read. */
export function readStored(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return withStore(async (store) => {
    const response = await store.match(keyOf(sha256));
    return response ? new Uint8Array(await response.arrayBuffer()) : null;
  }, null);
}

/** Whether there are bytes for a digest; what they are is found out when they are read. */
export function isStored(sha256: string): Promise<boolean> {
  return withStore(async (store) => (await store.match(keyOf(sha256))) !== undefined, false);
}

/**
 * Keeps bytes under the digest they were just found to have. They are copied before this returns: the caller may
 * transfer them away at once.
 * @returns whether they were kept; a full or denied store is no error, the file is then fetched again next time.
 */
export function keepStored(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const copy = new Response(bytes, { headers: { 'content-type': 'application/octet-stream' } });
  return withStore(async (store) => {
    await store.put(keyOf(sha256), copy);
    return true;
  }, false);
}

/** Removes one entry, e.g. because its bytes no longer match its name. */
export async function discardStored(sha256: string): Promise<void> {
  await withStore((store) => store.delete(keyOf(sha256)), false);
}

/** Removes every entry that is not in `keep`: files of earlier versions. @returns how many went. */
export function pruneStore(keep: ReadonlySet<string>): Promise<number> {
  return withStore(async (store) => {
    let removed = 0;
    for (const request of await store.keys()) {
      const sha256 = new URL(request.url).pathname.split('/').pop() ?? '';
      if (!keep.has(sha256) && (await store.delete(request))) removed += 1;
    }
    return removed;
  }, 0);
}

function reportUnavailable(reason: unknown): void {
  console.warn('The store for verified files is not available; files are fetched again.', reason);
}
