import type { GraphProto } from './proto/model-proto.ts';
import type { TensorProto } from './proto/tensor-proto.ts';

/** Operators that only store, widen or arrange the values of their inputs. */
const CARRIERS: ReadonlySet<string> = new Set([
  ...['Constant', 'Identity', 'Cast', 'CastLike', 'QuantizeLinear', 'DequantizeLinear'],
  ...['Transpose', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'],
]);

/** Lists of sizes and indices are int64 by ONNX's rules, and no parameters. */
function isParameter({ type }: TensorProto): boolean {
  return type.name !== 'int64' && type.name !== 'bool' && type.name !== 'string';
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
export function parametersByNode({ names, initialisers, nodes }: GraphProto): Float64Array {
  /** By tensor: parameters on their way to the operator that works with them; NaN for what is no constant. */
  const carried = new Float64Array(names.count).fill(NaN);
  /** By tensor: one more than the operator that they have come to; 0 while they are an initialiser. */
  const places = new Int32Array(names.count);
  carried[0] = 0; // an input left out
  for (const tensor of initialisers) carried[tensor.name] = isParameter(tensor) ? tensor.values : 0;
  const carriers = nodes.types.map(({ op }) => CARRIERS.has(op));
  const counts = new Float64Array(nodes.count);
  for (const { node, attribute } of nodes.special) {
    counts[node] = (counts[node] ?? 0) + parametersOf(attribute.tensors).values;
  }
  for (let index = 0; index < nodes.count; index += 1) {
    let values = counts[index] ?? 0;
    let constant = true;
    for (let at = nodes.inputs.start(index); at < nodes.inputs.end(index); at += 1) {
      const input = nodes.inputs.at(at);
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
    const first = nodes.outputs.first(index);
    if (!constant || first === 0 || carriers[nodes.type(index).place] !== true) continue;
    carried[first] = values;
    places[first] = index + 1;
  }
  return counts;
}
