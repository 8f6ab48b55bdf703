/*
 * The vertical half of a separable resize: filtered rows → one row of bytes. Each function repeats the rounding of
 * its OpenCV counterpart (modules/imgproc/src/resize.cpp), which is why the three differ.
 */

const f32 = Math.fround;

/** Two 11-bit weights multiplied: sums carry 22 fractional bits. */
const ONE = 1 << 22;
const HALF = 1 << 21;

/**
 * @param lines the source rows after horizontal filtering, 11 fractional bits; 2, 4 or 8 of the same length
 * @param weights one a line, 11 fractional bits
 * @param target bytes, as many as a line has values; the clamped array cuts what overshoots
 */
export function blend(
  lines: readonly Int32Array[],
  weights: Int32Array,
  target: Uint8ClampedArray,
): void {
  const [first, second, third, fourth] = lines;
  if (!first || !second) return;
  if (!third || !fourth) blendTwo(first, second, weights, target);
  else if (lines.length === 4) blendFour(first, second, third, fourth, weights, target);
  else blendMany(lines, weights, target);
}

/** `VResizeLinear` for bytes drops bits before it adds. */
function blendTwo(
  above: Int32Array,
  below: Int32Array,
  weights: Int32Array,
  target: Uint8ClampedArray,
): void {
  const [top = 0, bottom = 0] = weights;
  for (let at = 0; at < target.length; at += 1) {
    const a = (top * ((above[at] ?? 0) >> 4)) >> 16;
    const b = (bottom * ((below[at] ?? 0) >> 4)) >> 16;
    target[at] = (a + b + 2) >> 2;
  }
}

/**
 * `VResizeCubicVec_32s8u`: on x86 OpenCV adds in float32 from the last row to the first and rounds ties to even
 * (as storing in a clamped array does), eight values at a time; what is left of a row goes through whole numbers.
 */
function blendFour(
  first: Int32Array,
  second: Int32Array,
  third: Int32Array,
  fourth: Int32Array,
  weights: Int32Array,
  target: Uint8ClampedArray,
): void {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = weights;
  const [f0, f1, f2, f3] = [w0 / ONE, w1 / ONE, w2 / ONE, w3 / ONE];
  const vectorised = target.length - (target.length % 8);
  for (let at = 0; at < vectorised; at += 1) {
    let sum = f32(f32(fourth[at] ?? 0) * f3);
    sum = f32(f32(f32(third[at] ?? 0) * f2) + sum);
    sum = f32(f32(f32(second[at] ?? 0) * f1) + sum);
    target[at] = f32(f32(f32(first[at] ?? 0) * f0) + sum);
  }
  for (let at = vectorised; at < target.length; at += 1) {
    const upper = (first[at] ?? 0) * w0 + (second[at] ?? 0) * w1;
    const lower = (third[at] ?? 0) * w2 + (fourth[at] ?? 0) * w3;
    target[at] = (upper + lower + HALF) >> 22;
  }
}

/** `VResizeLanczos4` with `FixedPtCast`: whole numbers throughout, ties up. */
function blendMany(
  lines: readonly Int32Array[],
  weights: Int32Array,
  target: Uint8ClampedArray,
): void {
  const sums = new Int32Array(target.length).fill(HALF);
  lines.forEach((line, tap) => {
    const weight = weights[tap] ?? 0;
    for (let at = 0; at < sums.length; at += 1) {
      sums[at] = (sums[at] ?? 0) + (line[at] ?? 0) * weight;
    }
  });
  for (let at = 0; at < target.length; at += 1) target[at] = (sums[at] ?? 0) >> 22;
}
