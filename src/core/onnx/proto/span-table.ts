/** Longer spans are not compared. */
export const MOST_SPAN_BYTES = 4096;

/** Places of a table are told by so many bits; spans of one place are compared one after the other. */
const PLACE_BITS = 16;

/**
 * A random factor for each byte of a span: a sum of products is a universal hash (Thorup, “High Speed Hashing for
 * Integers and Strings”, 2015, section 3.3). Whoever writes a file cannot know which spans fall into one place.
 */
const FACTORS = crypto.getRandomValues(new Int32Array(MOST_SPAN_BYTES));

/** Room at the beginning, in spans; it is doubled wherever it is not enough. */
const FIRST_ROOM = 2 ** 14;

// What is kept of a span, one after the other.
const START = 0;
const END = 1;
const HASH = 2;
const BEFORE = 3;
const WIDTH = 4;

/** Numbers for pieces of a file: the same number for the same bytes, from 1 in the order in which they are first met. */
export class SpanTable {
  readonly #bytes: Uint8Array;
  /** By place, the span added to it last; 0 where there is none. */
  readonly #last = new Int32Array(2 ** PLACE_BITS);
  /** Of each span its start and end, its hash, and the span added to its place before it. That of 0 is empty. */
  #spans = new Int32Array(FIRST_ROOM * WIDTH);
  #count = 1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Where the span with this number is first met. */
  start(number: number): number {
    return this.#spans[number * WIDTH + START] ?? 0;
  }

  /** Where it ends there. */
  end(number: number): number {
    return this.#spans[number * WIDTH + END] ?? 0;
  }

  /** The number of the bytes from `start` to before `end`, at most {@link MOST_SPAN_BYTES} of them; 0 of none. */
  numberOf(start: number, end: number): number {
    if (start === end) return 0;
    const bytes = this.#bytes;
    const spans = this.#spans;
    let hash = 0;
    for (let at = start; at < end; at += 1) {
      // One more than the byte, so that one at the end counts whichever it is.
      hash = (hash + (FACTORS[at - start] ?? 0) * ((bytes[at] ?? 0) + 1)) | 0;
    }
    const place = hash >>> (32 - PLACE_BITS);
    const last = this.#last[place] ?? 0;
    for (let known = last; known !== 0; known = spans[known * WIDTH + BEFORE] ?? 0) {
      if (spans[known * WIDTH + HASH] === hash && this.#isAt(start, end, known)) return known;
    }
    const number = this.#count;
    if (number * WIDTH === spans.length) this.#grow();
    const at = number * WIDTH;
    this.#spans[at + START] = start;
    this.#spans[at + END] = end;
    this.#spans[at + HASH] = hash;
    this.#spans[at + BEFORE] = last;
    this.#last[place] = number;
    this.#count = number + 1;
    return number;
  }

  #grow(): void {
    const larger = new Int32Array(this.#spans.length * 2);
    larger.set(this.#spans);
    this.#spans = larger;
  }

  #isAt(start: number, end: number, known: number): boolean {
    const bytes = this.#bytes;
    const first = this.start(known);
    if (this.end(known) - first !== end - start) return false;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== bytes[first + at - start]) return false;
    }
    return true;
  }
}
