/** Room at the beginning; it is doubled wherever it is not enough. */
const FIRST_ROOM = 2 ** 14;

/** A growing list of whole numbers of 32 bits, outside of what a garbage collector looks through. */
export class NumberColumn {
  #values = new Int32Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The value at a place; 0 where there is none. */
  at(place: number): number {
    return this.#values[place] ?? 0;
  }
}
