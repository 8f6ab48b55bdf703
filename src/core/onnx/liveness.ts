import { UNREAD } from './graph-order.ts';
import type { Wiring } from './graph-order.ts';
import type { NodeTable } from './proto/node-table.ts';
import type { Known, Side } from './shapes/value.ts';

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
  { count, outputs }: Pick<NodeTable, 'count' | 'outputs'>,
  wiring: Wiring,
  known: Known,
): number | null {
  const last = count;
  const made = new Float64Array(last + 1);
  const freed = new Float64Array(last + 1);
  const kept = new Set(wiring.outputs);
  let ranks = 0;
  const make = (tensor: number, at: number) => {
    const shape = known[tensor]?.shape ?? null;
    if (tensor === 0 || shape === null) return;
    const bytes = bytesOf(shape);
    const read = wiring.lastRead[tensor] ?? UNREAD;
    const until = kept.has(tensor) ? last : read === UNREAD ? at : read;
    made[at] = (made[at] ?? 0) + bytes;
    freed[until] = (freed[until] ?? 0) + bytes;
    ranks += 1;
  };
  for (const tensor of wiring.fed) make(tensor, 0);
  for (let index = 0; index < count; index += 1) {
    for (let at = outputs.start(index); at < outputs.end(index); at += 1) {
      make(outputs.at(at), index);
    }
  }
  if (ranks === 0) return null;

  let current = 0;
  let peak = 0;
  for (let index = 0; index <= last; index += 1) {
    current += made[index] ?? 0;
    peak = Math.max(peak, current);
    current -= freed[index] ?? 0;
  }
  return Math.min(peak, Number.MAX_SAFE_INTEGER);
}

function bytesOf(shape: readonly Side[]): number {
  if (shape.includes(0)) return 0;
  const claimed = shape.reduce<number>(timesSide, BYTES_PER_VALUE);
  // What is no number must not be taken for little: a sum with it in compares as false with every limit.
  return claimed <= Number.MAX_SAFE_INTEGER ? claimed : Number.MAX_SAFE_INTEGER;
}

function timesSide(product: number, side: Side): number {
  return product * (side ?? 1);
}
