import { NumberColumn } from './number-column.ts';

/** Lists of whole numbers in a single one: an object for each of many thousands would take long to keep. */
export class NumberLists {
  readonly #numbers = new NumberColumn();
  readonly #ends = new NumberColumn();

  /** Adds to the list that is not closed yet. */
  add(number: number): void {
    this.#numbers.push(number);
  }

  /** Ends a list; what is added next belongs to another. */
  close(): void {
    this.#ends.push(this.#numbers.length);
  }

  /** Where a list begins: its numbers are {@link at} the places from there to before its {@link end}. */
  start(list: number): number {
    return list === 0 ? 0 : this.#ends.at(list - 1);
  }

  /** Where a list has ended. */
  end(list: number): number {
    return this.#ends.at(list);
  }

  /** The number at a place. */
  at(place: number): number {
    return this.#numbers.at(place);
  }

  /** The first number of a list; 0 where it is empty. */
  first(list: number): number {
    const start = this.start(list);
    return start < this.end(list) ? this.at(start) : 0;
  }
}
