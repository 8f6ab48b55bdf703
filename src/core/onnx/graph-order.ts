import { malformedGraph } from './gate-error.ts';
import type { GraphProto } from './proto/model-proto.ts';
import type { NameTable } from './proto/name-table.ts';

/** How the tensors of a graph hang together. A tensor goes by the number of its name; 0 is one left out. */
export interface Wiring {
  /** The graph's inputs that are no initialisers. */
  readonly fed: ReadonlySet<number>;
  /** The graph's outputs, in their order. */
  readonly outputs: readonly number[];
  /** By tensor, the place of the last operator that reads it; {@link UNREAD} where none does. */
  readonly lastRead: Int32Array;
}

/** In place of an operator: there is none. */
export const UNREAD = -1;

// What a name stands for, a bit each.
const MADE = 1;
const INPUT = 2;
const INITIALISED = 4;
const OUTPUT = 8;
const NODE = 16;

/**
 * Checks that the graph can be read from top to bottom: every name is given once, every input was made before,
 * every output of the graph is made somewhere (onnx/docs/IR.md, “Graphs” and “Names Within a Graph”).
 *
 * @throws AppError `gate/malformed-graph`
 */
export function checkOrder(graph: GraphProto): Wiring {
  const { names } = graph;
  const uses = new Uses(names);
  for (const { name } of graph.inputs) uses.make(name, INPUT, 'an input');
  for (const { name } of graph.initialisers) {
    // Until IR version 3 every initialiser had to be an input too.
    if (uses.is(name, INPUT) && !uses.is(name, INITIALISED)) uses.note(name, INITIALISED);
    else uses.make(name, INITIALISED, 'an initialiser');
  }
  const lastRead = checkNodes(graph, uses);
  for (const { name } of graph.outputs) {
    if (!uses.is(name, MADE)) {
      const output = shown(names, name);
      throw malformedGraph(`nothing makes the output ${output}`, { name: names.text(name) });
    }
    if (uses.is(name, OUTPUT)) {
      throw malformedGraph(`${shown(names, name)} is an output twice`, { name: names.text(name) });
    }
    uses.note(name, OUTPUT);
  }
  const numbers = graph.inputs.map(({ name }) => name);
  return {
    fed: new Set(numbers.filter((name) => !uses.is(name, INITIALISED))),
    outputs: graph.outputs.map(({ name }) => name),
    lastRead,
  };
}

function checkNodes({ names, nodes }: GraphProto, uses: Uses): Int32Array {
  const lastRead = new Int32Array(names.count).fill(UNREAD);
  const { inputs, outputs } = nodes;
  for (let index = 0; index < nodes.count; index += 1) {
    const { op } = nodes.type(index);
    if (op === '') throw malformedGraph(`operator ${String(index)} has no type`, { index });
    const name = nodes.name(index);
    if (name !== 0) {
      if (uses.is(name, NODE)) {
        const called = { name: names.text(name) };
        throw malformedGraph(`two operators are called ${shown(names, name)}`, called);
      }
      uses.note(name, NODE);
    }
    for (let at = inputs.start(index); at < inputs.end(index); at += 1) {
      const wanted = inputs.at(at);
      if (wanted !== 0 && !uses.is(wanted, MADE)) {
        throw malformedGraph(
          `operator ${String(index)} (${op}) needs ${shown(names, wanted)}, which nothing before it makes`,
          { index, op, name: names.text(wanted) },
        );
      }
      lastRead[wanted] = index;
    }
    for (let at = outputs.start(index); at < outputs.end(index); at += 1) {
      if (outputs.at(at) !== 0) uses.make(outputs.at(at), 0, 'an output');
    }
  }
  return lastRead;
}

/** What each name is used for. */
class Uses {
  readonly #names: NameTable;
  readonly #uses: Uint8Array;

  constructor(names: NameTable) {
    this.#names = names;
    this.#uses = new Uint8Array(names.count);
  }

  is(name: number, use: number): boolean {
    return ((this.#uses[name] ?? 0) & use) !== 0;
  }

  note(name: number, use: number): void {
    this.#uses[name] = (this.#uses[name] ?? 0) | use;
  }

  make(name: number, use: number, what: string): void {
    if (name === 0) throw malformedGraph(`${what} has no name`);
    if (this.is(name, MADE)) {
      const text = this.#names.text(name);
      throw malformedGraph(`${shown(this.#names, name)} is made twice`, { name: text });
    }
    this.note(name, MADE | use);
  }
}

/** A name in a sentence, not at any length. */
function shown(names: NameTable, name: number): string {
  return `“${names.text(name).slice(0, 80)}”`;
}
