import { malformedGraph } from './gate-error.ts';
import type { GraphProto } from './proto/model-proto.ts';

/**
 * Checks that the graph can be read from top to bottom: every name is given once, every input was made before,
 * every output of the graph is made somewhere (onnx/docs/IR.md, “Graphs” and “Names Within a Graph”).
 *
 * @throws AppError `gate/malformed-graph`
 */
export function checkOrder(graph: GraphProto): void {
  const made = new Set<string>();
  const make = (name: string, what: string) => {
    if (name === '') throw malformedGraph(`${what} has no name`);
    if (made.has(name)) throw malformedGraph(`${shown(name)} is made twice`, { name });
    made.add(name);
  };
  for (const { name } of graph.inputs) make(name, 'an input');
  const inputs = new Set(made);
  const initialised = new Set<string>();
  for (const { name } of graph.initialisers) {
    // Until IR version 3 every initialiser had to be an input too.
    const also = inputs.has(name) && !initialised.has(name);
    if (!also) make(name, 'an initialiser');
    initialised.add(name);
  }
  checkNodes(graph, made, make);
  const given = new Set<string>();
  for (const { name } of graph.outputs) {
    if (!made.has(name)) throw malformedGraph(`nothing makes the output ${shown(name)}`, { name });
    if (given.has(name)) throw malformedGraph(`${shown(name)} is an output twice`, { name });
    given.add(name);
  }
}

function checkNodes(
  graph: GraphProto,
  made: ReadonlySet<string>,
  make: (name: string, what: string) => void,
): void {
  const named = new Set<string>();
  for (const [index, { name, op, inputs, outputs }] of graph.nodes.entries()) {
    if (op === '') throw malformedGraph(`operator ${String(index)} has no type`, { index });
    if (name !== '' && named.has(name)) {
      throw malformedGraph(`two operators are called ${shown(name)}`, { name });
    }
    named.add(name);
    for (const wanted of inputs) {
      if (wanted !== '' && !made.has(wanted)) {
        throw malformedGraph(
          `operator ${String(index)} (${op}) needs ${shown(wanted)}, which nothing before it makes`,
          { index, op, name: wanted },
        );
      }
    }
    for (const output of outputs) if (output !== '') make(output, 'an output');
  }
}

/** A name in a sentence, not at any length. */
function shown(name: string): string {
  return `“${name.slice(0, 80)}”`;
}
