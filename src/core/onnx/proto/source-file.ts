import { limitOf } from '../../limits.ts';
import { tooComplex } from '../gate-error.ts';
import { NamesRead } from './names-read.ts';

/** A piece of the file: `start` inclusive, `end` exclusive, in bytes from the file's beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the readers of one file share. */
export class SourceFile {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly #names: NamesRead;
  readonly #mostEntries = limitOf('modelEntries');
  #entries = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#names = new NamesRead(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Counts one more object made from the file, so that memory stays bounded whatever the bytes say. */
  count(offset: number): void {
    this.#entries += 1;
    if (this.#entries > this.#mostEntries) throw tooComplex(this.#mostEntries, offset);
  }

  /** The text of the bytes from `start` to before `end`; counted as one more object. What is no UTF-8 becomes U+FFFD. */
  decode(start: number, end: number): string {
    this.count(start);
    return this.#names.at(start, end);
  }
}
