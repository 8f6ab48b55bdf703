import { isSpecial } from './attribute-proto.ts';
import type { AttributeProto } from './attribute-proto.ts';
import type { NameTable } from './name-table.ts';
import { NumberColumn } from './number-column.ts';
import { NumberLists } from './number-lists.ts';

/** An operator of a domain: one object for all nodes that are of it. */
export interface OperatorType {
  /** Its place in {@link NodeTable.types}. */
  readonly place: number;
  readonly op: string;
  /** As the file writes it; empty for ONNX's own. */
  readonly domain: string;
  /** How many nodes are of it. */
  readonly count: number;
}

/** An attribute that holds more than numbers and a text, and the place of its node. */
export interface SpecialAttribute {
  readonly node: number;
  readonly attribute: AttributeProto;
}

type Counted = { -readonly [Key in keyof OperatorType]: OperatorType[Key] };

const NONE: readonly AttributeProto[] = [];
const NO_TYPE: OperatorType = { place: 0, op: '', domain: '', count: 0 };

/**
 * The nodes of a graph, by columns and by their place in its order. What they read and make are numbers of the file's
 * {@link NameTable}; 0 is one left out.
 */
export class NodeTable {
  readonly inputs = new NumberLists();
  readonly outputs = new NumberLists();
  readonly #fileNames: NameTable;
  readonly #names = new NumberColumn();
  readonly #places = new NumberColumn();
  readonly #attributes: (readonly AttributeProto[])[] = [];
  /** By name, one more than the node that was the last to give an attribute of it. */
  readonly #given: number[] = [];
  readonly #special: SpecialAttribute[] = [];
  readonly #types: Counted[] = [];
  /** By the numbers of a domain's name and of an operator's. */
  readonly #typesByName = new Map<number, Map<number, Counted>>();

  constructor(names: NameTable) {
    this.#fileNames = names;
  }

  /** The name that two attributes of the next node have; null where each has its own. */
  firstTwice(all: readonly AttributeProto[]): string | null {
    const next = this.count + 1;
    for (const { number, name } of all) {
      if (this.#given[number] === next) return name;
      while (this.#given.length <= number) this.#given.push(0);
      this.#given[number] = next;
    }
    return null;
  }

  get count(): number {
    return this.#names.length;
  }

  /** Each type once, in the order in which they first occur. */
  get types(): readonly OperatorType[] {
    return this.#types;
  }

  /** The number of a node's name; 0 where it has none. */
  name(node: number): number {
    return this.#names.at(node);
  }

  type(node: number): OperatorType {
    return this.#types[this.#places.at(node)] ?? NO_TYPE;
  }

  /** In the file's order. */
  attributes(node: number): readonly AttributeProto[] {
    return this.#attributes[node] ?? NONE;
  }

  /** The attributes that hold more than numbers and a text, in order. */
  get special(): readonly SpecialAttribute[] {
    return this.#special;
  }

  /** Adds a node, of which {@link inputs} and {@link outputs} were added. Its names are numbers. */
  add(name: number, op: number, domain: number, attributes: readonly AttributeProto[]): void {
    const type = this.#typeOf(op, domain);
    type.count += 1;
    this.#names.push(name);
    this.#places.push(type.place);
    this.#attributes.push(attributes.length === 0 ? NONE : attributes);
    for (const attribute of attributes) {
      if (isSpecial(attribute)) this.#special.push({ node: this.#names.length - 1, attribute });
    }
    this.inputs.close();
    this.outputs.close();
  }

  #typeOf(op: number, domain: number): Counted {
    const types = this.#typesByName.get(domain) ?? new Map<number, Counted>();
    const known = types.get(op);
    if (known !== undefined) return known;
    const names = this.#fileNames;
    const place = this.#types.length;
    const type = { place, op: names.text(op), domain: names.text(domain), count: 0 };
    this.#types.push(type);
    this.#typesByName.set(domain, types.set(op, type));
    return type;
  }
}
