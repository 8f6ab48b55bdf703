import { attribute, input, int, ints, listFrom, shapeOf, viewed } from './operator.ts';
import type { Rule, RuleTable } from './operator.ts';
import {
  constant,
  frontAxes,
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

/** Reshape: 0 copies a side (unless allowzero), −1 is what remains. */
const reshape: Rule = (operator) => {
  const x = input(operator, 0);
  const target = listFrom(operator, 1, 'shape');
  if (!Array.isArray(target)) {
    // Not the sizes, but their number may be known.
    const rank = shapeOf(operator, 1)?.[0] ?? null;
    return rank === null || rank > MOST_SIDES
      ? []
      : [shaped(Array<null>(rank).fill(null), x.integer)];
  }
  if (target.length > MOST_SIDES) return [];
  const keepZero = int(operator, 'allowzero', 0) === 1;
  const copied = (target as readonly number[]).map((side, index): Side => {
    return side === 0 && !keepZero ? (x.shape?.[index] ?? null) : side;
  });
  if (!copied.includes(-1)) return [viewed(x, copied)];
  const total = x.shape === null ? null : product(x.shape);
  const rest = product(copied.map((side) => (side === -1 ? 1 : side)));
  const remaining = remainder(x.shape, target as readonly number[], keepZero, total, rest);
  return [
    viewed(
      x,
      copied.map((side) => (side === -1 ? remaining : side)),
    ),
  ];
};

/** What −1 stands for. An open side that is merely copied does not hinder: it cancels out. */
function remainder(
  shape: readonly Side[] | null,
  target: readonly number[],
  keepZero: boolean,
  total: Side,
  rest: Side,
): Side {
  if (total !== null && rest !== null) return rest === 0 ? null : total / rest;
  if (shape === null || keepZero || target.some(Number.isNaN)) return null;
  const copies = (_: unknown, index: number) => target[index] === 0;
  const left = product(shape.filter((side, index) => !copies(side, index)));
  const right = product(target.filter((side) => side > 0));
  return left === null || right === null || right === 0 ? null : left / right;
}

const flatten: Rule = (operator) => {
  const { shape } = input(operator, 0);
  if (shape === null) return [shaped([null, null])];
  const axis = int(operator, 'axis', 1);
  const split = axis < 0 ? axis + shape.length : axis;
  if (split < 0 || split > shape.length) return [];
  return [
    viewed(input(operator, 0), [product(shape.slice(0, split)), product(shape.slice(split))]),
  ];
};

const transpose: Rule = (operator) => {
  const x = input(operator, 0);
  const { shape } = x;
  if (shape === null) return [];
  const given = ints(operator, 'perm');
  if (given !== null && frontAxes(given, shape.length)?.length !== shape.length) return [];
  const order = given ?? shape.map((_, index) => shape.length - 1 - index);
  const turned = order.map((axis) => shape[axis] ?? null);
  const strides = stridesOf(fullShape(x) ?? []);
  return [
    strided(
      x,
      turned,
      order.map((axis) => strides[axis] ?? 0),
    ),
  ];
};

const squeeze: Rule = (operator) => {
  const x = input(operator, 0);
  const given = listFrom(operator, 1, 'axes');
  if (x.shape === null || given === 'unknown') return [];
  const { shape } = x;
  if (given === 'absent') {
    return [
      shape.includes(null)
        ? shaped(null)
        : viewed(
            x,
            shape.filter((side) => side !== 1),
          ),
    ];
  }
  const axes = frontAxes(given, shape.length);
  if (axes === null) return [];
  return [
    viewed(
      x,
      shape.filter((_, axis) => !axes.includes(axis)),
    ),
  ];
};

const unsqueeze: Rule = (operator) => {
  const x = input(operator, 0);
  const given = listFrom(operator, 1, 'axes');
  if (x.shape === null || !Array.isArray(given)) return [];
  const rank = x.shape.length + given.length;
  // Checked before any side is inserted: thousands of insertions would take quadratic time.
  const axes = rank > MOST_SIDES ? null : frontAxes(given as readonly number[], rank);
  if (axes === null) return [];
  const shape = [...x.shape];
  for (const axis of axes) shape.splice(axis, 0, 1);
  return [viewed(x, shape)];
};

const concat: Rule = (operator) => {
  const parts = operator.inputs.map((_, index) => input(operator, index));
  const [first] = parts;
  if (first?.shape == null) return [];
  const { length: rank } = first.shape;
  const axis = frontAxis(int(operator, 'axis', 1), rank);
  if (axis === null || parts.some(({ shape }) => shape?.length !== rank)) return [];
  const integer = parts.every((part) => part.integer);
  const shape = first.shape.map((side, index): Side => {
    const sides = parts.map((part) => part.shape?.[index] ?? null);
    if (index !== axis) return sides.find((known) => known !== null) ?? side;
    return sides.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  });
  const joined = rank === 1 ? joinedValues(parts) : null;
  return [joined === null ? shaped(shape, integer) : constant([joined.length], joined, integer)];
};

function joinedValues(parts: readonly Value[]): readonly number[] | null {
  let count = 0;
  for (const { values } of parts) {
    if (values === null || count + values.length > MOST_VALUES) return null;
    count += values.length;
  }
  const joined: number[] = [];
  for (const { values } of parts) for (const value of values ?? []) joined.push(value);
  return joined;
}

const split: Rule = (operator) => {
  const x = input(operator, 0);
  const axis = frontAxis(int(operator, 'axis', 0), x.shape?.length ?? 0);
  const given = listFrom(operator, 1, 'split');
  if (x.shape === null || axis === null || given === 'unknown') return [];
  const { shape } = x;
  const { outputs } = operator;
  const side = shape[axis] ?? null;
  const chunk = side === null ? null : Math.ceil(side / outputs);
  const parts: Value[] = [];
  for (let index = 0; index < outputs; index += 1) {
    const equal = chunk === null || side === null ? null : Math.min(chunk, side - index * chunk);
    const part = given === 'absent' ? equal : (given[index] ?? null);
    parts.push(shaped(replaced(shape, axis, part), x.integer));
  }
  return parts;
};

/** Sides of a tensor, with opset 15's `start` and `end`. */
const shape: Rule = (operator) => {
  const sides = shapeOf(operator, 0);
  if (sides === null) return [];
  const end = attribute(operator, 'end')?.int ?? sides.length;
  const wanted = sides.slice(int(operator, 'start', 0), end);
  return [vector(wanted.map((side) => side ?? NaN))];
};

const size: Rule = (operator) => {
  const sides = shapeOf(operator, 0);
  const total = sides === null ? null : product(sides);
  return [total === null ? shaped([], true) : constant([], [total], true)];
};

/** Operators that arrange the same elements anew. */
export const RESHAPING_RULES: RuleTable = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
  Split: split,
  Shape: shape,
  Size: size,
};
