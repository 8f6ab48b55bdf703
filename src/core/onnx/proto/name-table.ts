import { MOST_SPAN_BYTES, SpanTable } from './span-table.ts';

/** A byte order mark stays, so that two names that differ by one stay two. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longer names are none. */
export const MAX_NAME_BYTES = MOST_SPAN_BYTES;

/** Names of more bytes are decoded by the platform, which is slow to begin. */
const SHORT = 64;

/**
 * The names of a file by number. A graph says each name several times, where it is made and where it is used; whoever
 * looks at every operator goes by numbers, and a text is made only of what is shown. The empty name, which stands for
 * what is left out, has the number 0; the others follow in the order in which they are first read.
 */
export class NameTable {
  readonly #bytes: Uint8Array;
  readonly #spans: SpanTable;
  /** By name, once it was asked for. */
  readonly #texts: (string | undefined)[] = [''];
  readonly #uncommon: number[] = [];
  /** Room for the letters of a text, by its length. */
  readonly #letters: number[][] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#spans = new SpanTable(bytes);
  }

  /** One more than the last name's number. */
  get count(): number {
    return this.#texts.length;
  }

  /** The names with bytes that are no printable ASCII, in the file's order. */
  get uncommon(): readonly number[] {
    return this.#uncommon;
  }

  /** The number of the name in the bytes from `start` to before `end`, at most {@link MAX_NAME_BYTES} of them. */
  numberOf(start: number, end: number): number {
    const name = this.#spans.numberOf(start, end);
    if (name === this.#texts.length) {
      this.#texts.push(undefined);
      if (this.#isUncommon(start, end)) this.#uncommon.push(name);
    }
    return name;
  }

  /** A name as a text; what is no UTF-8 becomes U+FFFD. */
  text(name: number): string {
    return (this.#texts[name] ??= this.#decoded(this.#spans.start(name), this.#spans.end(name)));
  }

  #isUncommon(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (byte < 0x20 || byte > 0x7e) return true;
    }
    return false;
  }

  #decoded(start: number, end: number): string {
    const length = end - start;
    if (length > SHORT) return decodedText(this.#bytes, start, end);
    // Half of what a decoder takes for as few bytes.
    const letters = (this.#letters[length] ??= Array<number>(length).fill(0));
    for (let at = 0; at < length; at += 1) {
      const byte = this.#bytes[start + at] ?? 0;
      if (byte > 0x7f) return decodedText(this.#bytes, start, end);
      letters[at] = byte;
    }
    return String.fromCharCode(...letters);
  }
}

/** The text of the bytes from `start` to before `end`. What is no UTF-8 becomes U+FFFD. */
export function decodedText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}
