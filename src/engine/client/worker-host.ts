import * as Comlink from 'comlink';
import { limitOf } from '../../core/limits.ts';
import { AppError, unwire, type Wire } from '../../core/errors.ts';
import { startWorker } from './trusted-worker.ts';
import { withDeadline } from '../../core/flow/deadline.ts';

export interface CallOptions {
  /** Time the call may take; then the worker is terminated. */
  readonly deadlineMs: number;
  /** Makes the error for a call that took too long. */
  readonly onLate: () => AppError;
}

/**
 * A worker and everything that can end it. Whatever does (a deadline, a cancellation, a crash, the browser), every
 * call under way rejects with an AppError and the host is dead for good: the owner makes a new one.
 */
export class WorkerHost<Api> {
  readonly #worker: Worker;
  readonly #api: Comlink.Remote<Api>;
  readonly #death: Promise<never>;
  #die: (reason: AppError) => void = () => undefined;
  #alive = true;
  /** False until the worker answered once: an error before that means that its program never ran. */
  #answered = false;

  constructor(kind: Parameters<typeof startWorker>[0]) {
    this.#worker = startWorker(kind);
    this.#api = Comlink.wrap<Api>(this.#worker);
    this.#death = new Promise<never>((_resolve, reject) => {
      this.#die = reject;
    });
    // A death nobody waits for is no unhandled rejection.
    this.#death.catch((reason: unknown) => reason);
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.end(this.#answered ? workerLost(event.message) : notLoaded());
    });
    this.#worker.addEventListener('messageerror', () => {
      this.end(workerLost('a message could not be read'));
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Terminates the worker; calls under way reject with `reason`. Memory goes back to the system. */
  end(reason: AppError): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#worker.terminate();
    this.#die(reason);
  }

  /**
   * Makes one call.
   * @throws AppError what the worker answered, what {@link end} was given, or `onLate()`.
   */
  async call<T>(
    make: (api: Comlink.Remote<Api>) => Promise<Wire<T>>,
    options: CallOptions,
  ): Promise<T> {
    const answered = make(this.#api).then((wire) => {
      this.#answered = true;
      return wire;
    });
    const answer = Promise.race([answered, this.#death]);
    return unwire(
      await withDeadline(answer, options.deadlineMs, () => {
        const late = options.onLate();
        this.end(late);
        return late;
      }),
    );
  }

  /**
   * Notices a worker that vanishes without an event (killed from outside, closed by itself): the worker holds a
   * Web Lock for as long as it lives, and the page is granted the same lock when it does not any more.
   */
  async watch(hold: (api: Comlink.Remote<Api>, lock: string) => Promise<void>): Promise<void> {
    const lock = `gluon-lens-worker-${crypto.randomUUID()}`;
    const held = Promise.race([hold(this.#api, lock), this.#death]);
    await withDeadline(held, limitOf('probeMs'), () => {
      const late = notStarted();
      this.end(late);
      return late;
    });
    void navigator.locks.request(lock, () => {
      this.end(workerLost('it ended without a word'));
    });
  }
}

function notStarted(): AppError {
  return new AppError(
    'engine/boot-failed',
    `The engine did not start within ${String(limitOf('probeMs') / 1000)} s. Close other tabs and try again.`,
    { retryable: true, details: { limitMs: limitOf('probeMs') } },
  );
}

function notLoaded(): AppError {
  return new AppError(
    'engine/not-loaded',
    'A part of this app could not be loaded, so nothing was run. Check the connection and try again; if it stays so, tell whoever runs this page.',
    { retryable: true },
  );
}

function workerLost(cause: string): AppError {
  return new AppError(
    'engine/worker-lost',
    'The engine ended in the middle of its work (the browser may have run out of memory). Run the picture again; a new engine is started for it.',
    { retryable: true, details: { cause } },
  );
}
