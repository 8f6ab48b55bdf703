import type { WiredNode } from './graph-order.ts';
import type { NodeProto } from './proto/node-proto.ts';
import { fullShape, product, UNKNOWN } from './shapes/value.ts';
import type { Known, Side, Value } from './shapes/value.ts';

/** What is known of an operator's inputs, by their place, and of its first output. */
interface Sizes {
  readonly input: (place: number) => Value;
  readonly output: Value;
}

/** Multiply-adds of one node; null when a side they need is not known. */
type Cost = (sizes: Sizes, node: NodeProto) => Side;

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

const gemm: Cost = ({ input, output }, node) => {
  const transposed = (name: string) => (node.attributes.get(name)?.int ?? 0) !== 0;
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
 * Multiply-adds of one run of a node: those of convolutions and matrix products, biases not counted; 0 for every
 * operator that is neither, null where a shape is unknown. At most `Number.MAX_SAFE_INTEGER`.
 */
export function multiplyAdds({ node, inputs, outputs }: WiredNode, known: Known): number | null {
  const cost = COSTS.get(node.op);
  if (cost === undefined) return 0;
  const input = (place: number) => known[inputs[place] ?? 0] ?? UNKNOWN;
  const found = cost({ input, output: known[outputs[0] ?? 0] ?? UNKNOWN }, node);
  return found === null ? null : Math.min(found, Number.MAX_SAFE_INTEGER);
}
