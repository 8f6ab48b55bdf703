/** A side of an inferred shape; null where it depends on data or on an open input size. */
export type Side = number | null;

/** What is known of a tensor without running the graph. */
export interface Value {
  /** Null when not even the rank is known. */
  readonly shape: readonly Side[] | null;
  /**
   * Its values, where they are few and follow from the graph: sizes, axes, scales. In row-major order; NaN is one
   * that is not known, such as the open side of a shape, and stays NaN through arithmetic.
   */
  readonly values: readonly number[] | null;
  /** Whether its elements are whole numbers, so that divisions truncate. */
  readonly integer: boolean;
}

/** More values than this are data and no sizes. */
export const MOST_VALUES = 256;

/** More sides than any tensor has; ONNX sets no bound. */
export const MOST_SIDES = 16;

/** What is known of every tensor of a graph, by the number of its name; nothing of 0, which is one left out. */
export type Known = readonly Value[];

export const UNKNOWN: Value = { shape: null, values: null, integer: false };

/**
 * A value of which only the shape is known: NaN is an open side, and a shape that is none (negative, fractional, too
 * long) is dropped. A side beyond what a number holds exactly stays at the largest that it does, so that no size is
 * too large to be counted.
 */
export function shaped(shape: readonly Side[] | null, integer = false): Value {
  return { shape: shape === null ? null : sane(shape), values: null, integer };
}

/** The sides themselves where they are sizes, as nearly all are: not a copy for each of thousands of operators. */
function sane(shape: readonly Side[]): readonly Side[] | null {
  if (shape.length > MOST_SIDES) return null;
  if (shape.every(isSize)) return shape;
  return shape.some(isNoSide) ? null : shape.map(sideOf);
}

function isSize(side: Side): boolean {
  return side === null || (Number.isSafeInteger(side) && side >= 0);
}

/** Negative or a fraction; what is only too large becomes the largest. */
function isNoSide(side: Side): boolean {
  return !isSize(side) && (side ?? 0) <= Number.MAX_SAFE_INTEGER;
}

/** A value without its elements. */
export function bare(value: Value): Value {
  return value.values === null ? value : { ...value, values: null };
}

/** A value without a list of elements that is longer than any list of sides: thousands of them take long to keep. */
export function brief(value: Value): Value {
  return (value.values?.length ?? 0) > MOST_SIDES ? bare(value) : value;
}

function sideOf(side: Side): Side {
  if (side === null || Number.isNaN(side)) return null;
  return Math.min(side, Number.MAX_SAFE_INTEGER);
}

/** A value whose elements are known; only its shape, as {@link shaped}, where they are too many or do not fit it. */
export function constant(
  shape: readonly Side[],
  values: readonly number[],
  integer: boolean,
): Value {
  const sides = sane(shape);
  const fits =
    sides !== null &&
    allKnown(sides) &&
    values.length <= MOST_VALUES &&
    product(sides) === values.length;
  return { shape: sides, values: fits ? values : null, integer };
}

/** A list of whole numbers, as Shape makes it. */
export function vector(values: readonly number[]): Value {
  return constant([values.length], values, true);
}

/** The shape when every side is known. */
export function fullShape(value: Value): readonly number[] | null {
  return value.shape !== null && allKnown(value.shape) ? value.shape : null;
}

/** Whether no side is open. */
export function allKnown(shape: readonly Side[]): shape is readonly number[] {
  return !shape.includes(null);
}

/** Product of sides; null when one is open (unless another is 0). */
export function product(sides: readonly Side[]): Side {
  if (sides.includes(0)) return 0;
  return sides.reduce(times, 1);
}

function times(product: Side, side: Side): Side {
  return product === null || side === null ? null : product * side;
}

/** A shape with another side on one axis. */
export function replaced(shape: readonly Side[], axis: number, side: Side): readonly Side[] {
  const sides = shape.slice();
  sides[axis] = side;
  return sides;
}

/** How far apart neighbours along each axis lie in row-major order. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides = Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

/**
 * A view of other sides and strides, beginning with the element at `offset`: what Slice and Transpose make of a
 * value. Its elements are known where the value's are and the view shows no more of them than there are; the work
 * is one step for each.
 */
export function strided(
  { values, integer }: Value,
  sides: readonly Side[],
  strides: readonly number[],
  offset = 0,
): Value {
  const bare = shaped(sides, integer);
  const full = fullShape(bare);
  const count = full === null ? null : product(full);
  if (values === null || full === null || count === null || count > values.length) return bare;
  if (count === 0) return constant(full, [], integer);
  const places = Array<number>(count).fill(offset);
  // The innermost axis first: what is laid out already repeats along the next one, a stride further each time.
  let laid = 1;
  for (let axis = full.length - 1; axis >= 0; axis -= 1) {
    const stride = strides[axis] ?? 0;
    const end = laid * (full[axis] ?? 1);
    for (let at = laid; at < end; at += 1) places[at] = (places[at - laid] ?? 0) + stride;
    laid = end;
  }
  // In place of the places themselves, since a file may ask for this thousands of times.
  for (let at = 0; at < count; at += 1) places[at] = values[places[at] ?? NaN] ?? NaN;
  return constant(full, places, integer);
}

/** An axis counted from the front; null when it lies outside. */
export function frontAxis(axis: number, rank: number): number | null {
  const front = axis < 0 ? axis + rank : axis;
  return Number.isInteger(front) && front >= 0 && front < rank ? front : null;
}

/** The axes counted from the front, in ascending order; null when one lies outside or is named twice. */
export function frontAxes(axes: readonly number[], rank: number): readonly number[] | null {
  const named = Array<boolean>(rank).fill(false);
  for (const axis of axes) {
    const front = frontAxis(axis, rank);
    if (front === null || named[front]) return null;
    named[front] = true;
  }
  return [...named.keys()].filter((axis) => named[axis]);
}

/**
 * Multidirectional broadcasting (onnx/docs/Broadcasting.md). An open side against 1 stays open; against another
 * number it can only be that number. Null when the shapes do not fit.
 */
export function broadcast(shapes: readonly (readonly Side[] | null)[]): readonly Side[] | null {
  let result: readonly Side[] | null = [];
  for (const shape of shapes) {
    if (shape === null || result === null) return null;
    result = broadcastTwo(result, shape);
  }
  return result;
}

function broadcastTwo(a: readonly Side[], b: readonly Side[]): readonly Side[] | null {
  const long = a.length >= b.length ? a : b;
  const short = long === a ? b : a;
  if (a === b || short.length === 0) return long;
  const lead = long.length - short.length;
  const result = long.slice();
  for (let index = lead; index < long.length; index += 1) {
    const left = long[index] ?? null;
    const right = short[index - lead] ?? null;
    if (left === right || right === 1) continue;
    if (left === 1 || left === null) result[index] = right;
    else if (right !== null) return null;
  }
  return result;
}
