import type { GraphProto } from './proto/model-proto.ts';
import type { NodeProto } from './proto/node-proto.ts';
import type { TensorProto } from './proto/tensor-proto.ts';

const NONE: readonly TensorProto[] = [];

/** Operators that only store, widen or arrange the values of their inputs. */
const CARRIERS: ReadonlySet<string> = new Set([
  ...['Constant', 'Identity', 'Cast', 'CastLike', 'QuantizeLinear', 'DequantizeLinear'],
  ...['Transpose', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'],
]);

/** Lists of sizes and indices are int64 by ONNX's rules, and no parameters. */
function isParameter({ type }: TensorProto): boolean {
  return type.name !== 'int64' && type.name !== 'bool' && type.name !== 'string';
}

/** The tensors in a node's attributes, which exporters use as initialisers. */
export function attributeTensors({ attributes }: NodeProto): readonly TensorProto[] {
  let first = NONE;
  let all: TensorProto[] | null = null;
  for (const { tensors } of attributes.values()) {
    if (tensors.length === 0) continue;
    if (first.length === 0) {
      first = tensors; // the only list as a rule, and maybe a very long one: it is not copied
      continue;
    }
    all ??= [...first];
    for (const tensor of tensors) all.push(tensor);
  }
  return all ?? first;
}

/** Parameters in tensors together, and their bytes without padding; at most `Number.MAX_SAFE_INTEGER` each. */
export function parametersOf(tensors: readonly TensorProto[]): {
  readonly values: number;
  readonly bytes: number;
} {
  let values = 0;
  let bytes = 0;
  for (const tensor of tensors) {
    if (!isParameter(tensor)) continue;
    values += tensor.values;
    bytes += Math.ceil((tensor.values * tensor.type.bits) / 8);
  }
  const most = Number.MAX_SAFE_INTEGER;
  return { values: Math.min(values, most), bytes: Math.min(bytes, most) };
}

/** Parameters on their way to the operator that works with them. */
interface Carried {
  readonly values: number;
  /** The operator that they have come to; null while they are an initialiser. */
  readonly at: number | null;
}

/**
 * How many parameters each operator is the first to work with, in the nodes' order. Weights that are stored in another
 * type or arrangement than they are used in, as half precision and quantised ones are, belong to the layer behind the
 * operators that only turn them into it; if there is none, to the last of these. The sum is that of all initialisers that
 * are used at all, and of all tensors in attributes.
 */
export function parametersByNode({ nodes, initialisers }: GraphProto): readonly number[] {
  const constants = new Map<string, Carried>();
  for (const tensor of initialisers) {
    constants.set(tensor.name, { values: isParameter(tensor) ? tensor.values : 0, at: null });
  }
  const counts = nodes.map(() => 0);
  for (const [index, node] of nodes.entries()) {
    let { values } = parametersOf(attributeTensors(node));
    let constant = true;
    for (const name of node.inputs) {
      const carried = constants.get(name);
      if (carried === undefined) constant &&= name === '';
      else if (carried.values > 0) {
        values += carried.values;
        if (carried.at !== null) counts[carried.at] = 0;
        constants.set(name, { values: 0, at: null });
      }
    }
    counts[index] = values;
    const [first = ''] = node.outputs;
    if (constant && first !== '' && CARRIERS.has(node.op))
      constants.set(first, { values, at: index });
  }
  return counts;
}
