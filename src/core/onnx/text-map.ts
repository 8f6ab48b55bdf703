/**
 * A map by texts out of a file. Engines hash a text that is a whole number by its value, which no secret of theirs goes
 * into: whoever writes a file can choose thousands of names that fall into one place, and each search would go through
 * them all. Here such texts get a sign before them, with which they are hashed as others are.
 */
export class TextMap<V> {
  readonly #values = new Map<string, V>();

  get size(): number {
    return this.#values.size;
  }

  get(text: string): V | undefined {
    return this.#values.get(keyOf(text));
  }

  /** In the order in which their texts were first put in. */
  values(): MapIterator<V> {
    return this.#values.values();
  }

  has(text: string): boolean {
    return this.#values.has(keyOf(text));
  }

  set(text: string, value: V): this {
    this.#values.set(keyOf(text), value);
    return this;
  }
}

const SIGN = '#';
const [SIGN_CODE, ZERO, NINE] = [0x23, 0x30, 0x39];

/** Another one for each text: what begins with the sign itself gets it too. */
function keyOf(text: string): string {
  const first = text.charCodeAt(0);
  return (first >= ZERO && first <= NINE) || first === SIGN_CODE ? SIGN + text : text;
}
