import { limitOf } from '../../limits.ts';
import { tooComplex } from '../gate-error.ts';
import { decodedText, NameTable } from './name-table.ts';

/** A piece of the file: `start` inclusive, `end` exclusive, in bytes from the file's beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the readers of one file share. */
export class SourceFile {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly names: NameTable;
  readonly #mostEntries = limitOf('modelEntries');
  #entries = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.names = new NameTable(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Counts one more object made from the file, so that memory stays bounded whatever the bytes say. */
  count(offset: number): void {
    this.#entries += 1;
    if (this.#entries > this.#mostEntries) throw tooComplex(this.#mostEntries, offset);
  }

  /** The number of the name in the bytes from `start` to before `end`; counted as one more object. */
  name(start: number, end: number): number {
    this.count(start);
    return this.names.numberOf(start, end);
  }

  /** A text that is no name; counted as one more object. */
  text(start: number, end: number): string {
    this.count(start);
    return decodedText(this.bytes, start, end);
  }
}
