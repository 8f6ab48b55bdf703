import type { RgbImage } from '../image/pixels.ts';
import type { Crop } from './crop.ts';
import { blend } from './resize-blend.ts';
import { axisTaps, type AxisTaps, type Kernel } from './resize-taps.ts';

/**
 * OpenCV's `resizeGeneric_`: source rows are filtered horizontally, in whole numbers, when a target row first
 * needs them; target rows are then made from them. Shrinking touches no other rows.
 *
 * @param scaleX source pixels a target pixel, horizontally
 * @param scaleY the same, vertically
 * @param region the part of the result that is wanted; nothing else is computed
 */
export function resizeSeparable(
  image: RgbImage,
  width: number,
  height: number,
  scaleX: number,
  scaleY: number,
  kernel: Kernel,
  region: Crop = { x: 0, y: 0, width, height },
): RgbImage {
  const { taps } = kernel;
  const columns = part(axisTaps(image.width, width, scaleX, kernel), region.x, region.width);
  const rows = part(axisTaps(image.height, height, scaleY, kernel), region.y, region.height);
  const lineLength = region.width * 3;
  const data = new Uint8ClampedArray(lineLength * region.height);
  const stride = image.width * 3;
  // The rows of one target row follow each other, so "row modulo taps" gives each a slot of its own.
  const slots = Array.from({ length: taps }, () => new Int32Array(lineLength));
  const heldRow = new Int32Array(taps).fill(-1);
  for (let y = 0; y < region.height; y += 1) {
    const lines: Int32Array[] = [];
    for (let tap = 0; tap < taps; tap += 1) {
      const row = rows.index[y * taps + tap] ?? 0;
      const slot = row % taps;
      const line = slots[slot] ?? new Int32Array(lineLength);
      if (heldRow[slot] !== row) {
        filterRow(image.data.subarray(row * stride, (row + 1) * stride), columns, line);
        heldRow[slot] = row;
      }
      lines.push(line);
    }
    const weights = rows.weight.subarray(y * taps, (y + 1) * taps);
    const target = data.subarray(y * lineLength, (y + 1) * lineLength);
    blend(lines, weights, target);
  }
  return { width: region.width, height: region.height, data: new Uint8Array(data.buffer) };
}

/** The taps of `length` target samples from `start` on. */
function part({ taps, index, weight }: AxisTaps, start: number, length: number): AxisTaps {
  const [from, to] = [start * taps, (start + length) * taps];
  return { taps, index: index.subarray(from, to), weight: weight.subarray(from, to) };
}

/** One row of RGB bytes → one row of sums with 11 fractional bits (`HResizeLinear`, `HResizeCubic`, …). */
function filterRow(source: Uint8Array, columns: AxisTaps, line: Int32Array): void {
  if (columns.taps === 2) {
    filterRowTwo(source, columns, line);
    return;
  }
  const { taps, index, weight } = columns;
  let entry = 0;
  for (let to = 0; to < line.length; to += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const from = (index[entry] ?? 0) * 3;
      const share = weight[entry] ?? 0;
      red += (source[from] ?? 0) * share;
      green += (source[from + 1] ?? 0) * share;
      blue += (source[from + 2] ?? 0) * share;
      entry += 1;
    }
    line[to] = red;
    line[to + 1] = green;
    line[to + 2] = blue;
  }
}

/** {@link filterRow} for two taps, unrolled: it is the hot loop of every bilinear resize. */
function filterRowTwo(source: Uint8Array, { index, weight }: AxisTaps, line: Int32Array): void {
  for (let to = 0, entry = 0; to < line.length; to += 3, entry += 2) {
    const left = (index[entry] ?? 0) * 3;
    const right = (index[entry + 1] ?? 0) * 3;
    const a = weight[entry] ?? 0;
    const b = weight[entry + 1] ?? 0;
    line[to] = (source[left] ?? 0) * a + (source[right] ?? 0) * b;
    line[to + 1] = (source[left + 1] ?? 0) * a + (source[right + 1] ?? 0) * b;
    line[to + 2] = (source[left + 2] ?? 0) * a + (source[right + 2] ?? 0) * b;
  }
}
