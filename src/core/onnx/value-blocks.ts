import type { Span } from './proto/source-file.ts';

/** Values looked at together: few enough that a block with a NaN is cheap to look at again. */
const BLOCK = 16_384;

/** Floating-point values as they are in memory. */
export type FloatArray = Float32Array | Float64Array;
type ViewOf<T> = (buffer: ArrayBufferLike, start?: number, length?: number) => T;

/** Views of a buffer, from an offset in bytes on. */
export const float32s: ViewOf<Float32Array> = (...view) => new Float32Array(...view);
export const float64s: ViewOf<Float64Array> = (...view) => new Float64Array(...view);
export const uint16s: ViewOf<Uint16Array> = (...view) => new Uint16Array(...view);

/** The values of a span, `width` bytes each, block by block; a block is valid until the next is asked for. */
export function* blocks<T extends FloatArray | Uint16Array>(
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
export function* floats<T extends FloatArray>(
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

/** 16-bit values that were written as varints, of which only the low bits count. */
export function* packedHalves(bytes: Uint8Array, spans: readonly Span[]): Generator<Uint16Array> {
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const block = new Uint16Array(Math.min(BLOCK, total));
  let count = 0;
  let bits = 0;
  let shift = 0;
  for (const { start, end } of spans) {
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
  }
  yield block.subarray(0, count);
}
