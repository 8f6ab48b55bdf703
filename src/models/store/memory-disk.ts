import type { Disk, Folder } from './disk.ts';

/** A file as the pieces it was written in: joining them at every write would copy it over and over. */
type Pieces = readonly Uint8Array<ArrayBuffer>[];

/** A disk in memory: gone with the page. */
export function memoryDisk(): Disk {
  const folders: Readonly<Record<Folder, Map<string, Pieces>>> = {
    verified: new Map(),
    partial: new Map(),
  };
  // `async` makes the functions fail as a real disk would: by a rejected promise.
  return {
    size: async (folder, name) => {
      const pieces = folders[folder].get(name);
      return Promise.resolve(pieces ? lengthOf(pieces) : null);
    },
    read: async (folder, name) => {
      const pieces = folders[folder].get(name);
      return Promise.resolve(pieces ? joined(pieces) : null);
    },
    write: async (name, at, bytes) => {
      folders.partial.set(name, [...cut(folders.partial.get(name) ?? [], at), bytes]);
      return Promise.resolve();
    },
    move: async (name, to) => {
      const missing = new DOMException(`There is no ${name}.`, 'NotFoundError');
      folders.verified.set(to, folders.partial.get(name) ?? (await Promise.reject(missing)));
      folders.partial.delete(name);
    },
    remove: async (folder, name) => Promise.resolve(folders[folder].delete(name)),
    list: async (folder) =>
      Promise.resolve(
        [...folders[folder]].map(([name, pieces]) => ({ name, bytes: lengthOf(pieces) })),
      ),
    room: async (wanted) => Promise.resolve(wanted), // nothing tells how much memory there is
  };
}

function lengthOf(pieces: Pieces): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function joined(pieces: Pieces): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The first `bytes` bytes. */
function cut(pieces: Pieces, bytes: number): Pieces {
  const kept: Uint8Array<ArrayBuffer>[] = [];
  let left = bytes;
  for (const piece of pieces) {
    if (left <= 0) break;
    kept.push(piece.subarray(0, left));
    left -= piece.length;
  }
  return kept;
}
