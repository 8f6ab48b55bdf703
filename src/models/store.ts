import { cacheFiles } from './store/cache-files.ts';
import { openLocks } from './store/locks.ts';
import type { FileStore } from './store/types.ts';

/*
 * The page's verified files, content-addressed by SHA-256. The store is a convenience, never an authority: what it
 * returns is digested again by whoever asks, and what it throws never fails a load.
 */

interface Connection {
  readonly files: Promise<FileStore | null>;
  /** Digests that must stay, whatever else is pruned. */
  readonly named: () => Promise<ReadonlySet<string>>;
}

let connection: Connection | null = null;

/**
 * Puts a store in place of the Cache API, which is used until then. Call it before anything is loaded or pruned.
 * @param named the digests that pruning must spare; when it fails, nothing is pruned.
 */
export function connectStore(
  files: Promise<FileStore>,
  named: () => Promise<ReadonlySet<string>>,
): void {
  connection = { files, named };
}

/** Back to the Cache API. For tests. */
export function disconnectStore(): void {
  connection = null;
}

/** Does something with the store; without one, or when it fails, `otherwise`. */
async function withStore<T>(work: (files: FileStore) => Promise<T>, otherwise: T): Promise<T> {
  try {
    const files = await (connection ? connection.files : cacheFiles(openLocks()));
    return files ? await work(files) : otherwise;
  } catch (failed) {
    console.warn('The store for verified files is not available; files are fetched again.', failed);
    return otherwise;
  }
}

/** The stored bytes for a digest, unverified; null when there are none or they cannot be read. */
export function readStored(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return withStore((files) => files.read(sha256), null);
}

/** Whether there are bytes for a digest; what they are is found out when they are read. */
export function isStored(sha256: string): Promise<boolean> {
  return withStore((files) => files.has(sha256), false);
}

/**
 * Keeps bytes under the digest they were just found to have. They are copied before this returns: the caller may
 * transfer them away at once.
 * @returns whether they were kept; a full or denied store is no error, the file is then fetched again next time.
 */
export function keepStored(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const copy = bytes.slice();
  return withStore(async (files) => {
    await files.keep(sha256, copy);
    return true;
  }, false);
}

/** Removes one entry, e.g. because its bytes no longer match its name. */
export async function discardStored(sha256: string): Promise<void> {
  await withStore((files) => files.discard(sha256), false);
}

/**
 * Removes every entry that neither `keep` nor the library names: files of earlier versions.
 * @returns how many went.
 */
export function pruneStore(keep: ReadonlySet<string>): Promise<number> {
  return withStore(async (files) => {
    // Listed before the names are asked: whoever installs names a file before it is there.
    const listed = await files.list();
    const named = async () => (await connection?.named()) ?? new Set<string>();
    const spared = new Set([...keep, ...(await named())]);
    let removed = 0;
    for (const { name } of listed) {
      if (spared.has(name)) continue;
      // Another tab may have named it since.
      if (await files.discard(name, async () => (await named()).has(name))) removed += 1;
    }
    return removed;
  }, 0);
}
