import { malformedGraph } from './gate-error.ts';
import type { GraphProto } from './proto/model-proto.ts';
import type { NodeProto } from './proto/node-proto.ts';
import { TextMap } from './text-map.ts';

/** An operator with the numbers of what it is given and what it gives, in its order; 0 is one left out. */
export interface WiredNode {
  readonly node: NodeProto;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * The tensors of a graph by number. Whoever looks at every operator goes by numbers: to find a name takes a search each
 * time, and a file may name hundreds of thousands.
 */
export interface Wiring {
  /** One more than the last tensor's number; the first one's is 1. */
  readonly end: number;
  readonly numbers: Pick<TextMap<number>, 'get'>;
  /** Of the graph's inputs that are no initialisers. The input at place n has the number n + 1. */
  readonly fed: readonly number[];
  /** Of the initialisers, in their order. */
  readonly initialisers: readonly number[];
  /** Of the operators, in their order. */
  readonly nodes: readonly WiredNode[];
  /** Of the graph's outputs, in their order. */
  readonly outputs: readonly number[];
  /** By tensor, the place of the last operator that reads it; {@link UNREAD} where none does. */
  readonly lastRead: readonly number[];
}

/** In place of an operator: there is none. */
export const UNREAD = -1;

/**
 * Checks that the graph can be read from top to bottom: every name is given once, every input was made before,
 * every output of the graph is made somewhere (onnx/docs/IR.md, “Graphs” and “Names Within a Graph”).
 *
 * @throws AppError `gate/malformed-graph`
 */
export function checkOrder(graph: GraphProto): Wiring {
  const numbers = new TextMap<number>().set('', 0);
  const lastRead = [UNREAD];
  const make = (name: string, what: string): number => {
    if (name === '') throw malformedGraph(`${what} has no name`);
    const number = numbers.size;
    numbers.set(name, number);
    if (numbers.size === number) {
      throw malformedGraph(`${shown(name)} is made twice`, { name });
    }
    lastRead.push(UNREAD);
    return number;
  };
  const inputs = graph.inputs.map(({ name }) => make(name, 'an input'));
  const initialised = new Set<number>();
  const initialisers = graph.initialisers.map(({ name }) => {
    // Until IR version 3 every initialiser had to be an input too.
    const input = numbers.get(name) ?? 0;
    if (input === 0 || input > inputs.length || initialised.has(input)) {
      return make(name, 'an initialiser');
    }
    initialised.add(input);
    return input;
  });
  const nodes = wired(graph, numbers, lastRead, make);
  const given = new Set<number>();
  const outputs = graph.outputs.map(({ name }) => {
    const number = numbers.get(name) ?? 0;
    if (number === 0) throw malformedGraph(`nothing makes the output ${shown(name)}`, { name });
    if (given.has(number)) throw malformedGraph(`${shown(name)} is an output twice`, { name });
    given.add(number);
    return number;
  });
  const fed = inputs.filter((number) => !initialised.has(number));
  return { end: numbers.size, numbers, fed, initialisers, nodes, outputs, lastRead };
}

function wired(
  graph: GraphProto,
  numbers: Wiring['numbers'],
  lastRead: number[],
  make: (name: string, what: string) => number,
): readonly WiredNode[] {
  const named = new TextMap<true>();
  return graph.nodes.map((node, index) => {
    const { name, op, inputs, outputs } = node;
    if (op === '') throw malformedGraph(`operator ${String(index)} has no type`, { index });
    if (name !== '') {
      if (named.has(name))
        throw malformedGraph(`two operators are called ${shown(name)}`, { name });
      named.set(name, true);
    }
    return {
      node,
      inputs: inputs.map((wanted) => {
        const number = numbers.get(wanted);
        if (number === undefined) {
          throw malformedGraph(
            `operator ${String(index)} (${op}) needs ${shown(wanted)}, which nothing before it makes`,
            { index, op, name: wanted },
          );
        }
        lastRead[number] = index;
        return number;
      }),
      outputs: outputs.map((output) => (output === '' ? 0 : make(output, 'an output'))),
    };
  });
}

/** A name in a sentence, not at any length. */
function shown(name: string): string {
  return `“${name.slice(0, 80)}”`;
}
