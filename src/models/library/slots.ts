import type { AppError } from '../../core/errors.ts';

interface Waiting {
  readonly enter: () => void;
  readonly onPlace: (others: number) => void;
  /** What `onPlace` was told last. */
  told: number | null;
}

/** A number of places; who finds none free waits, in order. */
export class Slots {
  #free: number;
  readonly #waiting: Waiting[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Does `work` when a place is free. Rejects with the signal's reason when it fires before.
   * @param onPlace is told how many others have to end before: at once, whenever there are fewer, and 0 at the start.
   */
  async use<T>(
    signal: AbortSignal,
    work: () => Promise<T>,
    onPlace: (others: number) => void,
  ): Promise<T> {
    await this.#enter(signal, onPlace);
    try {
      return await work();
    } finally {
      this.#free += 1;
      this.#admit();
    }
  }

  #enter(signal: AbortSignal, onPlace: Waiting['onPlace']): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        onPlace,
        told: null,
      };
      const leave = () => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(signal.reason as AppError);
        this.#tell();
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  #admit(): void {
    while (this.#free > 0) {
      const next = this.#waiting.shift();
      if (!next) break;
      this.#free -= 1;
      next.onPlace(0);
      next.enter();
    }
    this.#tell();
  }

  #tell(): void {
    for (const [index, waiting] of this.#waiting.entries()) {
      const others = index + 1;
      if (waiting.told === others) continue;
      waiting.told = others;
      waiting.onPlace(others);
    }
  }
}
