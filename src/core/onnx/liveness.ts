import type { GraphProto } from './proto/model-proto.ts';
import { product } from './shapes/value.ts';
import type { Side, Value } from './shapes/value.ts';

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
  const { nodes } = graph;
  const last = nodes.length;
  const initialised = new Set(graph.initialisers.map(({ name }) => name));
  /** By name, what a tensor takes and the index of the last operator that uses it: its own where nobody does. */
  const tensors = new Map<string, { readonly bytes: number; until: number }>();
  const made = new Float64Array(last + 1);
  const make = (name: string, at: number) => {
    const shape = known.get(name)?.shape ?? null;
    if (name === '' || shape === null) return;
    const bytes = bytesOf(shape);
    tensors.set(name, { bytes, until: at });
    made[at] = (made[at] ?? 0) + bytes;
  };
  const keep = (name: string, at: number) => {
    const tensor = tensors.get(name);
    if (tensor !== undefined) tensor.until = at;
  };
  for (const { name } of graph.inputs) if (!initialised.has(name)) make(name, 0);
  for (const [index, { inputs, outputs }] of nodes.entries()) {
    for (const name of inputs) keep(name, index);
    for (const name of outputs) make(name, index);
  }
  for (const { name } of graph.outputs) keep(name, last);
  if (tensors.size === 0) return null;

  const freed = new Float64Array(last + 1);
  for (const { bytes, until } of tensors.values()) freed[until] = (freed[until] ?? 0) + bytes;
  let current = 0;
  let peak = 0;
  for (const [index, bytes] of made.entries()) {
    current += bytes;
    peak = Math.max(peak, current);
    current -= freed[index] ?? 0;
  }
  return Math.min(peak, Number.MAX_SAFE_INTEGER);
}

function bytesOf(shape: readonly Side[]): number {
  const open = shape.includes(null);
  const claimed = (product(open ? shape.map((side) => side ?? 1) : shape) ?? 0) * BYTES_PER_VALUE;
  // What is no number must not be taken for little: a sum with it in compares as false with every limit.
  return claimed <= Number.MAX_SAFE_INTEGER ? claimed : Number.MAX_SAFE_INTEGER;
}
