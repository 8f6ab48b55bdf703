import { cacheFiles } from './cache-files.ts';
import { diskFiles, type Disk } from './disk.ts';
import type { Locks } from './locks.ts';
import { memoryDisk } from './memory-disk.ts';
import type { FileStore } from './types.ts';

/**
 * The best store that this browser gives: the origin's private file system, else the Cache API, else memory. Which
 * one it is, `backend` says.
 * @param openDisk rejects where the private file system is denied (private windows, older browsers).
 */
export async function openFiles(openDisk: () => Promise<Disk>, locks: Locks): Promise<FileStore> {
  const cache = await usable(cacheFiles(locks));
  let disk: Disk;
  try {
    disk = await openDisk();
  } catch (denied) {
    console.warn('The private file system is not available; another store is used.', denied);
    return cache ?? diskFiles('memory', memoryDisk(), locks);
  }
  const files = diskFiles('opfs', disk, locks);
  try {
    if (cache) await moveIn(cache, files);
  } catch (failed) {
    console.warn('Files of an earlier visit were not all taken over; the rest stays.', failed);
  }
  return files;
}

/** The store if it can be opened at all. */
async function usable(files: FileStore | null): Promise<FileStore | null> {
  try {
    await files?.list();
    return files;
  } catch (denied) {
    console.warn('The Cache API is not available.', denied);
    return null;
  }
}

/** Takes over what an earlier version, or an earlier visit without the file system, has kept elsewhere. */
async function moveIn(from: FileStore, to: FileStore): Promise<void> {
  for (const { name } of await from.list()) {
    const bytes = await from.read(name);
    if (bytes && !(await to.has(name))) await to.keep(name, bytes);
    await from.discard(name);
  }
}
