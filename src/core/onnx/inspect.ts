import { beyondReading, malformed, malformedGraph } from './gate-error.ts';
import { costOf } from './cost.ts';
import { checkDeclared, completed } from './declared.ts';
import { findings } from './findings.ts';
import { checkOrder } from './graph-order.ts';
import { peakActivationBytes } from './liveness.ts';
import { escapedText } from './names.ts';
import { parametersByNode, parametersOf } from './parameters.ts';
import { readModel } from './proto/model-proto.ts';
import type { GraphProto } from './proto/model-proto.ts';
import type { NameTable } from './proto/name-table.ts';
import type { OperatorType } from './proto/node-table.ts';
import type { NumberLists } from './proto/number-lists.ts';
import type { TensorProto } from './proto/tensor-proto.ts';
import type { ValueInfoProto } from './proto/value-info.ts';
import { inferShapes, mainOpset } from './shapes/infer.ts';
import { fullShape, UNKNOWN } from './shapes/value.ts';
import type { Known } from './shapes/value.ts';
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
  const { names, nodes } = graph;
  const wiring = checkOrder(graph);
  if (mainOpset(model.opsets) < 1) throw malformedGraph('it names no version of ONNX’s operators');
  const tensors = allTensors(graph);
  const found = findings(model, tensors);
  const broken = tensors.find(({ complete }) => !complete);
  // Claims beyond the file are the gate's to refuse, with the sum of all.
  if (broken !== undefined && found.claimedInitialiserBytes <= bytes.length) {
    const name = names.text(broken.name).slice(0, 80);
    const problem = `tensor “${name}” does not hold what its shape claims`;
    throw malformed(problem, broken.offset, { values: broken.values });
  }
  const known = inferShapes(bytes, model, wiring, picture);
  checkDeclared(graph, wiring, known);
  const layers = layersOf(graph, known);
  const sums = sumsOf(layers);
  const parameters = parametersOf(tensors);
  const { fed } = wiring;
  const named = ({ name, elementType, shape }: ValueInfoProto) => ({
    name: names.text(name),
    elementType,
    shape,
  });
  return {
    fileBytes: bytes.length,
    irVersion: model.irVersion,
    opsets: model.opsets,
    producer: escapedText(model.producer),
    graphName: graph.name,
    inputs: graph.inputs.filter(({ name }) => fed.has(name)).map(named),
    outputs: graph.outputs.map((output) => completed(named(output), known[output.name])),
    ops: histogram(nodes.types),
    layers,
    parameters: parameters.values,
    parameterBytes: parameters.bytes,
    multiplyAdds: sums.multiplyAdds,
    activationBytes: peakActivationBytes(nodes, wiring, known),
    unknownShapes: sums.unknownShapes,
    unfollowed: sums.unknownShapes > 0 ? unfollowedOperators(nodes, known) : [],
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
function allTensors({ initialisers, nodes }: GraphProto): readonly TensorProto[] {
  const all = [...initialisers];
  // One by one: there may be more in an attribute than a call takes.
  for (const { attribute } of nodes.special)
    for (const tensor of attribute.tensors) all.push(tensor);
  return all;
}

function layersOf(graph: GraphProto, known: Known): readonly Layer[] {
  const { names, nodes } = graph;
  const parameters = parametersByNode(graph);
  const costs = nodes.types.map(costOf);
  const layers: Layer[] = [];
  for (let index = 0; index < nodes.count; index += 1) {
    const { op, place } = nodes.type(index);
    const cost = costs[place];
    const first = nodes.outputs.first(index);
    layers.push({
      index,
      name: names.text(nodes.name(index) || first),
      op,
      inputs: texts(names, nodes.inputs, index),
      outputs: texts(names, nodes.outputs, index),
      outputShape: fullShape(known[first] ?? UNKNOWN),
      parameters: parameters[index] ?? 0,
      multiplyAdds: cost === undefined ? 0 : cost(nodes, index, known),
      operand: constantOperand(op, nodes.inputs, index, known),
    });
  }
  return layers;
}

function texts(names: NameTable, lists: NumberLists, list: number): readonly string[] {
  const start = lists.start(list);
  const count = lists.end(list) - start;
  // As most lists are: an array of a known length is made in one step.
  if (count === 1) return [names.text(lists.at(start))];
  if (count === 2) return [names.text(lists.at(start)), names.text(lists.at(start + 1))];
  const all = Array<string>(count).fill('');
  for (let place = 0; place < count; place += 1) all[place] = names.text(lists.at(start + place));
  return all;
}

/** Values of the constant in an Add, Sub, Mul or Div: one, or one for each channel. */
function constantOperand(
  op: string,
  inputs: NumberLists,
  node: number,
  known: Known,
): readonly number[] | null {
  const either = op === 'Add' || op === 'Mul';
  if (!either && op !== 'Sub' && op !== 'Div') return null;
  const start = inputs.start(node);
  const second = start + 1 < inputs.end(node) ? inputs.at(start + 1) : 0;
  const other = either ? known[inputs.first(node)]?.values : null;
  const values = known[second]?.values ?? other ?? null;
  return values !== null && values.length > 0 && values.length <= MOST_CHANNELS ? values : null;
}

function sumsOf(layers: readonly Layer[]): Pick<ModelInspection, 'multiplyAdds' | 'unknownShapes'> {
  let sum = 0;
  let unknown = 0;
  let unknownShapes = 0;
  for (const { multiplyAdds: adds, outputShape } of layers) {
    sum += adds ?? 0;
    if (adds === null) unknown += 1;
    if (outputShape === null) unknownShapes += 1;
  }
  // Where everything that multiplies is of unknown size, 0 would say that the network does nothing.
  const saysNothing = unknownShapes === layers.length || (sum === 0 && unknown > 0);
  return {
    multiplyAdds: saysNothing ? null : Math.min(sum, Number.MAX_SAFE_INTEGER),
    unknownShapes,
  };
}

function histogram(types: readonly OperatorType[]): ModelInspection['ops'] {
  return types
    .map(({ op, domain, count }) => ({ op, domain, count }))
    .sort((a, b) => b.count - a.count || (a.op < b.op ? -1 : 1));
}
