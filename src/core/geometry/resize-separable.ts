import type { RgbImage } from '../image/pixels.ts';
import { blend } from './resize-blend.ts';
import { axisTaps, type AxisTaps, type Kernel } from './resize-taps.ts';

/**
 * OpenCV's `resizeGeneric_`: source rows are filtered horizontally, in whole numbers, when a target row first
 * needs them; target rows are then made from them. Shrinking touches no other rows.
 *
 * @param scaleX source pixels a target pixel, horizontally
 * @param scaleY the same, vertically
 */
export function resizeSeparable(
  image: RgbImage,
  width: number,
  height: number,
  scaleX: number,
  scaleY: number,
  kernel: Kernel,
): RgbImage {
  const { taps } = kernel;
  const columns = axisTaps(image.width, width, scaleX, kernel);
  const rows = axisTaps(image.height, height, scaleY, kernel);
  const data = new Uint8ClampedArray(width * height * 3);
  const stride = image.width * 3;
  // The rows of one target row follow each other, so "row modulo taps" gives each a slot of its own.
  const slots = Array.from({ length: taps }, () => new Int32Array(width * 3));
  const heldRow = new Int32Array(taps).fill(-1);
  for (let y = 0; y < height; y += 1) {
    const lines: Int32Array[] = [];
    for (let tap = 0; tap < taps; tap += 1) {
      const row = rows.index[y * taps + tap] ?? 0;
      const slot = row % taps;
      const line = slots[slot] ?? new Int32Array(width * 3);
      if (heldRow[slot] !== row) {
        filterRow(image.data.subarray(row * stride, (row + 1) * stride), columns, line);
        heldRow[slot] = row;
      }
      lines.push(line);
    }
    const weights = rows.weight.subarray(y * taps, (y + 1) * taps);
    const target = data.subarray(y * width * 3, (y + 1) * width * 3);
    blend(lines, weights, target);
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

/** One row of RGB bytes → one row of sums with 11 fractional bits (`HResizeLinear`, `HResizeCubic`, …). */
function filterRow(source: Uint8Array, { taps, index, weight }: AxisTaps, line: Int32Array): void {
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
