import { int, input, ints, shapeOf, text } from './operator.ts';
import type { Operator, Rule, RuleTable } from './operator.ts';
import { product, shaped } from './value.ts';
import type { Side } from './value.ts';

/** How a window slides along the spatial axes; pads are starts then ends. */
interface Window {
  readonly kernel: readonly Side[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pads: readonly number[];
  readonly autoPad: string;
  readonly ceil: boolean;
}

function windowOf(operator: Operator, kernel: readonly Side[]): Window | null {
  const rank = kernel.length;
  const strides = ints(operator, 'strides') ?? kernel.map(() => 1);
  const dilations = ints(operator, 'dilations') ?? kernel.map(() => 1);
  const pads = ints(operator, 'pads') ?? [...kernel, ...kernel].map(() => 0);
  if (strides.length !== rank || dilations.length !== rank || pads.length !== rank * 2) return null;
  if (strides.some((stride) => stride < 1) || dilations.some((step) => step < 1)) return null;
  return {
    kernel,
    strides,
    dilations,
    pads,
    autoPad: text(operator, 'auto_pad', 'NOTSET'),
    ceil: int(operator, 'ceil_mode', 0) === 1,
  };
}

/**
 * Sides after a sliding window (onnx/docs/Operators.md, Conv and MaxPool):
 * ⌊(side + pads − dilation·(kernel − 1) − 1) / stride⌋ + 1, rounded up with ceil_mode, except that no window may
 * start in the padding behind the end.
 */
function slide(sides: readonly Side[], window: Window): readonly Side[] {
  return sides.map((side, axis) => {
    const { kernel, strides, dilations, pads, autoPad, ceil } = window;
    const stride = strides[axis] ?? 1;
    const size = kernel[axis] ?? null;
    if (side === null) return null;
    if (autoPad.startsWith('SAME')) return Math.ceil(side / stride);
    if (size === null) return null;
    const reach = (dilations[axis] ?? 1) * (size - 1) + 1;
    const [before, after] = [pads[axis] ?? 0, pads[axis + sides.length] ?? 0];
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
  const [batch = null, channels = null] = x;
  const [outputs = null, perGroup = null] = w;
  const groups = int(operator, 'group', 1);
  if (channels !== null && perGroup !== null && channels !== perGroup * groups) return [];
  const window = windowOf(operator, kernel);
  return window === null ? [] : [shaped([batch, outputs, ...slide(x.slice(2), window)])];
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
    const stride = strides[axis] ?? 1;
    const size = kernel[axis] ?? null;
    if (side === null || size === null) return null;
    if (autoPad.startsWith('SAME')) return side * stride;
    const padding = autoPad === 'VALID' ? 0 : (pads[axis] ?? 0) + (pads[axis + rank] ?? 0);
    return (
      stride * (side - 1) + (extra[axis] ?? 0) + (dilations[axis] ?? 1) * (size - 1) + 1 - padding
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
  const shape = [...x.slice(0, 2), ...slide(x.slice(2), window)];
  return [shaped(shape), shaped(shape, true)];
};

const globalPool: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  return x === null ? [] : [shaped([...x.slice(0, 2), ...x.slice(2).map(() => 1)])];
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
