import { attribute, has, input, int, ints, shapeOf } from './operator.ts';
import type { Operator, Rule, RuleTable } from './operator.ts';
import {
  constant,
  frontAxis,
  fullShape,
  MOST_SIDES,
  MOST_VALUES,
  product,
  replaced,
  shaped,
  strided,
  stridesOf,
  vector,
} from './value.ts';
import type { Side, Value } from './value.ts';

/** Values of a Constant node, in whichever attribute they are. */
const constantNode: Rule = (operator) => {
  const tensor = attribute(operator, 'value')?.tensors[0];
  if (tensor !== undefined) return [operator.stored(tensor)];
  const whole = attribute(operator, 'value_int')?.int ?? null;
  if (whole !== null) return [constant([], [whole], true)];
  const real = attribute(operator, 'value_float')?.float ?? null;
  if (real !== null) return [constant([], [real], false)];
  const list = attribute(operator, 'value_ints');
  if (list !== undefined) return [vector(list.ints)];
  const reals = attribute(operator, 'value_floats');
  return reals === undefined ? [] : [constant([reals.floats.length], reals.floats, false)];
};

const constantOfShape: Rule = (operator) => {
  const sides = input(operator, 0).values;
  const tensor = attribute(operator, 'value')?.tensors[0];
  const fill = tensor === undefined ? null : operator.stored(tensor);
  const integer = fill?.integer ?? false;
  if (sides === null) {
    const rank = shapeOf(operator, 0)?.[0] ?? null;
    return rank === null || rank > MOST_SIDES
      ? []
      : [shaped(Array<null>(rank).fill(null), integer)];
  }
  if (sides.length > MOST_SIDES) return [shaped(null, integer)];
  const value = fill === null ? 0 : fill.values?.[0];
  const count = product(sides) ?? Infinity;
  const made = shaped(sides, integer);
  if (value === undefined || made.shape === null || !(count <= MOST_VALUES)) return [made];
  return [constant(sides, Array<number>(count).fill(value), integer)];
};

const range: Rule = (operator) => {
  const [start, limit, step] = [0, 1, 2].map((index) => input(operator, index).values?.[0]);
  const { integer } = input(operator, 0);
  if (start === undefined || limit === undefined || step === undefined || step === 0) {
    return [shaped([null], integer)];
  }
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (!(count <= MOST_VALUES)) return [shaped([count], integer)];
  const values = Array.from({ length: count }, (_, index) => start + index * step);
  return [constant([count], values, integer)];
};

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Indices of a Slice along one side, clamped as ONNX does (Slice-13); NaN where the cut or the side is not known. */
function cutOf({ start, end, step }: Cut, side: number): { first: number; count: number } {
  const from = start < 0 ? start + side : start;
  const to = end < 0 ? end + side : end;
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  const first = step > 0 ? clamp(from, 0, side) : clamp(from, 0, side - 1);
  const last = step > 0 ? clamp(to, 0, side) : clamp(to, -1, side - 1);
  return { first, count: Math.max(0, Math.ceil((last - first) / step)) };
}

/** Starts, ends, axes and steps: attributes until opset 9, inputs since; null when they are not known, or no cuts. */
function cutsOf(operator: Operator, rank: number): ReadonlyMap<number, Cut> | null {
  const given = (index: number, name: string) =>
    has(operator, 1)
      ? has(operator, index)
        ? input(operator, index).values
        : undefined
      : ints(operator, name);
  const [starts, ends] = [given(1, 'starts'), given(2, 'ends')];
  // No axis is cut twice; thousands of operators may each name the same long list.
  if (!starts || starts.length > rank || starts.length !== ends?.length) return null;
  const axes = has(operator, 1) ? given(3, 'axes') : (ints(operator, 'axes') ?? undefined);
  const steps = has(operator, 1) ? given(4, 'steps') : undefined;
  if (axes === null || steps === null) return null;
  const cuts = new Map<number, Cut>();
  for (let index = 0; index < starts.length; index += 1) {
    const axis = frontAxis(axes === undefined ? index : (axes[index] ?? NaN), rank);
    const start = starts[index] ?? NaN;
    const end = ends[index] ?? 0;
    const step = steps === undefined ? 1 : (steps[index] ?? 0);
    const fits = isWholeOrOpen(start) && isWholeOrOpen(end) && isWholeOrOpen(step);
    if (axis === null || step === 0 || !fits) return null;
    cuts.set(axis, { start, end, step });
  }
  return cuts;
}

/** The inputs may be tensors of any type in the file; a fraction of a step would make more elements than there are. */
function isWholeOrOpen(value: number): boolean {
  return Number.isInteger(value) || Number.isNaN(value);
}

