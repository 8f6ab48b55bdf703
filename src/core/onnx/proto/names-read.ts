/** A byte order mark stays, so that two names that differ by one stay two. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longer names are decoded each time; they are few. In bytes. */
const SHORT = 64;

/** Places for names, by a hash of their bytes; a power of two. */
const PLACES = 2 ** 14;

/**
 * Texts of a file. A graph says each name several times, where it is made and where it is used: the second time is
 * answered with the first's string, which is quicker than to decode it, and maps find such strings quicker. Two names
 * of one place push each other out, so that the work for a name is bounded whatever the names are. Names beyond ASCII
 * are decoded each time; they are few too.
 */
export class NamesRead {
  readonly #bytes: Uint8Array;
  /** Room for the letters of a name, by its length. */
  readonly #codes: number[][] = [];
  readonly #places = Array<string | undefined>(PLACES);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The text of the bytes from `start` to before `end`. What is no UTF-8 becomes U+FFFD. */
  at(start: number, end: number): string {
    const bytes = this.#bytes;
    if (end === start) return '';
    if (end - start > SHORT) return decoder.decode(bytes.subarray(start, end));
    let hash = 0x811c9dc5; // FNV-1a
    let all = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      all |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (all > 0x7f) return decoder.decode(bytes.subarray(start, end));
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    const known = this.#places[place];
    if (known !== undefined && this.#isAt(start, end, known)) return known;
    const text = this.#ascii(start, end);
    this.#places[place] = text;
    return text;
  }

  #isAt(start: number, end: number, known: string): boolean {
    if (known.length !== end - start) return false;
    const bytes = this.#bytes;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== known.charCodeAt(at - start)) return false;
    }
    return true;
  }

  /** Half of what a decoder takes for as few bytes. */
  #ascii(start: number, end: number): string {
    const length = end - start;
    const codes = (this.#codes[length] ??= Array<number>(length).fill(0));
    for (let at = 0; at < length; at += 1) codes[at] = this.#bytes[start + at] ?? 0;
    return String.fromCharCode(...codes);
  }
}
