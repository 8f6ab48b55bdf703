import { input, int, shapeOf } from './operator.ts';
import type { Rule, RuleTable } from './operator.ts';
import { bare, broadcast, constant, fullShape, product, shaped } from './value.ts';
import type { Value } from './value.ts';

/** Same shape as the first input, for every output. */
const same: Rule = (operator) => {
  const value = bare(input(operator, 0));
  return Array<Value>(operator.outputs).fill(value);
};

/** Only the first output has the first input's shape; others are statistics or states. */
const sameFirst: Rule = (operator) => [shaped(shapeOf(operator, 0))];

/** The value itself. */
const through: Rule = (operator) => [input(operator, 0)];

/** Dropout at inference: the value, and a mask. */
const dropout: Rule = (operator) => [input(operator, 0), shaped(shapeOf(operator, 0), true)];

type Unary = (value: number) => number;

/** A function of each element; small constants are computed, since sizes pass through Floor, Ceil and Cast. */
function mapped(compute: Unary): Rule {
  return (operator) => [mapValue(input(operator, 0), compute)];
}

function mapValue(value: Value, compute: Unary, integer = value.integer): Value {
  const shape = fullShape(value);
  if (value.values === null || shape === null) return shaped(value.shape, integer);
  const results = value.values.map((one) => (Number.isNaN(one) ? NaN : compute(one)));
  return constant(shape, results, integer);
}

/** TensorProto.DataType of the whole-number types and bool. */
const INTEGER_CODES = new Set([2, 3, 4, 5, 6, 7, 9, 12, 13]);

/** TensorProto.DataType of bool. */
const BOOL_CODE = 9;

const cast: Rule = (operator) => {
  const to = int(operator, 'to', 1);
  const integer = INTEGER_CODES.has(to);
  if (to === BOOL_CODE) return [mapValue(input(operator, 0), (value) => truth(value !== 0), true)];
  return [mapValue(input(operator, 0), integer ? Math.trunc : (value) => value, integer)];
};

type Binary = (a: number, b: number) => number;

/** A function of two broadcast inputs. `integer` says whether the result is whole whatever the inputs are. */
function binary(compute: Binary, logical = false): Rule {
  return (operator) => {
    const a = input(operator, 0);
    const b = input(operator, 1);
    const integer = logical || (a.integer && b.integer);
    const shape = broadcast([a.shape, b.shape]);
    const values = combine(a, b, shape, compute);
    if (values !== null) {
      const whole = integer && !logical ? values.map(Math.trunc) : values;
      return [constant(shape ?? [], whole, integer)];
    }
    return [shaped(shape, integer)];
  };
}

/**
 * Elementwise values of two constants; only equal sizes or one single value, as arithmetic on sizes has them. A number
 * beyond ±2^53 is rounded here and may wrap around in the runtime: what is computed from it is large itself, one of the
 * two, or not known.
 */
function combine(
  a: Value,
  b: Value,
  shape: Value['shape'],
  compute: Binary,
): readonly number[] | null {
  const count = shape === null ? null : product(shape);
  if (a.values === null || b.values === null || count === null) return null;
  const first = a.values;
  const second = b.values;
  const one = first.length === 1;
  const other = second.length === 1;
  if ((!one && first.length !== count) || (!other && second.length !== count)) return null;
  const results = Array<number>(count).fill(NaN);
  for (let index = 0; index < count; index += 1) {
    const left = first[one ? 0 : index] ?? NaN;
    const right = second[other ? 0 : index] ?? NaN;
    if (Number.isNaN(left) || Number.isNaN(right)) continue;
    const result = compute(left, right);
    const exact = !isHuge(left) && !isHuge(right);
    if (exact || isHuge(result) || result === left || result === right) results[index] = result;
  }
  return results;
}

function isHuge(value: number): boolean {
  return value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER;
}

/** Any number of broadcast inputs. */
const variadic: Rule = (operator) => {
  const values = operator.inputs.map((_, index) => input(operator, index));
  const shape = broadcast(values.map((value) => value.shape));
  return [
    shaped(
      shape,
      values.every((value) => value.integer),
    ),
  ];
};

const where: Rule = (operator) => {
  const condition = input(operator, 0);
  const yes = input(operator, 1);
  const no = input(operator, 2);
  const shape = broadcast([condition.shape, yes.shape, no.shape]);
  const integer = yes.integer && no.integer;
  const values = chosen(condition.values, yes.values, no.values);
  // Three of as many elements as their broadcast shape has lie in the same order; `constant` compares the numbers.
  return values === null || shape === null
    ? [shaped(shape, integer)]
    : [constant(shape, values, integer)];
};

