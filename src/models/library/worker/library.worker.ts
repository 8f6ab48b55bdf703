import * as Comlink from 'comlink';
import { toWire, wired, type Wire } from '../../../core/errors.ts';
import { judgeModel } from '../../../core/onnx/gate.ts';
import { inspectModel } from '../../../core/onnx/inspect.ts';
import type { Disk } from '../../store/disk.ts';
import { storeError } from '../../store/errors.ts';
import { openLocks } from '../../store/locks.ts';
import { openOpfsDisk } from '../../store/opfs-disk.ts';
import { examine } from '../examine.ts';
import { readBlob } from '../read-blob.ts';
import { openedOnce } from './opened-once.ts';
import type { LibraryWorker } from './protocol.ts';

/*
 * Files through synchronous access handles, and the digest and reading of large models: both would block a page.
 */

const disk = openedOnce(() => openOpfsDisk(openLocks()));

/** Does something with the disk; its failures become `store/…` here, where their names are still known. */
async function withDisk<T>(work: (disk: Disk) => Promise<T>): Promise<Wire<T>> {
  try {
    return { ok: true, value: await work(await disk()) };
  } catch (thrown) {
    return { ok: false, error: toWire(storeError(thrown)) };
  }
}

const reader = { inspect: inspectModel, judge: judgeModel };

const api: LibraryWorker = {
  holdLifeLock: (name) =>
    new Promise((held) => {
      void navigator.locks.request(name, () => {
        held();
        return new Promise<never>(() => undefined);
      });
    }),
  openDisk: () => withDisk(() => Promise.resolve(null)),
  size: (folder, name) => withDisk((disk) => disk.size(folder, name)),
  write: (name, at, bytes) =>
    withDisk(async (disk) => {
      await disk.write(name, at, bytes);
      return null;
    }),
  move: (name, to) =>
    withDisk(async (disk) => {
      await disk.move(name, to);
      return null;
    }),
  remove: (folder, name) => withDisk((disk) => disk.remove(folder, name)),
  list: (folder) => withDisk((disk) => disk.list(folder)),
  room: (wanted) => withDisk((disk) => disk.room(wanted)),
  examine: (file, expected, picture) =>
    wired(async () => {
      const bytes = file instanceof Blob ? await readBlob(file, 'The file') : file;
      return examine(bytes, expected, picture, reader);
    }, 'gate/unreadable'),
};

Comlink.expose(api);
