import { AppError } from '../../core/errors.ts';
import { memoryDatabase, type Database } from '../library/database.ts';
import type { Disk } from '../store/disk.ts';
import { memoryDisk } from '../store/memory-disk.ts';

/**
 * A device whose disk and database outlive the page. {@link boot} starts a page on it that ends in the middle of its
 * nth operation on either: before it, after it, or, of a write, with some of its bytes on the disk.
 */
export class Machine {
  /** What is really on the device. */
  readonly disk: Disk = memoryDisk();
  readonly database: Database = { ...memoryDatabase(), persistent: true };

  /**
   * @param crashAt the operation, from 1; Infinity for a page that lives.
   * @param random 0 to 1; decides how the last operation ends.
   */
  boot(crashAt = Number.POSITIVE_INFINITY, random: () => number = Math.random) {
    const page = { operations: 0, isDead: false };
    const step = async <T>(work: () => Promise<T>, torn: () => Promise<unknown>): Promise<T> => {
      if (page.isDead) throw crash();
      page.operations += 1;
      if (page.operations < crashAt) return work();
      page.isDead = true;
      const how = random();
      if (how < 0.33) await work();
      else if (how < 0.67) await torn();
      throw crash();
    };
    const nothing = () => Promise.resolve();
    const { disk, database } = this;
    const bootedDisk: Disk = {
      size: (...at) => step(() => disk.size(...at), nothing),
      read: (...at) => step(() => disk.read(...at), nothing),
      write: (name, at, bytes) =>
        step(
          () => disk.write(name, at, bytes),
          () => disk.write(name, at, bytes.slice(0, Math.floor(random() * bytes.length))),
        ),
      move: (name, to) => step(() => disk.move(name, to), nothing),
      remove: (...at) => step(() => disk.remove(...at), nothing),
      list: (folder) => step(() => disk.list(folder), nothing),
      room: (wanted) => step(() => disk.room(wanted), nothing),
    };
    const bootedDatabase: Database = {
      persistent: true,
      get: (...at) => step(() => database.get(...at), nothing),
      entries: (table) => step(() => database.entries(table), nothing),
      last: (table) => step(() => database.last(table), nothing),
      put: (...row) => step(() => database.put(...row), nothing),
      delete: (...at) => step(() => database.delete(...at), nothing),
    };
    return { disk: bootedDisk, database: bootedDatabase, page };
  }
}

function crash(): AppError {
  return new AppError('app/crash', 'The page ended here.', { retryable: true });
}

/** Numbers from 0 to 1 that a seed decides (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
