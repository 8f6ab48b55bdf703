import { beyondReading, malformed, malformedGraph } from './gate-error.ts';
import { multiplyAdds } from './cost.ts';
import { checkDeclared, completed } from './declared.ts';
import { findings } from './findings.ts';
import { checkOrder } from './graph-order.ts';
import type { WiredNode, Wiring } from './graph-order.ts';
import { peakActivationBytes } from './liveness.ts';
import { escapedText } from './names.ts';
import { attributeTensors, parametersByNode, parametersOf } from './parameters.ts';
import { readModel } from './proto/model-proto.ts';
import type { GraphProto, ModelProto } from './proto/model-proto.ts';
import type { NodeProto } from './proto/node-proto.ts';
import type { TensorProto } from './proto/tensor-proto.ts';
import { inferShapes, mainOpset } from './shapes/infer.ts';
import { fullShape, UNKNOWN } from './shapes/value.ts';
import type { Known } from './shapes/value.ts';
import { TextMap } from './text-map.ts';
import type { GivenPicture, Layer, ModelInspection } from './types.ts';
import { unfollowedOperators } from './unfollowed.ts';
import { weightStatistics } from './weights.ts';

/**
 * Reads a model file and says what is in it. Nothing is executed, nothing of the file's tensors is copied; the time
 * is linear in the bytes. What a gate must refuse but a reader can read is in `findings`; `judgeModel` decides.
 *
 * @param bytes the whole file
 * @param picture what the network will be given, where that is known: it decides what a network of open size takes
 * @throws AppError `gate/not-onnx`, `gate/truncated`, `gate/malformed`, `gate/malformed-graph`,
 *   `gate/too-many-nodes`, `gate/too-complex`; where it is about a place, `details.offset` is in bytes
 */
export function inspectModel(
  bytes: Uint8Array,
  picture: GivenPicture | null = null,
): ModelInspection {
  try {
    return inspected(bytes, picture);
  } catch (thrown) {
    // An array or a stack that cannot be had is the file's doing, and no try will change it.
    if (thrown instanceof RangeError) throw beyondReading(bytes.length, thrown);
    throw thrown;
  }
}

function inspected(bytes: Uint8Array, picture: GivenPicture | null): ModelInspection {
  const model = readModel(bytes);
  const { graph } = model;
  const wiring = checkOrder(graph);
  if (mainOpset(model.opsets) < 1) throw malformedGraph('it names no version of ONNX’s operators');
  const tensors = allTensors(graph);
  const found = findings(model, tensors);
  const broken = tensors.find(({ complete }) => !complete);
  // Claims beyond the file are the gate's to refuse, with the sum of all.
  if (broken !== undefined && found.claimedInitialiserBytes <= bytes.length) {
    const problem = `tensor “${broken.name.slice(0, 80)}” does not hold what its shape claims`;
    throw malformed(problem, broken.offset, { values: broken.values });
  }
  const known = inferShapes(bytes, model, wiring, picture);
  checkDeclared(graph, wiring, known);
  const layers = layersOf(graph, wiring, known);
  const parameters = parametersOf(tensors);
  const reached =
    layers.some(({ outputShape }) => outputShape !== null) &&
    // Where everything that multiplies is of unknown size, 0 would say that the network does nothing.
    (layers.some((layer) => (layer.multiplyAdds ?? 0) > 0) ||
      layers.every((layer) => layer.multiplyAdds !== null));
  const adds = layers.reduce((sum, layer) => sum + (layer.multiplyAdds ?? 0), 0);
  const fed = new Set(wiring.fed);
  return {
    fileBytes: bytes.length,
    irVersion: model.irVersion,
    opsets: model.opsets,
    producer: escapedText(model.producer),
    graphName: graph.name,
    inputs: graph.inputs.filter((_, place) => fed.has(place + 1)),
    outputs: graph.outputs.map((output, place) => {
      return completed(output, known[wiring.outputs[place] ?? 0]);
    }),
    ops: histogram(graph.nodes),
    layers,
    parameters: parameters.values,
    parameterBytes: parameters.bytes,
    multiplyAdds: reached ? Math.min(adds, Number.MAX_SAFE_INTEGER) : null,
    activationBytes: peakActivationBytes(wiring, known),
    unknownShapes: layers.filter(({ outputShape }) => outputShape === null).length,
    unfollowed: unfollowedOperators(wiring, known),
    weights: weightStatistics(bytes, tensors),
    metadata: model.metadata.map(({ key, value }) => ({
      key: escapedText(key),
      value: escapedText(value),
    })),
    metadataLines: model.metadataLines,
    findings: found,
  };
}

/** Colours and transparency. */
const MOST_CHANNELS = 4;

/** Initialisers and the tensors of attributes, which exporters use for the same. */
function allTensors(graph: ModelProto['graph']): readonly TensorProto[] {
  const tensors = [...graph.initialisers];
  // One by one: there may be more in an attribute than a call takes.
  for (const node of graph.nodes) for (const tensor of attributeTensors(node)) tensors.push(tensor);
  return tensors;
}

function layersOf(graph: GraphProto, wiring: Wiring, known: Known): readonly Layer[] {
  const parameters = parametersByNode(graph, wiring);
  return wiring.nodes.map((wired, index) => {
    const { name, op, inputs, outputs } = wired.node;
    return {
      index,
      name: name || (outputs[0] ?? ''),
      op,
      inputs,
      outputs,
      outputShape: fullShape(known[wired.outputs[0] ?? 0] ?? UNKNOWN),
      parameters: parameters[index] ?? 0,
      multiplyAdds: multiplyAdds(wired, known),
      operand: constantOperand(wired, known),
    };
  });
}

/** Values of the constant in an Add, Sub, Mul or Div: one, or one for each channel. */
function constantOperand(
  { node: { op }, inputs }: WiredNode,
  known: Known,
): readonly number[] | null {
  const either = op === 'Add' || op === 'Mul';
  if (!either && op !== 'Sub' && op !== 'Div') return null;
  const [first = 0, second = 0] = inputs;
  const values = known[second]?.values ?? (either ? known[first]?.values : null) ?? null;
  return values !== null && values.length > 0 && values.length <= MOST_CHANNELS ? values : null;
}

function histogram(nodes: readonly NodeProto[]): ModelInspection['ops'] {
  const counts: { op: string; domain: string; count: number }[] = [];
  const domains = new TextMap<TextMap<(typeof counts)[number]>>();
  for (const { op, domain } of nodes) {
    const ops = domains.get(domain) ?? new TextMap<(typeof counts)[number]>();
    const entry = ops.get(op) ?? { op, domain, count: 0 };
    entry.count += 1;
    if (entry.count > 1) continue;
    counts.push(entry);
    domains.set(domain, ops.set(op, entry));
  }
  return counts.sort((a, b) => b.count - a.count || (a.op < b.op ? -1 : 1));
}
