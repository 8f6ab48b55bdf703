import type { RgbImage } from '../image/pixels.ts';
import { roundHalfEven } from './rounding.ts';

const f32 = Math.fround;

/** True when OpenCV takes a scale for a whole number (`is_area_fast`). */
export function isWholeShrink(scale: number): boolean {
  return Math.abs(scale - Math.round(scale)) < Number.EPSILON;
}

/**
 * `resizeAreaFast_`: the mean of boxes of `boxWidth` × `boxHeight` source pixels. OpenCV rounds ties up for
 * 2 × 2 and to even otherwise.
 */
export function boxMeans(
  image: RgbImage,
  width: number,
  height: number,
  boxWidth: number,
  boxHeight: number,
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const sums = new Int32Array(width * 3);
  const share = f32(1 / (boxWidth * boxHeight));
  const quarters = boxWidth === 2 && boxHeight === 2;
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    for (let dy = 0; dy < boxHeight; dy += 1) {
      addBoxes(image.data, (y * boxHeight + dy) * image.width * 3, boxWidth, sums);
    }
    const row = y * width * 3;
    for (let at = 0; at < sums.length; at += 1) {
      const sum = sums[at] ?? 0;
      data[row + at] = quarters ? (sum + 2) >> 2 : roundHalfEven(f32(sum * share));
    }
  }
  return { width, height, data };
}

/** Adds one source row to the sums of its boxes. */
function addBoxes(source: Uint8Array, start: number, boxWidth: number, sums: Int32Array): void {
  let from = start;
  for (let at = 0; at < sums.length; at += 3) {
    let red = sums[at] ?? 0;
    let green = sums[at + 1] ?? 0;
    let blue = sums[at + 2] ?? 0;
    for (let dx = 0; dx < boxWidth; dx += 1) {
      red += source[from] ?? 0;
      green += source[from + 1] ?? 0;
      blue += source[from + 2] ?? 0;
      from += 3;
    }
    sums[at] = red;
    sums[at + 1] = green;
    sums[at + 2] = blue;
  }
}

/**
 * `resizeArea_`: the mean over the exact, fractional cell of each target pixel, in float32 and in OpenCV's order
 * of additions.
 *
 * @param scaleX source pixels a target pixel, horizontally, at least 1
 * @param scaleY the same, vertically
 */
export function weightedAreaMeans(
  image: RgbImage,
  width: number,
  height: number,
  scaleX: number,
  scaleY: number,
): RgbImage {
  const columns = areaCells(image.width, width, scaleX);
  const rows = areaCells(image.height, height, scaleY);
  const data = new Uint8Array(width * height * 3);
  const line = new Float32Array(width * 3);
  const sums = new Float32Array(width * 3);
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    for (let entry = rows.start[y] ?? 0; entry < (rows.start[y + 1] ?? 0); entry += 1) {
      const row = rows.index[entry] ?? 0;
      averageRow(image.data, row * image.width * 3, columns, line);
      const weight = rows.weight[entry] ?? 0;
      for (let at = 0; at < sums.length; at += 1) {
        sums[at] = (sums[at] ?? 0) + f32((line[at] ?? 0) * weight);
      }
    }
    const to = y * width * 3;
    for (let at = 0; at < sums.length; at += 1) data[to + at] = roundHalfEven(sums[at] ?? 0);
  }
  return { width, height, data };
}

/** The source samples under each target sample: entries `start[t]` to `start[t + 1]` of `index` and `weight`. */
interface AreaCells {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** `computeResizeAreaTab`: slivers of at most a thousandth of a sample are left out. */
function areaCells(source: number, target: number, scale: number): AreaCells {
  const start = new Int32Array(target + 1);
  const index: number[] = [];
  const weight: number[] = [];
  const add = (at: number, share: number) => {
    index.push(at);
    weight.push(share);
  };
  for (let at = 0; at < target; at += 1) {
    const left = at * scale;
    const right = left + scale;
    const cell = Math.min(scale, source - left);
    const last = Math.min(Math.floor(right), source - 1);
    const first = Math.min(Math.ceil(left), last);
    if (first - left > 1e-3) add(first - 1, (first - left) / cell);
    for (let whole = first; whole < last; whole += 1) add(whole, 1 / cell);
    if (right - last > 1e-3) add(last, Math.min(right - last, 1, cell) / cell);
    start[at + 1] = index.length;
  }
  return { start, index: Int32Array.from(index), weight: Float32Array.from(weight) };
}

/** One source row → the weighted means under each target column. */
function averageRow(source: Uint8Array, begin: number, cells: AreaCells, line: Float32Array): void {
  const { start, index, weight } = cells;
  let entry = 0;
  for (let x = 0; x * 3 < line.length; x += 1) {
    const end = start[x + 1] ?? 0;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (; entry < end; entry += 1) {
      const from = begin + (index[entry] ?? 0) * 3;
      const share = weight[entry] ?? 0;
      red = f32(red + f32((source[from] ?? 0) * share));
      green = f32(green + f32((source[from + 1] ?? 0) * share));
      blue = f32(blue + f32((source[from + 2] ?? 0) * share));
    }
    line[x * 3] = red;
    line[x * 3 + 1] = green;
    line[x * 3 + 2] = blue;
  }
}
