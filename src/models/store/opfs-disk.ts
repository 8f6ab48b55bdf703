import { fileLock, temporaryFile, type Disk, type Folder } from './disk.ts';
import type { Locks } from './locks.ts';

/*
 * The origin's private file system. It is written through synchronous access handles, which only dedicated workers
 * have: they alone write in place and flush. It is read without them, as pages can: that takes half the time (50 MiB:
 * 85 ms against 160 ms through a worker), and readers are not in each other's way. The DOM typings know neither
 * these handles nor `move`.
 */

/** https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle */
interface SyncAccessHandle {
  readonly write: (bytes: Uint8Array<ArrayBuffer>, options: { at: number }) => number;
  readonly truncate: (bytes: number) => void;
  readonly getSize: () => number;
  readonly flush: () => void;
  readonly close: () => void;
}

interface WorkerFileHandle {
  readonly createSyncAccessHandle: () => Promise<SyncAccessHandle>;
  /** Chromium and Safari; not in every browser. */
  readonly move?: (folder: FileSystemDirectoryHandle, name: string) => Promise<void>;
}

type FileHandle = FileSystemFileHandle & WorkerFileHandle;

/** As near as {@link opfsDisk}'s `room` comes to what there is, in bytes. */
const ROOM_STEP = 64 * 1024;

/** Directories' iterators, which the DOM typings have only with a library of their own. */
type Listing = FileSystemDirectoryHandle & {
  readonly values: () => AsyncIterable<FileSystemHandle>;
};

type Folders = Readonly<Record<Folder, FileSystemDirectoryHandle>>;

async function openFolders(): Promise<Folders> {
  const root = await navigator.storage.getDirectory();
  const home = await root.getDirectoryHandle('gluon-lens', { create: true });
  return {
    verified: await home.getDirectoryHandle('verified', { create: true }),
    partial: await home.getDirectoryHandle('partial', { create: true }),
  };
}

/** Reads a file, on the page or in a worker; null when there is none. */
export async function readOpfs(
  folder: Folder,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const folders = await openFolders();
  return orNull(async () => readWhole(await folders[folder].getFileHandle(name)));
}

async function readWhole(handle: FileSystemFileHandle): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await handle.getFile()).arrayBuffer());
}

/**
 * Opens the two folders and writes a byte to see that it may. A full disk is no denial: what is there can be read and
 * removed. For workers only.
 * @throws whatever the browser throws where the file system is denied.
 */
export async function openOpfsDisk(locks: Locks): Promise<Disk> {
  const folders = await openFolders();
  const disk = opfsDisk(folders, locks);
  await withProbe(folders, locks, crypto.randomUUID(), async (probe) => {
    try {
      await disk.write(probe, 0, Uint8Array.of(1));
    } catch (thrown) {
      if (!isFull(thrown)) throw thrown;
    }
  });
  return disk;
}

/** Does something with a file that is gone afterwards, and that no tab's sweep takes away meanwhile. */
function withProbe<T>(
  folders: Folders,
  locks: Locks,
  name: string,
  work: (probe: string) => Promise<T>,
): Promise<T> {
  return locks.run(fileLock(name), 'exclusive', async () => {
    const probe = temporaryFile(name);
    try {
      return await work(probe);
    } finally {
      await orNull(() => folders.partial.removeEntry(probe));
    }
  });
}

function opfsDisk(folders: Folders, locks: Locks): Disk {
  // To the very end `orNull`: another tab may move or remove the file behind a handle.
  const sizeOf = (folder: Folder, name: string) =>
    orNull(async () => (await (await folders[folder].getFileHandle(name)).getFile()).size);
  const removeFrom = async (folder: Folder, name: string): Promise<boolean> => {
    const removed = await orNull(async () => {
      await folders[folder].removeEntry(name);
      return true;
    });
    return removed ?? false;
  };
  return {
    size: sizeOf,
    read: readOpfs,
    write: async (name, at, bytes) => {
      const handle = await folders.partial.getFileHandle(name, { create: true });
      await writeAt(handle as FileHandle, at, bytes);
    },
    move: async (name, to) => {
      const handle = (await folders.partial.getFileHandle(name)) as FileHandle;
      if (handle.move) {
        await handle.move(folders.verified, to);
        return;
      }
      // Without `move`, a copy: an end in the middle leaves the partial file, from which it is made again.
      const copy = await folders.verified.getFileHandle(to, { create: true });
      await writeAt(copy as FileHandle, 0, await readWhole(handle));
      await removeFrom('partial', name);
    },
    remove: removeFrom,
    list: async (folder) => {
      const listed: { name: string; bytes: number }[] = [];
      for await (const entry of (folders[folder] as Listing).values()) {
        const bytes = await sizeOf(folder, entry.name);
        if (bytes !== null) listed.push({ name: entry.name, bytes });
      }
      return listed;
    },
    room: (wanted) =>
      // One name for all tabs: each would find the room that another one's probe takes taken.
      withProbe(folders, locks, 'room', async (probe) => {
        const handle = await folders.partial.getFileHandle(probe, { create: true });
        return growAsFar(handle as FileHandle, wanted);
      }).catch((thrown: unknown) => {
        if (isFull(thrown)) return 0; // not even for the probe
        throw thrown;
      }),
  };
}

/** Makes a file as large as it may become, up to `wanted` bytes. @returns how large that is, or a little less. */
async function growAsFar(handle: FileHandle, wanted: number): Promise<number> {
  const access = await handle.createSyncAccessHandle();
  try {
    if (grows(access, wanted)) return wanted;
    let fits = 0;
    let tooMuch = wanted;
    while (tooMuch - fits > ROOM_STEP) {
      const middle = Math.floor((fits + tooMuch) / 2);
      if (grows(access, middle)) fits = middle;
      else tooMuch = middle;
    }
    return fits;
  } finally {
    access.close();
  }
}

/** Chromium throws nothing where there is no room: the file stays as it was. */
function grows(access: SyncAccessHandle, bytes: number): boolean {
  try {
    access.truncate(bytes);
  } catch (thrown) {
    if (isFull(thrown)) return false;
    throw thrown;
  }
  return access.getSize() === bytes;
}

async function writeAt(
  handle: FileHandle,
  at: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    // Zero bytes instead of a hole are as wrong, but would look like a complete file.
    if (at > access.getSize()) throw new DOMException('The file is too short.', 'DataError');
    let written = 0;
    while (written < bytes.length) {
      const count = access.write(bytes.subarray(written), { at: at + written });
      // Where there is no room, Chromium gives back the error's number, −8, without its sign.
      if (count === 0 || count > bytes.length - written)
        throw new DOMException('Nothing was written.', 'QuotaExceededError');
      written += count;
    }
    access.truncate(at + bytes.length);
    access.flush();
  } finally {
    access.close();
  }
}

function isFull(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
    throw thrown;
  }
}