const slice: Rule = (operator) => {
  const x = input(operator, 0);
  if (x.shape === null) return [];
  const cuts = cutsOf(operator, x.shape.length);
  if (cuts === null)
    return [
      shaped(
        x.shape.map(() => null),
        x.integer,
      ),
    ];
  const strides = stridesOf(fullShape(x) ?? []);
  const lines = x.shape.map((side, axis) => {
    const stride = strides[axis] ?? 0;
    const cut = cuts.get(axis);
    if (cut === undefined) return { offset: 0, count: side, stride };
    const { first, count } = cutOf(cut, side ?? NaN);
    return { offset: first * stride, count, stride: stride * cut.step };
  });
  return [
    strided(
      x,
      lines.map(({ count }) => count),
      lines.map(({ stride }) => stride),
      lines.reduce((sum, { offset }) => sum + offset, 0),
    ),
  ];
};

const gather: Rule = (operator) => {
  const x = input(operator, 0);
  const indices = input(operator, 1);
  if (x.shape === null || indices.shape === null) return [];
  const axis = frontAxis(int(operator, 'axis', 0), x.shape.length);
  if (axis === null) return [];
  const sides = x.shape.slice(0, axis).concat(indices.shape, x.shape.slice(axis + 1));
  const shape = shaped(sides, x.integer);
  return [x.shape.length === 1 ? (picked(x, indices) ?? shape) : shape];
};

/** The chosen elements of a known list. */
function picked(x: Value, indices: Value): Value | null {
  const { values } = x;
  if (values === null || indices.values === null || indices.shape === null) return null;
  const chosen: number[] = [];
  for (const index of indices.values) {
    const place = index < 0 ? index + values.length : index;
    const value = Number.isInteger(index) ? values[place] : NaN;
    if (value === undefined) return null;
    chosen.push(value);
  }
  return constant(indices.shape, chosen, x.integer);
}

/** Indices' sides up to the last, which says how many leading axes of the data one index fixes. */
const gatherNd: Rule = (operator) => {
  const [x, indices] = [input(operator, 0), shapeOf(operator, 1)];
  const depth = indices?.at(-1) ?? null;
  if (x.shape === null || indices === null || depth === null) return [];
  const batch = int(operator, 'batch_dims', 0);
  if (batch < 0) return [];
  return [shaped([...indices.slice(0, -1), ...x.shape.slice(batch + depth)], x.integer)];
};

const gatherElements: Rule = (operator) => [
  shaped(shapeOf(operator, 1), input(operator, 0).integer),
];

const topK: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  const axis = frontAxis(int(operator, 'axis', -1), x?.length ?? 0);
  if (x === null || axis === null) return [];
  const k = has(operator, 1) ? input(operator, 1).values?.[0] : int(operator, 'k', -1);
  const sides = replaced(x, axis, k ?? null);
  return [shaped(sides), shaped(sides, true)];
};

/** NonMaxSuppression keeps a number of boxes that only the data decides; each is three indices. */
const nonMaxSuppression: Rule = () => [shaped([null, 3], true)];

/** NonZero finds a number of places that only the data decides. */
const nonZero: Rule = (operator) => [shaped([shapeOf(operator, 0)?.length ?? null, null], true)];

const oneHot: Rule = (operator) => {
  const indices = shapeOf(operator, 0);
  const depth: Side = input(operator, 1).values?.[0] ?? null;
  if (indices === null) return [];
  const axis = frontAxis(int(operator, 'axis', -1), indices.length + 1);
  return axis === null ? [] : [shaped(indices.toSpliced(axis, 0, depth))];
};

const argument: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  const axis = frontAxis(int(operator, 'axis', 0), x?.length ?? 0);
  if (x === null || axis === null) return [];
  const keep = int(operator, 'keepdims', 1) === 1;
  return [shaped(keep ? replaced(x, axis, 1) : x.toSpliced(axis, 1), true)];
};

/** Operators that choose elements, or make constants. */
export const SELECTING_RULES: RuleTable = {
  Constant: constantNode,
  ConstantOfShape: constantOfShape,
  Range: range,
  Slice: slice,
  Gather: gather,
  GatherND: gatherNd,
  GatherElements: gatherElements,
  TopK: topK,
  NonMaxSuppression: nonMaxSuppression,
  NonZero: nonZero,
  OneHot: oneHot,
  ArgMax: argument,
  ArgMin: argument,
  Compress: (operator) => {
    const x = shapeOf(operator, 0);
    const axis = attribute(operator, 'axis')?.int ?? null;
    const place = axis === null ? null : frontAxis(axis, x?.length ?? 0);
    if (axis === null) return [shaped([null])];
    return x === null || place === null ? [] : [shaped(replaced(x, place, null))];
  },
  GridSample: (operator) => {
    const [x, grid] = [shapeOf(operator, 0), shapeOf(operator, 1)];
    return x === null || grid === null ? [] : [shaped([...x.slice(0, 2), ...grid.slice(1, -1)])];
  },
};
