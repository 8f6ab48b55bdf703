import type { TensorProto } from './proto/tensor-proto.ts';
import type { Span } from './proto/source-file.ts';
import type { ModelInspection } from './types.ts';

type WeightStatistics = ModelInspection['weights'];

/** Values looked at together: few enough that a block with a NaN is cheap to look at again. */
const BLOCK = 16_384;

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
    const [only] = tensor.typed;
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
    for (const span of spans) {
      const found =
        tensor.raw === null ? packedHalves(bytes, span) : blocks(bytes, span, 2, uint16s);
      for (const block of found) patterns.addBlock(block);
    }
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

type FloatArray = Float32Array | Float64Array;
type ViewOf<T> = (buffer: ArrayBufferLike, start?: number, length?: number) => T;

const float32s: ViewOf<Float32Array> = (...view) => new Float32Array(...view);
const float64s: ViewOf<Float64Array> = (...view) => new Float64Array(...view);
const uint16s: ViewOf<Uint16Array> = (...view) => new Uint16Array(...view);

/** The values of a span, `width` bytes each, block by block; a block is valid until the next is asked for. */
function* blocks<T extends FloatArray | Uint16Array>(
  bytes: Uint8Array,
  { start, end }: Span,
  width: number,
  viewOf: ViewOf<T>,
): Generator<T> {
  const step = BLOCK * width;
  const aligned = (bytes.byteOffset + start) % width === 0;
  const copy = new Uint8Array(aligned ? 0 : Math.min(step, end - start));
  for (let at = start; at < end; at += step) {
    const size = Math.min(step, end - at);
    if (aligned) yield viewOf(bytes.buffer, bytes.byteOffset + at, size / width);
    else {
      copy.set(bytes.subarray(at, at + size));
      yield viewOf(copy.buffer, 0, size / width);
    }
  }
}

/**
 * The values of a tensor, block by block. A file may write them one by one, each a span of its own; these are
 * gathered, since a block for each value would take several times as long.
 */
function* floats<T extends FloatArray>(
  bytes: Uint8Array,
  spans: readonly Span[],
  width: number,
  viewOf: ViewOf<T>,
): Generator<T> {
  const [first] = spans;
  if (first && spans.length === 1) {
    yield* blocks(bytes, first, width, viewOf);
    return;
  }
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (total === 0) return;
  // No larger than the tensor: a file may list hundreds of thousands of small ones.
  const block = new Uint8Array(Math.min(BLOCK * width, total));
  let held = 0;
  for (const { start, end } of spans) {
    for (let at = start; at < end; at += 1) {
      block[held] = bytes[at] ?? 0;
      held += 1;
      if (held < block.length) continue;
      yield viewOf(block.buffer);
      held = 0;
    }
  }
  yield viewOf(block.buffer, 0, held / width);
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

/** 16-bit values that were written as varints, of which only the low bits count. */
function* packedHalves(bytes: Uint8Array, { start, end }: Span): Generator<Uint16Array> {
  const block = new Uint16Array(Math.min(BLOCK, end - start));
  let count = 0;
  let bits = 0;
  let shift = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (shift < 16) bits |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte >= 0x80) continue;
    block[count] = bits;
    count += 1;
    bits = 0;
    shift = 0;
    if (count < block.length) continue;
    yield block;
    count = 0;
  }
  yield block.subarray(0, count);
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
export function float16(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

/** bfloat16: the upper half of a float32. */
export function bfloat16(bits: number): number {
  word.setUint32(0, bits * 0x1_0000);
  return word.getFloat32(0);
}
