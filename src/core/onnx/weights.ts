import type { TensorProto } from './proto/tensor-proto.ts';
import type { Span } from './proto/source-file.ts';
import { bfloat16, float16 } from './sixteen-bit.ts';
import type { ModelInspection } from './types.ts';
import {
  blocks,
  floats,
  float32s,
  float64s,
  packedHalves,
  uint16s,
  type FloatArray,
} from './value-blocks.ts';

type WeightStatistics = ModelInspection['weights'];

/** At most as many values are looked at one by one. */
const FEW = 16;

/** Bytes of a value of the types whose own field holds them as they are in memory. */
const WIDTHS: ReadonlyMap<string, number> = new Map([
  ['float32', 4],
  ['float64', 8],
]);

/**
 * Counts and extremes of the values of all floating-point tensors: float32, float64, float16, bfloat16.
 *
 * `min`, `max` and `mean` are over the finite values, 0 when there are none. float32 and float64 are read in place
 * where they are aligned and copied block by block where not; the 16-bit types are counted by bit pattern, of which
 * there are 65,536. Values are little-endian in the file, as on every machine that runs a browser.
 */
export function weightStatistics(
  bytes: Uint8Array,
  tensors: Iterable<TensorProto>,
): WeightStatistics {
  const tally = new Tally();
  const sixteenBit = new Map([
    ['float16', new Patterns(float16)],
    ['bfloat16', new Patterns(bfloat16)],
  ]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const few = new Float64Array(FEW);
  for (const tensor of tensors) {
    if (tensor.external || !tensor.complete || tensor.values === 0) continue;
    const { name } = tensor.type;
    // A block for each of very many small tensors would take several times as long as their values.
    if (tensor.raw !== null && tensor.values <= FEW) {
      addFew(view, tensor.raw, name, tally, sixteenBit);
      continue;
    }
    const only = tensor.typed[0];
    const width = WIDTHS.get(name);
    if (only && width && tensor.typed.length === 1 && tensor.values <= FEW) {
      tally.addBlock(few, readFew(view, only, width, few));
      continue;
    }
    const spans = tensor.raw === null ? tensor.typed : [tensor.raw];
    if (name === 'float32')
      for (const block of floats(bytes, spans, 4, float32s)) tally.addBlock(block);
    if (name === 'float64')
      for (const block of floats(bytes, spans, 8, float64s)) tally.addBlock(block);
    const patterns = sixteenBit.get(name);
    if (patterns === undefined) continue;
    const found =
      tensor.raw === null ? packedHalves(bytes, spans) : blocks(bytes, tensor.raw, 2, uint16s);
    for (const block of found) patterns.addBlock(block);
  }
  for (const patterns of sixteenBit.values()) patterns.addTo(tally);
  return tally.result();
}

/** Reads the values of a small tensor. @returns how many */
function readFew(view: DataView, { start, end }: Span, width: number, into: Float64Array): number {
  let count = 0;
  for (let at = start; at < end; at += width) {
    into[count] = width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
    count += 1;
  }
  return count;
}

/** Adds the values of a small tensor one by one. */
function addFew(
  view: DataView,
  { start, end }: Span,
  type: string,
  tally: Tally,
  sixteenBit: ReadonlyMap<string, Patterns>,
): void {
  if (type === 'float32') {
    for (let at = start; at < end; at += 4) tally.addMany(view.getFloat32(at, true), 1);
  } else if (type === 'float64') {
    for (let at = start; at < end; at += 8) tally.addMany(view.getFloat64(at, true), 1);
  } else {
    const patterns = sixteenBit.get(type);
    if (patterns === undefined) return;
    for (let at = start; at < end; at += 2) patterns.add(view.getUint16(at, true));
  }
}

class Tally {
  #nan = 0;
  #infinite = 0;
  #finite = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  addBlock(block: FloatArray, length = block.length): void {
    let sum = 0;
    let min = Infinity;
    let max = -Infinity;
    // By index: three times as fast as for…of, which matters with 25 million weights.
    for (let index = 0; index < length; index += 1) {
      const value = block[index] ?? 0;
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    // One NaN or infinity makes the sum one; then the block is looked at value by value.
    if (!Number.isFinite(sum)) {
      for (let index = 0; index < length; index += 1) this.addMany(block[index] ?? 0, 1);
      return;
    }
    this.#finite += length;
    this.#sum += sum;
    if (min < this.#min) this.#min = min;
    if (max > this.#max) this.#max = max;
  }

  addMany(value: number, count: number): void {
    if (count === 0) return;
    if (Number.isNaN(value)) this.#nan += count;
    else if (!Number.isFinite(value)) this.#infinite += count;
    else {
      this.#finite += count;
      this.#sum += value * count;
      if (value < this.#min) this.#min = value;
      if (value > this.#max) this.#max = value;
    }
  }

  result(): WeightStatistics {
    const finite = this.#finite;
    // Finite float64 values may have a sum that is not; its sign is all that is left of it.
    const mean = finite === 0 ? 0 : this.#sum / finite;
    const bounded = Math.min(Math.max(mean, -Number.MAX_VALUE), Number.MAX_VALUE);
    return {
      values: finite + this.#nan + this.#infinite,
      nan: this.#nan,
      infinite: this.#infinite,
      min: finite === 0 ? 0 : this.#min,
      max: finite === 0 ? 0 : this.#max,
      mean: Number.isNaN(mean) ? 0 : bounded,
    };
  }
}

/** Values of a 16-bit type, counted by their bits. */
class Patterns {
  readonly #decode: (bits: number) => number;
  #counts: Uint32Array | null = null;

  constructor(decode: (bits: number) => number) {
    this.#decode = decode;
  }

  addBlock(block: Uint16Array): void {
    const counts = (this.#counts ??= new Uint32Array(0x1_0000));
    const { length } = block;
    for (let index = 0; index < length; index += 1) {
      const bits = block[index] ?? 0;
      counts[bits] = (counts[bits] ?? 0) + 1;
    }
  }

  add(bits: number): void {
    const counts = (this.#counts ??= new Uint32Array(0x1_0000));
    counts[bits] = (counts[bits] ?? 0) + 1;
  }

  addTo(tally: Tally): void {
    this.#counts?.forEach((count, bits) => {
      if (count > 0) tally.addMany(this.#decode(bits), count);
    });
  }
}
