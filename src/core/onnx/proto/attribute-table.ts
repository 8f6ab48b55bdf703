import { isSpecial, readAttribute } from './attribute-proto.ts';
import type { AttributeProto } from './attribute-proto.ts';
import { SpanTable } from './span-table.ts';
import type { WireReader } from './wire.ts';

/** An axis, a few strides or pads: longer ones are hardly ever written twice. In bytes. */
const SHORT = 40;

/** Attributes of a file. Those of many nodes are the same bytes: one object is made of them. */
export class AttributeTable {
  readonly #spans: SpanTable;
  /** By the number of their bytes; null for what is made anew each time. */
  readonly #made: (AttributeProto | null)[] = [null];

  constructor(bytes: Uint8Array) {
    this.#spans = new SpanTable(bytes);
  }

  /** Reads an AttributeProto. @throws AppError `gate/…` as {@link WireReader} */
  read(message: WireReader): AttributeProto {
    const { offset, end } = message;
    if (end - offset > SHORT) return readAttribute(message);
    const number = this.#spans.numberOf(offset, end);
    const made = this.#made[number];
    if (made) return made;
    const attribute = readAttribute(message);
    // Tensors are told apart by their place in the file.
    if (number === this.#made.length) this.#made.push(isSpecial(attribute) ? null : attribute);
    return attribute;
  }
}
