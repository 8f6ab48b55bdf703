import type { Wiring } from './graph-order.ts';
import { product } from './shapes/value.ts';
import type { Known, Side } from './shapes/value.ts';

/** float32; half precision is widened by most kernels, and int64 is rare and small. */
const BYTES_PER_VALUE = 4;

/** In place of an operator: no activation, or one of unknown rank. */
const UNSEEN = -1;

/**
 * The largest sum of activations that exist at the same time, in bytes: inputs, and outputs of operators, each from
 * where it is made until its last use (the graph's outputs until the end), in the file's order. Initialisers are
 * not counted.
 *
 * It is an estimate. It ignores that kernels may work in place and that runtimes pack buffers (both make it less)
 * and what kernels need for themselves (more). An open side counts as 1, the least that can be there, and a tensor of
 * unknown rank nothing; null when no input's and no result's rank is known. At most `Number.MAX_SAFE_INTEGER`.
 */
export function peakActivationBytes(wiring: Wiring, known: Known): number | null {
  const { nodes } = wiring;
  const last = nodes.length;
  /** By tensor, what it takes and the last operator that uses it: its own where nobody does. */
  const bytes = new Float64Array(wiring.end);
  const until = new Int32Array(wiring.end).fill(UNSEEN);
  const made = new Float64Array(last + 1);
  const make = (tensor: number, at: number) => {
    const shape = known[tensor]?.shape ?? null;
    if (tensor === 0 || shape === null) return;
    const size = bytesOf(shape);
    bytes[tensor] = size;
    until[tensor] = at;
    made[at] = (made[at] ?? 0) + size;
  };
  const keep = (tensor: number, at: number) => {
    if (until[tensor] !== UNSEEN) until[tensor] = at;
  };
  for (const tensor of wiring.fed) make(tensor, 0);
  for (const [index, { inputs, outputs }] of nodes.entries()) {
    for (const tensor of inputs) keep(tensor, index);
    for (const tensor of outputs) make(tensor, index);
  }
  for (const tensor of wiring.outputs) keep(tensor, last);
  if (until.every((at) => at === UNSEEN)) return null;

  const freed = new Float64Array(last + 1);
  for (const [tensor, at] of until.entries()) {
    if (at !== UNSEEN) freed[at] = (freed[at] ?? 0) + (bytes[tensor] ?? 0);
  }
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
