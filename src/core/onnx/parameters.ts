import type { Wiring } from './graph-order.ts';
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
  if (attributes.size === 0) return first; // as of most: without an iterator for each
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

/**
 * How many parameters each operator is the first to work with, in the nodes' order. Weights that are stored in another
 * type or arrangement than they are used in, as half precision and quantised ones are, belong to the layer behind the
 * operators that only turn them into it; if there is none, to the last of these. The sum is that of all initialisers that
 * are used at all, and of all tensors in attributes.
 */
export function parametersByNode({ initialisers }: GraphProto, wiring: Wiring): readonly number[] {
  /** By tensor: parameters on their way to the operator that works with them; NaN for what is no constant. */
  const carried = new Float64Array(wiring.end).fill(NaN);
  /** By tensor: one more than the operator that they have come to; 0 while they are an initialiser. */
  const places = new Int32Array(wiring.end);
  carried[0] = 0; // an input left out
  for (const [index, tensor] of initialisers.entries()) {
    carried[wiring.initialisers[index] ?? 0] = isParameter(tensor) ? tensor.values : 0;
  }
  const counts = wiring.nodes.map(() => 0);
  for (const [index, { node, inputs, outputs }] of wiring.nodes.entries()) {
    let { values } = parametersOf(attributeTensors(node));
    let constant = true;
    for (const input of inputs) {
      const come = carried[input] ?? NaN;
      if (Number.isNaN(come)) constant = false;
      else if (come > 0) {
        const place = places[input] ?? 0;
        values += come;
        if (place > 0) counts[place - 1] = 0;
        carried[input] = 0;
      }
    }
    counts[index] = values;
    const [first = 0] = outputs;
    if (!constant || first === 0 || !CARRIERS.has(node.op)) continue;
    carried[first] = values;
    places[first] = index + 1;
  }
  return counts;
}
