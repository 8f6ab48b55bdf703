import { roundHalfEven } from './rounding.ts';

/*
 * Which source samples make a target sample along one axis, and with which weights: `hal::resize` of OpenCV
 * (modules/imgproc/src/resize.cpp). Everything OpenCV computes in `float` passes through Math.fround here, since
 * a weight that rounds the other way changes pixels.
 */

const f32 = Math.fround;

/** OpenCV's INTER_RESIZE_COEF_SCALE: weights are whole numbers with 11 fractional bits, their sum about 2048. */
const WEIGHT_ONE = 2048;

/** A filter as a function of where a target sample falls between two source samples. */
export interface Kernel {
  /** How many source samples it reads: 2, 4 or 8, centred around the position. */
  readonly taps: number;
  /** The source sample at or before the target sample, and the way to the next one, 0..1. */
  readonly locate: (target: number, scale: number) => readonly [base: number, fraction: number];
  /** One weight a tap for a fraction; their sum is about 1. */
  readonly weights: (fraction: number) => readonly number[];
}

/** Source indexes and weights of every target sample of one axis, `taps` entries each. */
export interface AxisTaps {
  readonly taps: number;
  /** Index of the source sample, clamped to the axis: a replicated border. */
  readonly index: Int32Array;
  /** 11-bit fixed point. */
  readonly weight: Int32Array;
}

/** OpenCV's INTER_LINEAR, INTER_CUBIC, INTER_LANCZOS4, and INTER_AREA where a side grows. */
export const KERNELS = {
  bilinear: { taps: 2, locate: locateCentre, weights: linearWeights },
  bicubic: { taps: 4, locate: locateCentre, weights: cubicWeights },
  lanczos4: { taps: 8, locate: locateCentre, weights: lanczos4Weights },
  areaGrow: { taps: 2, locate: locateArea, weights: linearWeights },
} as const satisfies Record<string, Kernel>;

/**
 * Lays a kernel out along one axis.
 *
 * @param source samples of the axis before
 * @param target samples of the axis after
 * @param scale source samples a target sample
 */
export function axisTaps(source: number, target: number, scale: number, kernel: Kernel): AxisTaps {
  const { taps } = kernel;
  const index = new Int32Array(target * taps);
  const weight = new Int32Array(target * taps);
  for (let at = 0; at < target; at += 1) {
    const [base, fraction] = kernel.locate(at, scale);
    const first = base - taps / 2 + 1;
    kernel.weights(fraction).forEach((value, tap) => {
      index[at * taps + tap] = Math.min(Math.max(first + tap, 0), source - 1);
      weight[at * taps + tap] = roundHalfEven(value * WEIGHT_ONE);
    });
  }
  return { taps, index, weight };
}

/** Half-pixel centres. */
function locateCentre(target: number, scale: number): [number, number] {
  const position = f32((target + 0.5) * scale - 0.5);
  const base = Math.floor(position);
  return [base, f32(position - base)];
}

/** OpenCV's `area_mode`: how much of the target sample lies beyond the source sample its left edge is in. */
function locateArea(target: number, scale: number): [number, number] {
  const base = Math.floor(target * scale);
  const beyond = f32(target + 1 - (base + 1) * (1 / scale));
  return [base, beyond <= 0 ? 0 : f32(beyond - Math.floor(beyond))];
}

function linearWeights(x: number): number[] {
  return [f32(1 - x), x];
}

/** `interpolateCubic`, a = −0.75. */
function cubicWeights(x: number): number[] {
  const a = -0.75;
  const x1 = f32(x + 1);
  const rest = f32(1 - x);
  const outer = f32(f32(f32(f32(f32(f32(a * x1) - 5 * a) * x1) + 8 * a) * x1) - 4 * a);
  const inner = (d: number) => f32(f32(f32(f32(f32((a + 2) * d) - (a + 3)) * d) * d) + 1);
  const near = inner(x);
  const far = inner(rest);
  return [outer, near, far, f32(f32(f32(1 - outer) - near) - far)];
}

/** sin(y + 3π/4·i) by the addition theorem: [factor of sin, factor of cos] a tap, as OpenCV tabulates it. */
const LANCZOS_TURNS: readonly (readonly [number, number])[] = [
  [1, 0],
  [-Math.SQRT1_2, -Math.SQRT1_2],
  [0, 1],
  [Math.SQRT1_2, -Math.SQRT1_2],
  [-1, 0],
  [Math.SQRT1_2, Math.SQRT1_2],
  [0, -1],
  [-Math.SQRT1_2, Math.SQRT1_2],
];

/** `interpolateLanczos4`: sinc · sinc over eight samples, made to sum to 1. */
function lanczos4Weights(x: number): number[] {
  const angle = -f32(x + 3) * Math.PI * 0.25;
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  const raw = LANCZOS_TURNS.map(([bySin, byCos], tap) => {
    const distance = f32(f32(x + 3) - tap);
    // At a sample itself the quotient is 0/0; a huge weight becomes 1 and the others 0 after the division.
    if (Math.abs(distance) < f32(1e-6)) return f32(1e30);
    const y = -distance * Math.PI * 0.25;
    return f32((bySin * sin + byCos * cos) / (y * y));
  });
  const share = f32(1 / raw.reduce((sum, value) => f32(sum + value), 0));
  return raw.map((value) => f32(value * share));
}
