import { AppError, asAppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import { failedError, stalledError } from '../download-stall.ts';
import { differs, lengthOf, parseContentRange, validatorOf, type Validator } from './answers.ts';
import type { Net } from './net.ts';
import {
  blockedError,
  offlineError,
  rangeError,
  statusError,
  wrongFileError,
} from './transfer-errors.ts';
import { judgeSize, judgeStart, soundPiece, START_BYTES } from './transfer-judge.ts';
import { Line } from './transfer-line.ts';
import { pauseMs, PieceBuffer, SpeedMeter } from './transfer-parts.ts';
import type { ChunkDigests } from './types.ts';

/** What is to be fetched, and what was published about it. */
export interface TransferFile {
  readonly url: string;
  readonly publishedBytes: number | null;
  readonly chunks: ChunkDigests | null;
}

/** What is on the device of a file, and how to ask for the rest. */
export interface Kept {
  readonly receivedBytes: number;
  /** Null while the server has not said. */
  readonly totalBytes: number | null;
  readonly validator: Validator | null;
}

/** Where the bytes go. `write` and `note` are on the device when they resolve; `note` follows each `write`. */
export interface TransferTarget {
  /** Asks for room before the first byte, where the server is the first to tell the size. @throws AppError `store/quota`. */
  readonly reserve?: (bytes: number) => Promise<void>;
  /** Takes the bytes. What was behind them is cut off. */
  readonly write: (at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly note: (kept: Kept) => Promise<void>;
}

export interface TransferOptions {
  readonly net: Net;
  /** Allowed origins beside the page's own. */
  readonly hosts: readonly string[];
  /** Its reason, an AppError, is what the transfer ends with. */
  readonly signal: AbortSignal;
  readonly onProgress: (
    loadedBytes: number,
    totalBytes: number | null,
    bytesPerSecond: number | null,
  ) => void;
}

/** Bytes written at once where no chunk list says otherwise. */
const PIECE_BYTES = 1024 * 1024;
/** On a slow line what came is written this often, in ms: a crash or a closed tab loses no more of it. */
const WRITE_MS = 500;
/** A try that brought this much was worth it: failures are counted from there. */
const ENOUGH_BYTES = 64 * 1024;
/** Tries before a host that never answered is said to be out of reach. */
const BLOCKED_TRIES = 2;

/**
 * Fetches a file piece by piece, going on where it stopped: after a broken connection by itself, after a pause or a
 * reload when it is called again with what was kept. What comes is not yet trusted, except that with a chunk list
 * every piece had the right digest before it was written, and a wrong one was fetched again alone.
 *
 * @throws AppError retryable (`download/failed`, `download/stalled`, `download/offline`, `download/blocked`,
 * `download/http-status`, `store/quota`): what came is kept. Not retryable (`download/html`,
 * `download/lfs-pointer`, `download/too-large`, `download/host-not-allowed`, `download/redirect-refused`,
 * `download/bad-range`, `integrity/length-mismatch`, `integrity/chunk-mismatch`): it is of no use.
 */
export async function transfer(
  file: TransferFile,
  kept: Kept,
  target: TransferTarget,
  options: TransferOptions,
): Promise<void> {
  await new Transfer(file, kept, target, options).run();
}

class Transfer {
  readonly #file: TransferFile;
  readonly #target: TransferTarget;
  readonly #options: TransferOptions;
  readonly #speed = new SpeedMeter();
  #received: number;
  #total: number | null;
  #validator: Validator | null;
  /** The stream ended as it should. Says something only where no length does. */
  #ended = false;
  #answered = false;
  /** How often bytes that had come were given up. Unlike failures never counted anew: each costs what it brings. */
  #restarts = 0;
  /** The server answers ranges wrongly: only whole files are asked for. */
  #wholeOnly = false;
  /** Another host may refuse the question whether If-Range may be sent; then the answer's own headers must do. */
  #withoutIfRange = false;

  constructor(file: TransferFile, kept: Kept, target: TransferTarget, options: TransferOptions) {
    this.#file = file;
    this.#target = target;
    this.#options = options;
    this.#received = kept.receivedBytes;
    this.#total = kept.totalBytes;
    this.#validator = kept.validator;
  }

  async run(): Promise<void> {
    const { net, signal } = this.#options;
    let failures = 0;
    for (;;) {
      if (this.#isComplete()) return;
      const before = this.#received;
      const error = await this.#attempt();
      if (error === null) continue;
      if (signal.aborted || !error.retryable || error.code.startsWith('store/')) throw error;
      if (error.code === 'download/offline') throw error; // trying again is up to the person, or the network
      failures = this.#received - before >= ENOUGH_BYTES ? 1 : failures + 1;
      const tries = error.code === 'download/blocked' ? BLOCKED_TRIES : limitOf('downloadTries');
      const asked = error.retryAfterMs ?? 0;
      const isHopeless = failures >= tries || this.#restarts >= limitOf('downloadTries');
      if (isHopeless || asked > limitOf('downloadPauseMs')) throw error;
      await net.sleep(Math.max(asked, pauseMs(failures, net.random())), signal);
    }
  }

  /** Asks once for what is missing. @returns what went wrong; null when the answer ended as it should. */
  async #attempt(): Promise<AppError | null> {
    const { net, hosts, signal } = this.#options;
    const line = new Line(this.#file.url, net, hosts, signal);
    try {
      const response = await this.#ask(line);
      if (response) await this.#read(line, response);
      return this.#isComplete() ? null : failedError(this.#file.url, 'the answer ended early');
    } catch (thrown) {
      return this.#explain(thrown, line);
    }
  }

  #isComplete(): boolean {
    const { publishedBytes, chunks } = this.#file;
    if (this.#received === 0) return false;
    if (chunks) return this.#received > chunks.bytes * (chunks.sha256.length - 1);
    const expected = publishedBytes ?? this.#total;
    return expected === null ? this.#ended : this.#received >= expected;
  }

  /** The answer whose body begins where the kept bytes end; null when there is nothing more. */
  async #ask(line: Line): Promise<Response | null> {
    const { chunks } = this.#file;
    // Without anything to tell versions apart, the rest might be another file's.
    if (this.#received > 0 && !this.#validator && !chunks) await this.#restart();
    const from = this.#received;
    const ifRange = this.#validator?.etag ?? this.#validator?.lastModified;
    const conditional = from > 0 && ifRange != null && !this.#withoutIfRange;
    let response: Response;
    try {
      response = await line.fetch({
        // Asked for from the first byte on: then browsers ask for the bytes as they are, not compressed.
        ...(this.#wholeOnly ? {} : { Range: `bytes=${String(from)}-` }),
        ...(conditional ? { 'If-Range': ifRange } : {}),
      });
    } catch (thrown) {
      if (conditional && this.#isElsewhere()) this.#withoutIfRange = true;
      throw thrown;
    }
    this.#answered = true;
    switch (response.status) {
      case 206:
        return this.#checkPart(line, response, from);
      case 200:
        if (from > 0) await this.#restart();
        await this.#begin(line, response, lengthOf(response.headers));
        return response;
      case 416:
        return this.#checkEnd(response, from);
      default:
        throw await line.refusal(response);
    }
  }

  /** Status 206: the part that was asked for, of the same file as before? */
  async #checkPart(line: Line, response: Response, from: number): Promise<Response> {
    const { headers } = response;
    const header = headers.get('content-range');
    const length = lengthOf(headers);
    const range = header === null ? null : parseContentRange(header);
    // Another host's Content-Range may be hidden; then the length must be that of the rest.
    const isRest =
      header === null
        ? from === 0 || (this.#total !== null && length === this.#total - from)
        : range?.span?.[0] === from;
    if (!isRest) {
      await response.body?.cancel();
      const failure = rangeError(
        this.#file.url,
        `from byte ${String(from)}`,
        header ?? `${String(length ?? 'an unknown number of')} bytes`,
        !this.#wholeOnly,
      );
      this.#wholeOnly = true;
      await this.#restart();
      throw failure;
    }
    const total = range ? range.total : from === 0 ? length : this.#total;
    if (from === 0) {
      await this.#begin(line, response, total);
      return response;
    }
    if (differs(this.#validator, headers) || (this.#total ?? total) !== (total ?? this.#total)) {
      await response.body?.cancel();
      await this.#restart();
      throw failedError(this.#file.url, 'the file changed on the server');
    }
    this.#total = total ?? this.#total;
    return response;
  }

  /** Status 416: there is nothing behind what is kept, or what is kept is of another file. */
  async #checkEnd(response: Response, from: number): Promise<null> {
    await response.body?.cancel();
    const range = parseContentRange(response.headers.get('content-range') ?? '');
    if (from === 0) throw statusError(this.#file.url, 416, undefined);
    if (range?.total === from && !differs(this.#validator, response.headers)) {
      this.#total = from;
      this.#ended = true;
      return null;
    }
    await this.#restart();
    throw failedError(this.#file.url, 'the file changed on the server');
  }

  /** A first answer: it is judged before a byte is kept. */
  async #begin(line: Line, response: Response, total: number | null): Promise<void> {
    await judgeStart(line, response, total, this.#file.publishedBytes);
    this.#total = total ?? this.#file.publishedBytes;
    const isPlain = (response.headers.get('content-encoding') ?? 'identity') === 'identity';
    this.#validator = isPlain ? validatorOf(response.headers) : null;
    await this.#note();
    if (total === null || this.#file.publishedBytes !== null) return;
    try {
      await this.#target.reserve?.(total);
    } catch (thrown) {
      await response.body?.cancel();
      throw thrown;
    }
  }

  async #read(line: Line, response: Response): Promise<void> {
    const { url, chunks, publishedBytes } = this.#file;
    const buffer = new PieceBuffer(chunks?.bytes ?? PIECE_BYTES);
    const { now } = this.#options.net;
    const reader = response.body?.getReader();
    let writtenAt = now();
    try {
      while (reader) {
        const part = await line.next(reader);
        if (part === null) break;
        buffer.push(part);
        judgeSize(url, this.#received + buffer.length, publishedBytes);
        const before = this.#received;
        for (let piece = buffer.take(); piece; piece = buffer.take()) await this.#keep(line, piece);
        // Of the first piece there must be enough to judge it; pieces with a digest are kept whole or not at all.
        const isEnough = this.#received + buffer.length >= START_BYTES;
        if (!chunks && isEnough && now() - writtenAt >= WRITE_MS) {
          await this.#keep(line, buffer.rest());
        }
        if (this.#received > before) writtenAt = now();
        this.#tell(buffer.length);
      }
    } catch (thrown) {
      const isOurs = thrown instanceof AppError && thrown !== line.signal.reason;
      if (!isOurs && !chunks) await this.#keep(line, buffer.rest());
      await reader?.cancel().catch(asAppError); // it may have broken by itself
      throw thrown;
    }
    const rest = buffer.rest();
    if (!chunks || this.#isLast(rest)) await this.#keep(line, rest);
    this.#ended = true;
    this.#tell(0);
  }

  /** Whether the rest of a stream is the short last chunk, and not one that was cut off. */
  #isLast(rest: Uint8Array): boolean {
    const { chunks, publishedBytes } = this.#file;
    const end = this.#received + rest.length;
    const isBehindAll =
      chunks !== null && this.#received >= chunks.bytes * (chunks.sha256.length - 1);
    return isBehindAll && (publishedBytes ?? end) === end;
  }

  /** Writes a piece at the end and notes it. */
  async #keep(line: Line, piece: Uint8Array<ArrayBuffer>): Promise<void> {
    if (piece.length === 0) return;
    const { url, chunks } = this.#file;
    const wrong = this.#received === 0 ? wrongFileError(url, piece) : null;
    if (wrong) throw wrong;
    const sound = chunks ? await soundPiece(line, chunks, this.#received, piece) : piece;
    const { length } = sound; // the target takes the bytes
    await this.#target.write(this.#received, sound);
    this.#received += length;
    await this.#note();
  }

  /** Forgets what is kept; the next write cuts the file off. */
  async #restart(): Promise<void> {
    if (this.#received > 0) this.#restarts += 1;
    this.#received = 0;
    this.#total = null;
    this.#validator = null;
    this.#ended = false;
    await this.#note();
  }

  async #note(): Promise<void> {
    await this.#target.note({
      receivedBytes: this.#received,
      totalBytes: this.#total,
      validator: this.#validator,
    });
  }

  #tell(buffered: number): void {
    const loaded = this.#received + buffered;
    const total = this.#total !== null && loaded > this.#total ? null : this.#total;
    this.#options.onProgress(loaded, total, this.#speed.add(this.#options.net.now(), loaded));
  }

  #isElsewhere(): boolean {
    return new URL(this.#file.url).origin !== this.#options.net.pageOrigin;
  }

  #explain(thrown: unknown, line: Line): AppError {
    const { signal, net } = this.#options;
    const { url } = this.#file;
    if (signal.aborted) return asAppError(signal.reason);
    if (thrown instanceof AppError) return thrown;
    if (line.hasStalled) return stalledError(url);
    if (net.isOffline()) return offlineError(url, thrown);
    if (this.#isElsewhere() && !this.#answered) return blockedError(url, thrown);
    return failedError(url, thrown);
  }
}
