import type { AttributeProto } from './proto/attribute-proto.ts';
import type { NodeTable, OperatorType } from './proto/node-table.ts';
import { attribute } from './shapes/operator.ts';
import { fullShape, product, UNKNOWN } from './shapes/value.ts';
import type { Known, Side, Value } from './shapes/value.ts';

/** What is known of an operator, of its inputs by their place and of its first output. */
interface Sizes {
  readonly input: (place: number) => Value;
  readonly output: Value;
  readonly attributes: readonly AttributeProto[];
}

/** Multiply-adds of one node; null when a side they need is not known. */
type Cost = (sizes: Sizes) => Side;

/** Each value of the output sums channels-per-group × window products: all of a filter's weights but the first side. */
function convolution(weights: number): Cost {
  return ({ input, output }) => {
    const made = fullShape(output);
    const filter = fullShape(input(weights));
    if (made === null || filter === null) return null;
    return product([...made, ...filter.slice(1)]);
  };
}

/** Each value of the input is spread over outputs-per-group × window. */
const transposedConvolution: Cost = ({ input }) => {
  const given = fullShape(input(0));
  const filter = fullShape(input(1));
  return given === null || filter === null ? null : product([...given, ...filter.slice(1)]);
};

const gemm: Cost = ({ input, output, ...operator }) => {
  const transposed = (name: string) => (attribute(operator, name)?.int ?? 0) !== 0;
  const [a, b] = [input(0).shape, input(1).shape];
  const inner = a?.[transposed('transA') ? 0 : 1] ?? b?.[transposed('transB') ? 1 : 0] ?? null;
  return product([...(output.shape ?? [null]), inner]);
};

const matMul: Cost = ({ input, output }) => {
  const [a, b] = [input(0).shape, input(1).shape];
  const inner = a?.at(-1) ?? (b?.length === 1 ? b[0] : b?.at(-2)) ?? null;
  return product([...(output.shape ?? [null]), inner]);
};

const notCounted: Cost = () => null;

const COSTS: ReadonlyMap<string, Cost> = new Map<string, Cost>([
  ['Conv', convolution(1)],
  ['ConvInteger', convolution(1)],
  ['QLinearConv', convolution(3)],
  ['DeformConv', convolution(1)],
  ['ConvTranspose', transposedConvolution],
  ['Gemm', gemm],
  ['MatMul', matMul],
  ['MatMulInteger', matMul],
  ['QLinearMatMul', matMul],
  // These multiply too, but by no rule that is here.
  ['Attention', notCounted],
  ['Einsum', notCounted],
  ['LSTM', notCounted],
  ['GRU', notCounted],
  ['RNN', notCounted],
]);

/**
 * How to tell the multiply-adds of one run of an operator: those of convolutions and matrix products, biases not
 * counted, at most `Number.MAX_SAFE_INTEGER`; null where a shape is unknown. Undefined for an operator that is neither.
 */
export function costOf({
  op,
}: OperatorType): ((nodes: NodeTable, node: number, known: Known) => number | null) | undefined {
  const cost = COSTS.get(op);
  if (cost === undefined) return undefined;
  return (nodes, node, known) => {
    const { inputs, outputs } = nodes;
    const first = inputs.start(node);
    const end = inputs.end(node);
    const input = (place: number) => {
      return known[first + place < end ? inputs.at(first + place) : 0] ?? UNKNOWN;
    };
    const output = known[outputs.first(node)] ?? UNKNOWN;
    const adds = cost({ input, output, attributes: nodes.attributes(node) });
    return adds === null ? null : Math.min(adds, Number.MAX_SAFE_INTEGER);
  };
}
