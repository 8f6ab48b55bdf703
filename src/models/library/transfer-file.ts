import type { AppError } from '../../core/errors.ts';
import type { Validator } from './answers.ts';
import { emptyError, wrongFileError } from './transfer-errors.ts';
import { judgeWhole, soundPiece } from './transfer-judge.ts';
import type { Line } from './transfer-line.ts';
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

/** A file on its way: how much of it is on the device, and what the server said of it. */
export class FileOnItsWay {
  readonly #file: TransferFile;
  readonly #target: TransferTarget;
  #received: number;
  #total: number | null;
  #validator: Validator | null;
  #restarts = 0;
  #ended = false;
  /** What was given up for another answer, as long as no byte was written over it. */
  #before: Kept | null = null;

  constructor(file: TransferFile, kept: Kept, target: TransferTarget) {
    this.#file = file;
    this.#target = target;
    this.#received = kept.receivedBytes;
    this.#total = kept.totalBytes;
    this.#validator = kept.validator;
  }

  /** Bytes on the device. */
  get received(): number {
    return this.#received;
  }

  get total(): number | null {
    return this.#total;
  }

  get validator(): Validator | null {
    return this.#validator;
  }

  /** How often bytes that had come were given up. Unlike failures never counted anew: each costs what it brings. */
  get restarts(): number {
    return this.#restarts;
  }

  get isComplete(): boolean {
    const { publishedBytes, chunks } = this.#file;
    if (this.#received === 0) return false;
    if (chunks) return this.#received > this.#lastChunkAt(chunks);
    const expected = publishedBytes ?? this.#total;
    return expected === null ? this.#ended : this.#received >= expected;
  }

  /** Takes what a first answer says of the file; asks for room where nobody said before how much it needs. */
  async begin(total: number | null, validator: Validator | null): Promise<void> {
    const { publishedBytes } = this.#file;
    this.#total = total ?? publishedBytes;
    this.#validator = validator;
    await this.#note();
    if (total !== null && publishedBytes === null) await this.#target.reserve?.(total);
  }

  /** Takes what a later answer says of the size. */
  learn(total: number | null): void {
    this.#total = total ?? this.#total;
  }

  /** The stream ended as it should. Says something only where no length does. */
  end(): void {
    this.#ended = true;
  }

  /** Writes a piece at the end and notes it. @throws AppError for one that is not of the file that is meant. */
  async keep(line: Line, piece: Uint8Array<ArrayBuffer>): Promise<void> {
    if (piece.length === 0) return;
    const { url, chunks } = this.#file;
    const wrong = this.#received === 0 ? wrongFileError(url, piece) : null;
    if (wrong) await this.#refuse(wrong);
    const sound = chunks ? await soundPiece(line, chunks, this.#received, piece) : piece;
    const { length } = sound; // the target takes the bytes
    this.#before = null;
    await this.#target.write(this.#received, sound);
    this.#received += length;
    await this.#note();
  }

  /**
   * Keeps the rest of a stream that ended, unless it is a chunk that was cut off.
   * @throws AppError for what is not of the file that is meant.
   */
  async keepRest(line: Line, rest: Uint8Array<ArrayBuffer>): Promise<void> {
    const { url, chunks, publishedBytes } = this.#file;
    if (this.#received === 0 && rest.length === 0) await this.#refuse(emptyError(url));
    if (this.#received === 0) judgeWhole(url, rest, publishedBytes);
    const end = this.#received + rest.length;
    const isWhole =
      chunks === null ||
      (this.#received >= this.#lastChunkAt(chunks) && (publishedBytes ?? end) === end);
    if (isWhole) await this.keep(line, rest);
  }

  /** Forgets what is kept; the next write cuts the file off. */
  async restart(): Promise<void> {
    if (this.#received > 0) {
      this.#restarts += 1;
      this.#before = this.#kept();
    }
    await this.#set({
      receivedBytes: 0,
      totalBytes: this.#file.publishedBytes,
      validator: null,
    });
  }

  /**
   * Ends with what is no file: the answer's size and its validator are not the file's. What was given up for it is
   * there again; without such, nothing is.
   */
  async #refuse(wrong: AppError): Promise<never> {
    const before = this.#before;
    await this.restart();
    if (before) {
      this.#restarts -= 1;
      this.#before = null;
      await this.#set(before);
    }
    throw wrong;
  }

  async #set({ receivedBytes, totalBytes, validator }: Kept): Promise<void> {
    this.#received = receivedBytes;
    this.#total = totalBytes;
    this.#validator = validator;
    this.#ended = false;
    await this.#note();
  }

  #lastChunkAt({ bytes, sha256 }: ChunkDigests): number {
    return bytes * (sha256.length - 1);
  }

  #kept(): Kept {
    return {
      receivedBytes: this.#received,
      totalBytes: this.#total,
      validator: this.#validator,
    };
  }

  async #note(): Promise<void> {
    await this.#target.note(this.#kept());
  }
}
