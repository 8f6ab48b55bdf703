import type { GraphProto } from './proto/model-proto.ts';
import { product } from './shapes/value.ts';
import type { Value } from './shapes/value.ts';

/** float32; half precision is widened by most kernels, and int64 is rare and small. */
const BYTES_PER_VALUE = 4;

/**
 * The largest sum of activations that exist at the same time, in bytes: inputs, and outputs of operators, each from
 * where it is made until its last use (the graph's outputs until the end), in the file's order. Initialisers are
 * not counted.
 *
 * It is an estimate. It ignores that kernels may work in place and that runtimes pack buffers (both make it less)
 * and what kernels need for themselves (more). An open side counts as 1, the least that can be there, and a tensor of
 * unknown rank nothing; null when no input's and no result's rank is known. At most `Number.MAX_SAFE_INTEGER`.
 */
export function peakActivationBytes(
  graph: GraphProto,
  known: ReadonlyMap<string, Value>,
): number | null {
  const lastUse = lastUses(graph);
  const initialised = new Set(graph.initialisers.map(({ name }) => name));
  const alive = new Map<string, number>();
  let current = 0;
  let anyKnown = false;
  const make = (name: string) => {
    const shape = known.get(name)?.shape ?? null;
    if (name === '' || shape === null) return;
    anyKnown = true;
    const claimed = (product(shape.map((side) => side ?? 1)) ?? 0) * BYTES_PER_VALUE;
    // What is no number must not be taken for little: a sum with it in compares as false with every limit.
    const bytes = claimed <= Number.MAX_SAFE_INTEGER ? claimed : Number.MAX_SAFE_INTEGER;
    alive.set(name, bytes);
    current += bytes;
  };
  for (const { name } of graph.inputs) if (!initialised.has(name)) make(name);
  let peak = current;
  for (const [index, { inputs, outputs }] of graph.nodes.entries()) {
    for (const name of outputs) make(name);
    peak = Math.max(peak, current);
    // An output that nobody uses is gone at once.
    for (const name of [...inputs, ...outputs]) {
      if ((lastUse.get(name) ?? index) > index) continue;
      current -= alive.get(name) ?? 0;
      alive.delete(name);
    }
  }
  return anyKnown ? Math.min(peak, Number.MAX_SAFE_INTEGER) : null;
}

/** By name, the index of the last operator that uses it; infinite for the graph's outputs. */
function lastUses(graph: GraphProto): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, { inputs }] of graph.nodes.entries()) {
    for (const name of inputs) last.set(name, index);
  }
  for (const { name } of graph.outputs) last.set(name, Infinity);
  return last;
}
