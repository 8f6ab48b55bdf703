import { AppError } from '../core/errors.ts';
import { limitOf } from '../core/limits.ts';

/** Aborts its signal when {@link touch} was not called for `ms`. */
export class StallTimer {
  readonly #controller = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  touch(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#controller.abort();
    }, this.#ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The last part of a URL's path, as a sentence names a file. */
export function nameOf(url: string): string {
  return new URL(url).pathname.split('/').pop() ?? url;
}

/** `download/stalled`, with the limit in the sentence. */
export function stalledError(url: string): AppError {
  const seconds = limitOf('downloadStallMs') / 1000;
  return new AppError(
    'download/stalled',
    `The download of ${nameOf(url)} stood still for ${String(seconds)} s and was stopped. Check the connection and try again.`,
    { retryable: true, details: { url } },
  );
}

/** `download/failed`: no answer, or a broken connection. */
export function failedError(url: string, cause: unknown): AppError {
  return new AppError(
    'download/failed',
    `${nameOf(url)} could not be loaded: the server did not answer or the connection broke. Check the connection and try again.`,
    { retryable: true, details: { url }, cause },
  );
}
