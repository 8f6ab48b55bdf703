import { int, input, ints, shapeOf, text } from './operator.ts';
import type { Operator, Rule, RuleTable } from './operator.ts';
import { product, shaped } from './value.ts';
import type { Side } from './value.ts';

/** How a window slides along the spatial axes; pads are starts then ends. A list that is left out is null. */
interface Window {
  readonly kernel: readonly Side[];
  /** 1 each. */
  readonly strides: readonly number[] | null;
  /** 1 each. */
  readonly dilations: readonly number[] | null;
  /** 0 each. */
  readonly pads: readonly number[] | null;
  readonly autoPad: string;
  readonly ceil: boolean;
}

function windowOf(operator: Operator, kernel: readonly Side[]): Window | null {
  const { length: rank } = kernel;
  const strides = ints(operator, 'strides');
  const dilations = ints(operator, 'dilations');
  const pads = ints(operator, 'pads');
  const fits =
    isOfSteps(strides, rank) &&
    isOfSteps(dilations, rank) &&
    (pads === null || pads.length === rank * 2);
  if (!fits) return null;
  const autoPad = text(operator, 'auto_pad', 'NOTSET');
  return { kernel, strides, dilations, pads, autoPad, ceil: int(operator, 'ceil_mode', 0) === 1 };
}

function isOfSteps(given: readonly number[] | null, rank: number): boolean {
  return given === null || (given.length === rank && given.every((step) => step >= 1));
}

/**
 * Batch and channels, and the sides after a sliding window (onnx/docs/Operators.md, Conv and MaxPool):
 * ⌊(side + pads − dilation·(kernel − 1) − 1) / stride⌋ + 1, rounded up with ceil_mode, except that no window may
 * start in the padding behind the end.
 */
function slide(
  x: readonly Side[],
  { kernel, strides, dilations, pads, autoPad, ceil }: Window,
  channels: Side,
): readonly Side[] {
  return x.map((side, at) => {
    if (at < 2) return at === 0 ? side : channels;
    const axis = at - 2;
    const stride = strides?.[axis] ?? 1;
    const size = kernel[axis] ?? null;
    if (side === null) return null;
    if (autoPad.startsWith('SAME')) return Math.ceil(side / stride);
    if (size === null) return null;
    const reach = (dilations?.[axis] ?? 1) * (size - 1) + 1;
    const before = pads?.[axis] ?? 0;
    const after = pads?.[axis + kernel.length] ?? 0;
    const padded = autoPad === 'VALID' ? side : side + before + after;
    const steps = (padded - reach) / stride;
    if (!ceil) return Math.floor(steps) + 1;
    const count = Math.ceil(steps) + 1;
    return (count - 1) * stride >= side + (autoPad === 'VALID' ? 0 : before) ? count - 1 : count;
  });
}

const convolution: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  const w = shapeOf(operator, 1);
  if (x === null || x.length < 3 || w?.length !== x.length) return [];
  const kernel = ints(operator, 'kernel_shape') ?? w.slice(2);
  if (kernel.length !== x.length - 2) return [];
  const channels = x[1] ?? null;
  const perGroup = w[1] ?? null;
  const groups = int(operator, 'group', 1);
  if (channels !== null && perGroup !== null && channels !== perGroup * groups) return [];
  const window = windowOf(operator, kernel);
  return window === null ? [] : [shaped(slide(x, window, w[0] ?? null))];
};

/** stride·(side − 1) + output_padding + dilation·(kernel − 1) + 1 − pads (onnx/docs/Operators.md, ConvTranspose). */
const transposedConvolution: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  const w = shapeOf(operator, 1);
  if (x === null || x.length < 3 || w?.length !== x.length) return [];
  const rank = x.length - 2;
  const window = windowOf(operator, ints(operator, 'kernel_shape') ?? w.slice(2));
  if (window?.kernel.length !== rank) return [];
  const [batch = null] = x;
  const perGroup = w[1] ?? null;
  const channels = perGroup === null ? null : perGroup * int(operator, 'group', 1);
  const given = ints(operator, 'output_shape');
  if (given !== null) return [shaped([batch, channels, ...given.slice(-rank)])];
  const extra = ints(operator, 'output_padding') ?? [];
  const sides = x.slice(2).map((side, axis) => {
    const { kernel, strides, dilations, pads, autoPad } = window;
    const stride = strides?.[axis] ?? 1;
    const size = kernel[axis] ?? null;
    if (side === null || size === null) return null;
    if (autoPad.startsWith('SAME')) return size < stride ? null : side * stride;
    const padding = autoPad === 'VALID' ? 0 : (pads?.[axis] ?? 0) + (pads?.[axis + rank] ?? 0);
    return (
      stride * (side - 1) + (extra[axis] ?? 0) + (dilations?.[axis] ?? 1) * (size - 1) + 1 - padding
    );
  });
  return [shaped([batch, channels, ...sides])];
};

const pool: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  const kernel = ints(operator, 'kernel_shape');
  if (x === null || kernel?.length !== x.length - 2) return [];
  const window = windowOf(operator, kernel);
  if (window === null) return [];
  const shape = slide(x, window, x[1] ?? null);
  return [shaped(shape), shaped(shape, true)];
};

const globalPool: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  return x === null ? [] : [shaped(x.map((side, axis) => (axis < 2 ? side : 1)))];
};

/** RoiAlign and MaxRoiPool: one map of a fixed size for each region. */
const regions: Rule = (operator) => {
  const channels = shapeOf(operator, 0)?.[1] ?? null;
  const count = shapeOf(operator, 1)?.[0] ?? null;
  const [height = 1, width = 1] = ints(operator, 'pooled_shape') ?? [
    int(operator, 'output_height', 1),
    int(operator, 'output_width', 1),
  ];
  return [shaped([count, channels, height, width])];
};

const depthToSpace: Rule = (operator) => {
  const size = int(operator, 'blocksize', 0);
  const x = shapeOf(operator, 0);
  if (size < 1 || x?.length !== 4) return [];
  const [batch = null, channels = null, height = null, width = null] = x;
  const depth = channels === null ? null : channels / size ** 2;
  return [shaped([batch, depth, product([height, size]), product([width, size])])];
};

const spaceToDepth: Rule = (operator) => {
  const size = int(operator, 'blocksize', 0);
  const x = shapeOf(operator, 0);
  if (size < 1 || x?.length !== 4) return [];
  const [batch = null, channels = null, height = null, width = null] = x;
  const divided = (side: Side) => (side === null ? null : side / size);
  return [shaped([batch, product([channels, size, size]), divided(height), divided(width)])];
};

/** Operators that slide a window, pool, or rearrange space. DeformConv slides as Conv does. */
export const WINDOW_RULES: RuleTable = {
  Conv: convolution,
  ConvInteger: (operator) => convolution(operator).map(({ shape }) => shaped(shape, true)),
  DeformConv: convolution,
  ConvTranspose: transposedConvolution,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  RoiAlign: regions,
  MaxRoiPool: regions,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  QLinearConv: (operator) =>
    convolution({ ...operator, inputs: [input(operator, 0), input(operator, 3)] }),
};
