import { AppError } from '../../core/errors.ts';
import { storeError } from './errors.ts';
import type { Locks } from './locks.ts';
import type { FileStore, PartialFiles, StoredFile } from './types.ts';

/** `verified`: complete files, named by their digest. `partial`: everything that is still being written. */
export type Folder = 'verified' | 'partial';

/** The little that is asked of a file system. Removing or listing what is not there is no failure. */
export interface Disk {
  readonly size: (folder: Folder, name: string) => Promise<number | null>;
  readonly read: (folder: Folder, name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Makes the file if need be, writes into `partial` at a position that is not behind the end, and cuts off what was
   * behind. On the device when it resolves; torn when the machine stops before.
   */
  readonly write: (name: string, at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** From `partial` to `verified`, replacing what is there. */
  readonly move: (name: string, to: string) => Promise<void>;
  /** @returns whether there was one. */
  readonly remove: (folder: Folder, name: string) => Promise<boolean>;
  readonly list: (folder: Folder) => Promise<readonly StoredFile[]>;
  /** How many of so many bytes there is room for, found out by trying. */
  readonly room: (wanted: number) => Promise<number>;
}

/** Files in `partial` that are not a download's: on their way into `verified`, or written to try something out. */
const TEMPORARY = 'keep-';

/** The file that belongs to the lock {@link fileLock} of this name: whoever holds it has the file to himself. */
export function temporaryFile(name: string): string {
  return TEMPORARY + name;
}

/** Whether a partial file is there for the moment only. */
export function isTemporary(file: string): boolean {
  return file.startsWith(TEMPORARY);
}

/** The lock of a verified file and of the temporary file of that name. */
export function fileLock(name: string): string {
  return `file-${name}`;
}

/** The lock under which a download is written and swept. */
function partialLock(key: string): string {
  return `partial-${key}`;
}

/**
 * A store on a disk. Files are written in `partial` only and moved when they are complete, so that an end in the
 * middle leaves a partial file and nothing else. A lock for each digest: alone to write and delete, together to read.
 */
export function diskFiles(backend: FileStore['backend'], disk: Disk, locks: Locks): FileStore {
  const locked = <T>(sha256: string, mode: LockMode, work: () => Promise<T>) =>
    guarded(() => locks.run(fileLock(sha256), mode, work));
  const partials: PartialFiles = {
    size: (key) => guarded(async () => (await disk.size('partial', key)) ?? 0),
    read: (key) => guarded(() => disk.read('partial', key)),
    write: (key, at, bytes) =>
      guarded(() => locks.run(partialLock(key), 'exclusive', () => disk.write(key, at, bytes))),
    remove: (key) =>
      guarded(async () => {
        await disk.remove('partial', key);
      }),
    list: () => guarded(() => disk.list('partial')),
    commit: (key, sha256) => locked(sha256, 'exclusive', () => disk.move(key, sha256)),
  };
  return {
    backend,
    read: (sha256) => locked(sha256, 'shared', () => disk.read('verified', sha256)),
    has: (sha256) =>
      locked(sha256, 'shared', async () => (await disk.size('verified', sha256)) !== null),
    keep: (sha256, bytes) =>
      locked(sha256, 'exclusive', async () => {
        const temporary = temporaryFile(sha256);
        const size = bytes.length; // the bytes may be gone after the write
        await disk.remove('partial', temporary);
        await disk.write(temporary, 0, bytes);
        if ((await disk.size('partial', temporary)) !== size) throw notWritten(size);
        await disk.move(temporary, sha256);
      }),
    discard: (sha256, isNeeded = never) =>
      locked(
        sha256,
        'exclusive',
        async () => !(await isNeeded()) && disk.remove('verified', sha256),
      ),
    list: () => guarded(() => disk.list('verified')),
    room: (wanted) => guarded(() => disk.room(wanted)),
    partials,
  };
}

/**
 * Removes what earlier crashes left in `partial`, as far as that can be done. A file is judged while nobody can write
 * it, and whoever starts a download makes its key known before the first byte: so nobody loses a file.
 * @returns how many went.
 * @throws AppError `store/…` when the files cannot be listed.
 */
export async function sweepPartials(
  files: FileStore,
  locks: Locks,
  known: () => Promise<ReadonlySet<string>>,
): Promise<number> {
  let removed = 0;
  for (const { name } of await files.partials.list()) {
    const removeUnknown = async () => {
      if ((await known()).has(name)) return;
      await files.partials.remove(name);
      removed += 1;
    };
    const lock = isTemporary(name) ? fileLock(name.slice(TEMPORARY.length)) : partialLock(name);
    try {
      await locks.runIfFree(lock, removeUnknown, notNow);
    } catch (failed) {
      console.warn(`What was left of ${name} could not be removed; it stays.`, failed);
    }
  }
  return removed;
}

async function notNow(): Promise<void> {
  // Somebody is writing it: left for the next sweep.
}

/** What {@link FileStore.discard} asks unless told otherwise. */
export function never(): Promise<boolean> {
  return Promise.resolve(false);
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storeError(thrown);
  }
}

function notWritten(bytes: number): AppError {
  return new AppError(
    'store/failed',
    `The browser wrote fewer than the ${bytes.toLocaleString('en')} bytes of a file. Free space on the disk and try again.`,
    { retryable: true, details: { bytes } },
  );
}
