const NONE: readonly never[] = [];

/** Room for more than so many values is not kept for the next list. */
const MOST_KEPT = 256;

/**
 * A list that is filled again and again: what is taken of it has room for what it holds only. A list that grew by
 * itself holds seventeen places, and there are hundreds of thousands in a file.
 */
export class Scratch<T> {
  #values: T[] = [];
  #count = 0;

  /** Empties it, as it must be before it is filled: a refusal may have left it half full. */
  clear(): void {
    this.#count = 0;
    if (this.#values.length > MOST_KEPT) this.#values = [];
  }

  add(value: T): void {
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  /** A list of what was added; the same one wherever that is nothing. */
  taken(): readonly T[] {
    if (this.#count === 0) return NONE;
    const taken = this.#values.slice(0, this.#count);
    // Not kept until the next file: what a list holds may be as large as the file.
    if (typeof taken[0] === 'object' || taken.length > MOST_KEPT) this.#values = [];
    return taken;
  }
}
