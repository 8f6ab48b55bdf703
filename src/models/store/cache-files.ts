import { fileLock, never } from './disk.ts';
import { storeError } from './errors.ts';
import type { Locks } from './locks.ts';
import { memoryDisk } from './memory-disk.ts';
import type { FileStore } from './types.ts';

const STORE_NAME = 'gluon-lens-verified-v1';

function keyOf(sha256: string): string {
  return `/verified/${sha256}`;
}

function digestOf(request: Request): string {
  return new URL(request.url).pathname.split('/').pop() ?? '';
}

/**
 * Verified files in the Cache API, which writes an entry whole or not at all. It cannot append, so partial files are
 * kept in memory. Locks as on a disk. Null where there is no Cache API (insecure contexts).
 */
export function cacheFiles(locks: Locks): FileStore | null {
  if (!('caches' in globalThis)) return null;
  // Opened each time: it may be denied for a while only (private windows, full disks).
  const withCache = async <T>(work: (cache: Cache) => Promise<T>): Promise<T> => {
    try {
      return await work(await caches.open(STORE_NAME));
    } catch (thrown) {
      throw storeError(thrown);
    }
  };
  const locked = <T>(sha256: string, mode: LockMode, work: (cache: Cache) => Promise<T>) =>
    locks.run(fileLock(sha256), mode, () => withCache(work));
  const read = (sha256: string) =>
    locked(sha256, 'shared', async (cache) => {
      const response = await cache.match(keyOf(sha256));
      return response ? new Uint8Array(await response.arrayBuffer()) : null;
    });
  const keep = (sha256: string, bytes: Uint8Array<ArrayBuffer>) =>
    locked(sha256, 'exclusive', (cache) =>
      cache.put(
        keyOf(sha256),
        new Response(bytes, {
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(bytes.length),
          },
        }),
      ),
    );
  const disk = memoryDisk();
  return {
    backend: 'cache',
    read,
    keep,
    has: (sha256) =>
      locked(sha256, 'shared', async (cache) => (await cache.match(keyOf(sha256))) !== undefined),
    discard: (sha256, isNeeded = never) =>
      locked(
        sha256,
        'exclusive',
        async (cache) => !(await isNeeded()) && cache.delete(keyOf(sha256)),
      ),
    list: () =>
      withCache(async (cache) => {
        const requests = await cache.keys();
        return Promise.all(
          requests.map(async (request) => {
            const kept = await cache.match(request);
            // Files of earlier versions carry no length.
            const bytes = Number(kept?.headers.get('content-length') ?? Number.NaN);
            return { name: digestOf(request), bytes: Number.isFinite(bytes) ? bytes : 0 };
          }),
        );
      }),
    room: disk.room, // an entry cannot be made without its bytes
    partials: {
      size: async (key) => (await disk.size('partial', key)) ?? 0,
      read: (key) => disk.read('partial', key),
      write: disk.write,
      remove: async (key) => {
        await disk.remove('partial', key);
      },
      list: () => disk.list('partial'),
      commit: async (key, sha256) => {
        await keep(sha256, (await disk.read('partial', key)) ?? new Uint8Array());
        await disk.remove('partial', key);
      },
    },
  };
}
