import type { NodeProto } from './proto/node-proto.ts';
import { fullShape, product } from './shapes/value.ts';
import type { Side, Value } from './shapes/value.ts';

type Known = (name: string | undefined) => Value;
/** Multiply-adds of one node; null when a side they need is not known. */
type Cost = (node: NodeProto, known: Known) => Side;

/** Each value of the output sums channels-per-group × window products: all of a filter's weights but the first side. */
function convolution(weights: number): Cost {
  return (node, known) => {
    const output = fullShape(known(node.outputs[0]));
    const filter = fullShape(known(node.inputs[weights]));
    if (output === null || filter === null) return null;
    return product([...output, ...filter.slice(1)]);
  };
}

/** Each value of the input is spread over outputs-per-group × window. */
const transposedConvolution: Cost = (node, known) => {
  const input = fullShape(known(node.inputs[0]));
  const filter = fullShape(known(node.inputs[1]));
  return input === null || filter === null ? null : product([...input, ...filter.slice(1)]);
};

const gemm: Cost = (node, known) => {
  const transposed = (name: string) => (node.attributes.get(name)?.int ?? 0) !== 0;
  const [a, b] = [known(node.inputs[0]).shape, known(node.inputs[1]).shape];
  const inner = a?.[transposed('transA') ? 0 : 1] ?? b?.[transposed('transB') ? 1 : 0] ?? null;
  return product([...(known(node.outputs[0]).shape ?? [null]), inner]);
};

const matMul: Cost = (node, known) => {
  const [a, b] = [known(node.inputs[0]).shape, known(node.inputs[1]).shape];
  const inner = a?.at(-1) ?? (b?.length === 1 ? b[0] : b?.at(-2)) ?? null;
  return product([...(known(node.outputs[0]).shape ?? [null]), inner]);
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
export function multiplyAdds(node: NodeProto, known: Known): number | null {
  const cost = COSTS.get(node.op);
  if (cost === undefined) return 0;
  const found = cost(node, known);
  return found === null ? null : Math.min(found, Number.MAX_SAFE_INTEGER);
}
