import { AppError } from '../errors.ts';

type PositionListener = (ahead: number) => void;

export interface Ticket<T> {
  readonly done: Promise<T>;
  /** Takes a waiting task out of the queue: `done` rejects with `reason`. @returns false once it has started. */
  readonly remove: (reason: AppError) => boolean;
}

interface Waiting {
  readonly start: () => Promise<void>;
  readonly onPosition: PositionListener;
}

/**
 * Runs tasks one at a time, in order. A failed task never poisons those behind it. What is beyond `capacity`
 * waiting tasks is refused, with an estimate of when a place will be free (the semantics of HTTP 429).
 */
export class SerialQueue {
  readonly #capacity: number;
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  #running = false;
  #startedAt = 0;
  /** Duration of a task in ms, exponentially smoothed; the first guess is a second. */
  #typicalMs = 1000;

  constructor(capacity: number, now: () => number = () => performance.now()) {
    this.#capacity = capacity;
    this.#now = now;
  }

  /** Tasks that have not started. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * @param onPosition told how many tasks are ahead (the running one counts), now and whenever that changes,
   * until the task starts. What it throws is logged and harms no task.
   * @throws AppError `engine/queue-full` (retryable, with retryAfterMs) when `capacity` tasks are waiting.
   */
  enqueue<T>(task: () => Promise<T>, onPosition: PositionListener = () => undefined): Ticket<T> {
    if (this.#waiting.length >= this.#capacity) throw this.#full();
    let remove: Ticket<T>['remove'] = () => false;
    const done = new Promise<T>((resolve, reject) => {
      const entry: Waiting = {
        // `async` also catches a task that throws before it returns a promise.
        start: async () => {
          await (async () => task())().then(resolve, reject);
        },
        onPosition,
      };
      this.#waiting.push(entry);
      remove = (reason) => {
        const index = this.#waiting.indexOf(entry);
        if (index < 0) return false;
        this.#waiting.splice(index, 1);
        reject(reason);
        this.#announce(index);
        return true;
      };
    });
    tell(onPosition, this.#running ? this.#waiting.length : 0);
    void this.#pump();
    return { done, remove };
  }

  async #pump(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#announce(0);
      this.#startedAt = this.#now();
      await next.start();
      const tookMs = this.#now() - this.#startedAt;
      this.#typicalMs = 0.7 * this.#typicalMs + 0.3 * tookMs;
    }
    this.#running = false;
  }

  /** Tells the tasks from index `from` on that fewer are ahead of them now. */
  #announce(from: number): void {
    this.#waiting.slice(from).forEach(({ onPosition }, index) => {
      tell(onPosition, from + index + 1);
    });
  }

  #full(): AppError {
    const elapsed = this.#now() - this.#startedAt;
    const retryAfterMs = Math.ceil(Math.max(this.#typicalMs - elapsed, 250));
    const seconds = (retryAfterMs / 1000).toLocaleString('en', { maximumFractionDigits: 1 });
    return new AppError(
      'engine/queue-full',
      `The queue is full: ${String(this.#capacity)} pictures are waiting. Try this one again in about ${seconds} s.`,
      { retryAfterMs, details: { waiting: this.#waiting.length, capacity: this.#capacity } },
    );
  }
}

/** A listener that throws would otherwise stop the queue for good. */
function tell(onPosition: PositionListener, ahead: number): void {
  try {
    onPosition(ahead);
  } catch (thrown) {
    console.error('A listener for positions in the queue failed.', thrown);
  }
}
