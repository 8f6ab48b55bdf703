import { limitOf } from '../../limits.ts';
import { tooComplex } from '../gate-error.ts';

/** A byte order mark stays, so that two names that differ by one stay two. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A piece of the file: `start` inclusive, `end` exclusive, in bytes from the file's beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the readers of one file share. */
export class SourceFile {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  #entries = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Counts one more object made from the file, so that memory stays bounded whatever the bytes say. */
  count(offset: number): void {
    this.#entries += 1;
    const limit = limitOf('modelEntries');
    if (this.#entries > limit) throw tooComplex(limit, offset);
  }

  /** The text of a span; counted as one more object. What is no UTF-8 becomes U+FFFD. */
  decode({ start, end }: Span): string {
    this.count(start);
    return decoder.decode(this.bytes.subarray(start, end));
  }
}
