import type { Span } from './source-file.ts';

/** A byte order mark stays, so that two names that differ by one stay two. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longer names are decoded each time; they are few. In bytes. */
const SHORT = 64;

/** Places for names, by a hash of their bytes; a power of two. */
const PLACES = 2 ** 14;

interface Read {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Texts of a file. A graph says each name several times, where it is made and where it is used: the second time is
 * answered with the first's string, which is quicker than to decode it, and maps find such strings quicker. Two names
 * of one place push each other out, so that the work for a name is bounded whatever the names are.
 */
export class NamesRead {
  readonly #bytes: Uint8Array;
  readonly #places = Array<Read | undefined>(PLACES);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The text of a span. What is no UTF-8 becomes U+FFFD. */
  at({ start, end }: Span): string {
    const bytes = this.#bytes;
    if (end === start) return '';
    if (end - start > SHORT) return decoder.decode(bytes.subarray(start, end));
    let hash = 0x811c9dc5; // FNV-1a
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    const known = this.#places[place];
    if (known !== undefined && this.#same(known, start, end)) return known.text;
    const text = decoder.decode(bytes.subarray(start, end));
    this.#places[place] = { start, end, text };
    return text;
  }

  #same(known: Read, start: number, end: number): boolean {
    if (known.end - known.start !== end - start) return false;
    const bytes = this.#bytes;
    const shift = known.start - start;
    for (let at = start; at < end; at += 1) if (bytes[at] !== bytes[at + shift]) return false;
    return true;
  }
}
