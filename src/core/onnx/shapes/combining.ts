import type { AttributeProto } from '../proto/attribute-proto.ts';
import { attribute, input, int, listFrom, shapeOf } from './operator.ts';
import type { Operator, Rule, RuleTable } from './operator.ts';
import { broadcast, constant, frontAxes, MOST_SIDES, shaped } from './value.ts';
import type { Side } from './value.ts';

/** Y = A'·B' with optional transpositions (onnx/docs/Operators.md, Gemm). */
const gemm: Rule = (operator) => {
  const a = shapeOf(operator, 0);
  const b = shapeOf(operator, 1);
  const row = a?.[int(operator, 'transA', 0) === 0 ? 0 : 1] ?? null;
  const column = b?.[int(operator, 'transB', 0) === 0 ? 1 : 0] ?? null;
  return [shaped([row, column])];
};

/** As numpy.matmul: batches broadcast, a vector lacks the side that it would add. */
const matMul: Rule = (operator) => {
  const a = shapeOf(operator, 0);
  const b = shapeOf(operator, 1);
  const shape = a === null || b === null ? null : matMulShape(a, b);
  return [shaped(shape, operator.op === 'MatMulInteger')];
};

function matMulShape(a: readonly Side[], b: readonly Side[]): readonly Side[] | null {
  if (a.length === 0 || b.length === 0) return null;
  const inner = [a.at(-1) ?? null, (b.length === 1 ? b[0] : b.at(-2)) ?? null] as const;
  if (inner[0] !== null && inner[1] !== null && inner[0] !== inner[1]) return null;
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)]);
  if (batch === null) return null;
  const rows = a.length === 1 ? [] : [a.at(-2) ?? null];
  const columns = b.length === 1 ? [] : [b.at(-1) ?? null];
  return batch.concat(rows, columns);
}

/** Reductions; the axes are an attribute until opset 12 or 17, an input since. */
const reduce: Rule = (operator) => {
  const x = input(operator, 0);
  const { shape } = x;
  const given = listFrom(operator, 1, 'axes');
  if (shape === null) return [];
  const keep = int(operator, 'keepdims', 1) === 1;
  if (given === 'unknown')
    return keep
      ? [
          shaped(
            shape.map(() => null),
            x.integer,
          ),
        ]
      : [];
  const none = given === 'absent' || given.length === 0;
  if (none && int(operator, 'noop_with_empty_axes', 0) === 1) return [shaped(shape, x.integer)];
  const axes = none ? shape.map((_, axis) => axis) : frontAxes(given, shape.length);
  if (axes === null) return [];
  const reduced = new Set(axes);
  const sides = keep
    ? shape.map((side, axis) => (reduced.has(axis) ? 1 : side))
    : shape.filter((_, axis) => !reduced.has(axis));
  // The number of elements of a shape, as some exporters compute it.
  if (operator.op === 'ReduceProd' && x.values !== null && shape.length === 1) {
    const total = x.values.reduce((a, b) => a * b, 1);
    return [constant(keep ? [1] : [], [total], x.integer)];
  }
  return [shaped(sides, x.integer)];
};

/** An Einsum's equation: the letters of each input's sides, and those of the result's. */
interface Equation {
  readonly terms: readonly string[];
  readonly result: string;
}

/** Equations that were read; many operators have the same attribute. Null for what is no list of plain letters. */
const equations = new WeakMap<AttributeProto, Equation | null>();

function equationOf(operator: Operator): Equation | null {
  const given = attribute(operator, 'equation');
  if (given === undefined) return null;
  const known = equations.get(given);
  if (known !== undefined) return known;
  const [left = '', result] = (given.text ?? '').replaceAll(' ', '').split('->');
  const isPlain = /^[a-zA-Z,]+$/.test(left) && /^[a-zA-Z]*$/.test(result ?? ' ');
  const equation = isPlain ? { terms: left.split(','), result: result ?? '' } : null;
  equations.set(given, equation);
  return equation;
}

/** Einsum of plain letters: each letter is a side. */
const einsum: Rule = (operator) => {
  const equation = equationOf(operator);
  if (equation === null || equation.result.length > MOST_SIDES) return [];
  const sides: Side[] = Array<null>(equation.result.length).fill(null);
  for (let place = 0; place < equation.terms.length; place += 1) {
    const term = equation.terms[place] ?? '';
    const shape = shapeOf(operator, place);
    if (shape?.length !== term.length) return [];
    for (let axis = 0; axis < sides.length; axis += 1) {
      const found = term.lastIndexOf(equation.result[axis] ?? '');
      if (found >= 0) sides[axis] = shape[found] ?? null;
    }
  }
  return [shaped(sides)];
};

/** Recurrent layers: sequence × directions × batch × hidden, and the last states. */
const recurrent: Rule = (operator) => {
  const x = shapeOf(operator, 0);
  const hidden = attribute(operator, 'hidden_size')?.int ?? null;
  const directions = shapeOf(operator, 1)?.[0] ?? null;
  if (x?.length !== 3 || int(operator, 'layout', 0) !== 0) return [];
  const [length = null, batch = null] = x;
  const state = shaped([directions, batch, hidden]);
  return [shaped([length, directions, batch, hidden]), state, state];
};

/** Attention of opset 23: [batch, heads, length, size], or with the heads side by side in the last axis. */
const attention: Rule = (operator) => {
  const [q, v] = [shapeOf(operator, 0), shapeOf(operator, 2)];
  if (!q || v?.length !== q.length) return [];
  const heads = int(operator, 'q_num_heads', 0);
  const shared = int(operator, 'kv_num_heads', 0);
  const size = v.at(-1) ?? null;
  if (q.length === 4) return [shaped([...q.slice(0, 3), size])];
  if (q.length !== 3 || heads < 1 || shared < 1) return [];
  return [shaped([...q.slice(0, 2), size === null ? null : (size / shared) * heads])];
};

const REDUCTIONS = [
  ...['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd', 'ReduceL1', 'ReduceL2'],
  ...['ReduceSumSquare', 'ReduceLogSum', 'ReduceLogSumExp'],
];

/** Operators that multiply matrices or reduce axes. */
export const COMBINING_RULES: RuleTable = {
  Gemm: gemm,
  MatMul: matMul,
  MatMulInteger: matMul,
  QLinearMatMul: (operator) =>
    matMul({ ...operator, inputs: [input(operator, 0), input(operator, 3)] }),
  Einsum: einsum,
  LSTM: recurrent,
  GRU: recurrent,
  RNN: recurrent,
  Attention: attention,
  ...Object.fromEntries(REDUCTIONS.map((op) => [op, reduce])),
};
