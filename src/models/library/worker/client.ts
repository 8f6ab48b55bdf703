import * as Comlink from 'comlink';
import { AppError, unwire, type Wire } from '../../../core/errors.ts';
import { withDeadline } from '../../../core/flow/deadline.ts';
import { limitOf } from '../../../core/limits.ts';
import type { GivenPicture } from '../../../core/onnx/types.ts';
import type { Disk } from '../../store/disk.ts';
import { readOpfs } from '../../store/opfs-disk.ts';
import type { Expected } from '../claim.ts';
import type { Examination } from '../examine.ts';
import type { LibraryWorker } from './protocol.ts';

type Api = Comlink.Remote<LibraryWorker>;

/** One worker from its start to its end. */
interface Running {
  readonly api: Api;
  readonly death: Promise<never>;
  readonly end: (reason: AppError) => void;
}

/**
 * The library's worker, seen from the page. It is started when it is first needed, and again after it was lost:
 * it keeps nothing that is not on the disk.
 */
export class LibraryClient {
  readonly #startWorker: () => Worker;
  #running: Running | null = null;

  constructor(startWorker: () => Worker) {
    this.#startWorker = startWorker;
  }

  /** The origin's private file system. @throws AppError `store/…` where it is denied. */
  async openDisk(): Promise<Disk> {
    await this.#call((api) => api.openDisk());
    return {
      size: (folder, name) => this.#call((api) => api.size(folder, name)),
      read: readOpfs,
      write: async (name, at, bytes) => {
        await this.#call((api) => api.write(name, at, Comlink.transfer(bytes, [bytes.buffer])));
      },
      move: async (name, to) => {
        await this.#call((api) => api.move(name, to));
      },
      remove: (folder, name) => this.#call((api) => api.remove(folder, name)),
      list: (folder) => this.#call((api) => api.list(folder)),
      room: (wanted) => this.#call((api) => api.room(wanted)),
    };
  }

  /** As `examine` in the worker; bytes are transferred away. */
  examine(
    file: Blob | Uint8Array<ArrayBuffer>,
    expected: Expected | null,
    picture: GivenPicture | null,
  ): Promise<Examination> {
    const sent = file instanceof Blob ? file : Comlink.transfer(file, [file.buffer]);
    return this.#call((api) => api.examine(sent, expected, picture));
  }

  async #call<T>(make: (api: Api) => Promise<Wire<T>>): Promise<T> {
    this.#running ??= this.#start();
    const { api, death, end } = this.#running;
    const answer = Promise.race([make(api), death]);
    return unwire(
      await withDeadline(answer, limitOf('loadMs'), () => {
        const late = workerLost(`it did not answer within ${String(limitOf('loadMs') / 1000)} s`);
        end(late);
        return late;
      }),
    );
  }

  #start(): Running {
    const worker = this.#startWorker();
    let die: (reason: AppError) => void = () => undefined;
    const death = new Promise<never>((_resolve, reject) => {
      die = reject;
    });
    death.catch((reason: unknown) => reason); // a death nobody waits for is no unhandled rejection
    const running: Running = {
      api: Comlink.wrap<LibraryWorker>(worker),
      death,
      end: (reason) => {
        worker.terminate();
        if (this.#running === running) this.#running = null;
        die(reason);
      },
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      running.end(workerLost(event.message));
    });
    void watch(running);
    return running;
  }
}

/** A killed worker raises no event: it holds a Web Lock, which the page is granted when it is gone. */
async function watch({ api, death, end }: Running): Promise<void> {
  if (!('locks' in navigator)) return;
  const lock = `gluon-lens-library-${crypto.randomUUID()}`;
  try {
    await Promise.race([api.holdLifeLock(lock), death]);
    await navigator.locks.request(lock, () => {
      end(workerLost('it ended without a word'));
    });
  } catch (thrown) {
    console.warn('The library’s worker did not start.', thrown);
  }
}

function workerLost(cause: string): AppError {
  return new AppError(
    'store/worker-lost',
    'The part of this page that keeps its files ended in the middle of its work (the browser may have run out of memory). What was complete is kept; try again.',
    { retryable: true, details: { cause } },
  );
}