/** Of three lists of one length; null where they are not, or one of the elements is not known. */
function chosen(
  conditions: Value['values'],
  yes: Value['values'],
  no: Value['values'],
): readonly number[] | null {
  if (conditions === null || yes?.length !== conditions.length) return null;
  if (no?.length !== conditions.length) return null;
  const values = Array<number>(conditions.length).fill(NaN);
  for (let index = 0; index < values.length; index += 1) {
    const condition = conditions[index] ?? NaN;
    const value = (condition !== 0 ? yes : no)[index] ?? NaN;
    if (Number.isNaN(condition) || Number.isNaN(value)) return null;
    values[index] = value;
  }
  return values;
}

const truth = (test: boolean): number => (test ? 1 : 0);

const max = binary(Math.max);
const min = binary(Math.min);

const SAME = [
  ...['Relu', 'Sigmoid', 'Tanh', 'LeakyRelu', 'Elu', 'Selu', 'Celu', 'Gelu', 'ThresholdedRelu'],
  ...['HardSigmoid', 'HardSwish', 'Softplus', 'Softsign', 'Mish', 'Swish', 'Shrink', 'Clip', 'Erf'],
  ...[
    'Log',
    'Sin',
    'Cos',
    'Tan',
    'Asin',
    'Acos',
    'Atan',
    'Sinh',
    'Cosh',
    'Asinh',
    'Acosh',
    'Atanh',
  ],
  ...['Reciprocal', 'Sign', 'PRelu', 'Softmax', 'LogSoftmax', 'Hardmax', 'LRN', 'LpNormalization'],
  ...['MeanVarianceNormalization', 'InstanceNormalization', 'GroupNormalization', 'CumSum'],
  ...[
    'ReverseSequence',
    'ScatterND',
    'ScatterElements',
    'Scatter',
    'Trilu',
    'BitwiseNot',
    'Bernoulli',
  ],
];

/** Operators that work on each element, or otherwise keep or broadcast their inputs' shapes. */
export const ELEMENTWISE_RULES: RuleTable = {
  ...Object.fromEntries(SAME.map((op) => [op, same])),
  BatchNormalization: sameFirst,
  LayerNormalization: sameFirst,
  RMSNormalization: sameFirst,
  SpatialBN: sameFirst,
  QuantizeLinear: (operator) => [shaped(shapeOf(operator, 0), true)],
  DequantizeLinear: sameFirst,
  DynamicQuantizeLinear: (operator) => [
    shaped(shapeOf(operator, 0), true),
    shaped([]),
    shaped([], true),
  ],
  QLinearAdd: sameFirst,
  Identity: through,
  Dropout: dropout,
  Cast: cast,
  CastLike: (operator) => {
    const { integer } = input(operator, 1);
    return [mapValue(input(operator, 0), integer ? Math.trunc : (value) => value, integer)];
  },
  Floor: mapped(Math.floor),
  Ceil: mapped(Math.ceil),
  Round: mapped(roundEven),
  Abs: mapped(Math.abs),
  Neg: mapped((value) => -value),
  Sqrt: mapped(Math.sqrt),
  Exp: mapped(Math.exp),
  Not: mapped((value) => truth(value === 0)),
  IsNaN: (operator) => [shaped(shapeOf(operator, 0), true)],
  IsInf: (operator) => [shaped(shapeOf(operator, 0), true)],
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: binary((a, b) => a / b),
  Mod: (operator) =>
    binary(int(operator, 'fmod', 0) === 1 ? (a, b) => a % b : (a, b) => a - b * Math.floor(a / b))(
      operator,
    ),
  Pow: binary((a, b) => a ** b),
  Equal: binary((a, b) => truth(a === b), true),
  Greater: binary((a, b) => truth(a > b), true),
  GreaterOrEqual: binary((a, b) => truth(a >= b), true),
  Less: binary((a, b) => truth(a < b), true),
  LessOrEqual: binary((a, b) => truth(a <= b), true),
  And: binary((a, b) => truth(a !== 0 && b !== 0), true),
  Or: binary((a, b) => truth(a !== 0 || b !== 0), true),
  Xor: binary((a, b) => truth((a !== 0) !== (b !== 0)), true),
  BitShift: variadic,
  BitwiseAnd: variadic,
  BitwiseOr: variadic,
  BitwiseXor: variadic,
  Max: (operator) => (operator.inputs.length === 2 ? max(operator) : variadic(operator)),
  Min: (operator) => (operator.inputs.length === 2 ? min(operator) : variadic(operator)),
  Sum: variadic,
  Mean: variadic,
  Where: where,
};

/** To the nearest whole number, halves to the even one, as ONNX's Round does. */
function roundEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
