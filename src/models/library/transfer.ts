import { AppError, asAppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import { failedError, stalledError } from '../download-stall.ts';
import type { Net } from './net.ts';
import { blockedError, offlineError } from './transfer-errors.ts';
import {
  FileOnItsWay,
  type Kept,
  type TransferFile,
  type TransferTarget,
} from './transfer-file.ts';
import { judgeSize, START_BYTES } from './transfer-judge.ts';
import { Line } from './transfer-line.ts';
import { pauseMs, PieceBuffer, SpeedMeter } from './transfer-parts.ts';
import { Requests } from './transfer-request.ts';
import type { DownloadProgress, Wait } from './types.ts';

export interface TransferOptions {
  readonly net: Net;
  /** Allowed origins beside the page's own. */
  readonly hosts: readonly string[];
  /** Its reason, an AppError, is what the transfer ends with. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** Bytes written at once where no chunk list says otherwise. */
const PIECE_BYTES = 1024 * 1024;
/** On a slow line what came is written this often, in ms: a crash or a closed tab loses no more of it. */
const WRITE_MS = 500;
/** A try that brought this much was worth it: failures are counted from there. */
const ENOUGH_BYTES = 64 * 1024;

/**
 * Fetches a file piece by piece, going on where it stopped: after a broken connection by itself, after a pause or a
 * reload when it is called again with what was kept. What comes is not yet trusted, except that with a chunk list
 * every piece had the right digest before it was written, and a wrong one was fetched again alone.
 *
 * @throws AppError retryable (`download/failed`, `download/stalled`, `download/offline`, `download/blocked`,
 * `download/http-status`, `download/html`, `download/empty`, `store/quota`): what came is kept. Not retryable
 * (`download/lfs-pointer`, `download/too-large`, `download/host-not-allowed`, `download/redirect-refused`, `download/bad-range`, `integrity/length-mismatch`, `integrity/chunk-mismatch`): it is of no use.
 */
export async function transfer(
  file: TransferFile,
  kept: Kept,
  target: TransferTarget,
  options: TransferOptions,
): Promise<void> {
  await new Transfer(file, new FileOnItsWay(file, kept, target), options).run();
}

class Transfer {
  readonly #file: TransferFile;
  readonly #way: FileOnItsWay;
  readonly #options: TransferOptions;
  readonly #requests: Requests;
  readonly #isElsewhere: boolean;
  readonly #speed = new SpeedMeter();

  constructor(file: TransferFile, way: FileOnItsWay, options: TransferOptions) {
    this.#file = file;
    this.#way = way;
    this.#options = options;
    this.#isElsewhere = new URL(file.url).origin !== options.net.pageOrigin;
    this.#requests = new Requests(file, way, this.#isElsewhere);
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    let failures = 0;
    while (!this.#way.isComplete) {
      const before = this.#way.received;
      const error = await this.#attempt();
      if (error === null) continue;
      if (signal.aborted || !error.retryable || error.code.startsWith('store/')) throw error;
      // Whoever called hears when the network is back, or when the person has logged in to it; what is missing on the
      // server is not there a moment later.
      if (/^download\/(offline|html|empty)$/.test(error.code)) throw error;
      failures = this.#way.received - before >= ENOUGH_BYTES ? 1 : failures + 1;
      const tries = limitOf(error.code === 'download/blocked' ? 'blockedTries' : 'downloadTries');
      const isHopeless = failures >= tries || this.#way.restarts >= limitOf('downloadTries');
      if (isHopeless || (error.retryAfterMs ?? 0) > limitOf('downloadPauseMs')) throw error;
      await this.#pause(error, failures, tries);
    }
  }

  /** Waits before the next try, and says so. */
  async #pause(error: AppError, failures: number, attempts: number): Promise<void> {
    const { net, signal } = this.#options;
    const ms = Math.max(error.retryAfterMs ?? 0, pauseMs(failures, net.random()));
    const until = net.now() + ms;
    this.#tell(0, { for: 'retry', until, attempt: failures + 1, attempts, error });
    await net.sleep(ms, signal);
    this.#tell(0);
  }

  /** Asks once for what is missing. @returns what went wrong; null when the answer ended as it should. */
  async #attempt(): Promise<AppError | null> {
    const { net, hosts, signal } = this.#options;
    const line = new Line(this.#file.url, net, hosts, signal);
    try {
      const response = await this.#requests.ask(line);
      if (response) await this.#read(line, response);
      return this.#way.isComplete ? null : failedError(this.#file.url, 'the answer ended early');
    } catch (thrown) {
      return this.#explain(thrown, line);
    }
  }

  async #read(line: Line, response: Response): Promise<void> {
    const { url, chunks, publishedBytes } = this.#file;
    const way = this.#way;
    const buffer = new PieceBuffer(chunks?.bytes ?? PIECE_BYTES);
    const { now } = this.#options.net;
    const reader = response.body?.getReader();
    let writtenAt = now();
    try {
      while (reader) {
        const part = await line.next(reader);
        if (part === null) break;
        buffer.push(part);
        judgeSize(url, way.received + buffer.length, publishedBytes);
        const before = way.received;
        for (let piece = buffer.take(); piece; piece = buffer.take()) await way.keep(line, piece);
        // Of the first piece there must be enough to judge it; pieces with a digest are kept whole or not at all.
        const isEnough = way.received + buffer.length >= START_BYTES;
        if (!chunks && isEnough && now() - writtenAt >= WRITE_MS) {
          await way.keep(line, buffer.rest());
        }
        if (way.received > before) writtenAt = now();
        this.#tell(buffer.length);
      }
    } catch (thrown) {
      const isOurs = thrown instanceof AppError && thrown !== line.signal.reason;
      if (!isOurs && !chunks) await way.keep(line, buffer.rest());
      await reader?.cancel().catch(asAppError); // it may have broken by itself
      throw thrown;
    }
    await way.keepRest(line, buffer.rest());
    way.end();
    this.#tell(0);
  }

  #tell(buffered: number, waits: Wait | null = null): void {
    const { total, received } = this.#way;
    const { net, onProgress } = this.#options;
    const loadedBytes = received + buffered;
    const totalBytes = total !== null && loadedBytes > total ? null : total;
    const speed = this.#speed.add(net.now(), loadedBytes);
    onProgress({ loadedBytes, totalBytes, bytesPerSecond: waits ? null : speed, waits });
  }

  #explain(thrown: unknown, line: Line): AppError {
    const { signal, net } = this.#options;
    const { url } = this.#file;
    if (signal.aborted) return asAppError(signal.reason);
    if (thrown instanceof AppError) return thrown;
    if (net.isOffline()) return offlineError(url, thrown);
    if (line.hasStalled) return stalledError(url);
    if (this.#isElsewhere && !this.#requests.wasAnswered) return blockedError(url, thrown);
    return failedError(url, thrown);
  }
}
