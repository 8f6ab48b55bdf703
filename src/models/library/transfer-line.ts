import type { AppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import { StallTimer } from '../download-stall.ts';
import { retryAfterMs } from './answers.ts';
import { fetchAllowed, type Net } from './net.ts';
import { statusError } from './transfer-errors.ts';
import { PieceBuffer } from './transfer-parts.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** One try's connection to one file: it may be silent for so long, and comes from allowed hosts only. */
export class Line {
  readonly #net: Net;
  readonly #hosts: readonly string[];
  readonly #stall = new StallTimer(limitOf('downloadStallMs'));
  readonly url: string;
  /** Fires when the person stops it, or when nothing came for too long. */
  readonly signal: AbortSignal;

  constructor(url: string, net: Net, hosts: readonly string[], stop: AbortSignal) {
    this.url = url;
    this.#net = net;
    this.#hosts = hosts;
    this.signal = AbortSignal.any([stop, this.#stall.signal]);
  }

  get hasStalled(): boolean {
    return this.#stall.signal.aborted;
  }

  /** @throws AppError `download/host-not-allowed`, `download/redirect-refused`, or what `fetch` throws. */
  async fetch(headers: Record<string, string>): Promise<Response> {
    this.signal.throwIfAborted();
    this.#stall.touch();
    try {
      return await fetchAllowed(this.#net, this.#hosts, this.url, {
        signal: this.signal,
        headers,
        // The file has a store of its own, and parts must come from the server.
        cache: 'no-store',
        credentials: 'same-origin',
        referrerPolicy: 'no-referrer',
      });
    } finally {
      this.#stall.stop();
    }
  }

  /** What comes next of a body; null at its end. The clock stands still between reads: writing takes its own time. */
  async next(reader: Reader): Promise<Uint8Array | null> {
    this.#stall.touch();
    try {
      const { done, value } = await reader.read();
      return done ? null : value;
    } finally {
      this.#stall.stop();
    }
  }

  /** The first `bytes` bytes of a body, or fewer when it ends before; the rest is not read. */
  async readUpTo(response: Response, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const buffer = new PieceBuffer(bytes);
    const reader = response.body?.getReader();
    while (reader && buffer.length < bytes) {
      const part = await this.next(reader);
      if (part === null) break;
      buffer.push(part);
    }
    await reader?.cancel();
    return buffer.take() ?? buffer.rest();
  }

  /** The error of a status that brings no file. Its page is not read, however long. */
  async refusal(response: Response): Promise<AppError> {
    await response.body?.cancel();
    const from = this.#net.now();
    const ms = retryAfterMs(response.headers, from);
    return statusError(this.url, response.status, ms === undefined ? undefined : { ms, from });
  }
}
