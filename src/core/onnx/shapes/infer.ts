import { limitOf } from '../../limits.ts';
import { tooMuchArithmetic } from '../gate-error.ts';
import type { Wiring } from '../graph-order.ts';
import type { GraphProto, ModelProto } from '../proto/model-proto.ts';
import { isInteger } from '../proto/element-types.ts';
import { smallValues } from '../proto/tensor-proto.ts';
import type { NodeTable, OperatorType } from '../proto/node-table.ts';
import type { TensorProto } from '../proto/tensor-proto.ts';
import type { GivenPicture, TensorInfo } from '../types.ts';
import { COMBINING_RULES } from './combining.ts';
import { ELEMENTWISE_RULES } from './elementwise.ts';
import type { Rule } from './operator.ts';
import { RESHAPING_RULES } from './reshaping.ts';
import { RESIZING_RULES } from './resizing.ts';
import { SELECTING_RULES } from './selecting.ts';
import { brief, constant, MOST_SIDES, MOST_VALUES, shaped, UNKNOWN } from './value.ts';
import type { Known, Value } from './value.ts';
import { WINDOW_RULES } from './windows.ts';

/** The results of an operator without a rule. */
const NOTHING: readonly Value[] = [];

/** A map, since operator names come from the file: `constructor` must not be one. */
const RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    ...ELEMENTWISE_RULES,
    ...WINDOW_RULES,
    ...RESHAPING_RULES,
    ...RESIZING_RULES,
    ...SELECTING_RULES,
    ...COMBINING_RULES,
  }),
);

/** Version of the main operator set; 0 when the model imports none. */
export function mainOpset(opsets: ModelProto['opsets']): number {
  const main = opsets.filter(({ domain }) => domain === '' || domain === 'ai.onnx');
  return main.reduce((newest, { version }) => Math.max(newest, version), 0);
}

/**
 * What is known of every tensor of the graph without running it.
 *
 * An input's first side is the batch: 1 where it is symbolic or open. Other open sides stay open, and everything
 * that depends on them, unless `picture` says what that input will be given. Declared inner shapes are claims of the file and are not used. Rules follow
 * onnx/docs/Operators.md and Changelog.md; an operator without a rule, or inputs that do not fit its rule, leave
 * its outputs unknown. The nodes must be in topological order.
 *
 * Of a tensor that an operator has been the last to read only the shape and a short list of values stay.
 *
 * The work of a node is bounded by a constant and what the file writes of it; that of all nodes together by
 * `LIMITS.modelValues`.
 *
 * @throws AppError `gate/too-complex` when the operators compute more values than any sizes are
 */
export function inferShapes(
  bytes: Uint8Array,
  model: ModelProto,
  wiring: Wiring,
  picture: GivenPicture | null = null,
): Known {
  const { graph } = model;
  const { nodes } = graph;
  const opset = mainOpset(model.opsets);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = (tensor: TensorProto) => storedValue(view, tensor);
  const known = knownAtStart(graph, wiring, stored, picture);
  const rules = nodes.types.map(ruleOf);
  const most = limitOf('modelValues');
  let computed = 0;
  for (let index = 0; index < nodes.count; index += 1) {
    const type = nodes.type(index);
    const { op } = type;
    const inputs = given(nodes, index, known);
    const first = nodes.outputs.start(index);
    const end = nodes.outputs.end(index);
    const attributes = nodes.attributes(index);
    const outputs = end - first;
    const results =
      rules[type.place]?.({ op, attributes, outputs, inputs, opset, stored }) ?? NOTHING;
    computed = results.reduce(addedValues, computed);
    if (computed > most) throw tooMuchArithmetic(most);
    for (let at = first; at < end; at += 1) {
      const tensor = nodes.outputs.at(at);
      if (tensor !== 0) known[tensor] = results[at - first] ?? UNKNOWN;
    }
    for (let at = nodes.inputs.start(index); at < nodes.inputs.end(index); at += 1) {
      const tensor = nodes.inputs.at(at);
      if (wiring.lastRead[tensor] === index) known[tensor] = brief(known[tensor] ?? UNKNOWN);
    }
  }
  return known;
}

function addedValues(sum: number, { values }: Value): number {
  return sum + (values?.length ?? 0);
}

/** What is known of an operator's inputs. */
function given({ inputs }: NodeTable, node: number, known: Known): readonly (Value | null)[] {
  const first = inputs.start(node);
  const end = inputs.end(node);
  if (end === first + 1) return [knownOf(known, inputs.at(first))];
  const values = Array<Value | null>(end - first).fill(null);
  for (let at = first; at < end; at += 1) {
    values[at - first] = knownOf(known, inputs.at(at));
  }
  return values;
}

function knownOf(known: Known, tensor: number): Value | null {
  return tensor === 0 ? null : (known[tensor] ?? UNKNOWN);
}

/** The rule for an operator; undefined where there is none, as for every operator outside the main set. */
export function ruleOf({ op, domain }: OperatorType): Rule | undefined {
  return domain === '' || domain === 'ai.onnx' ? RULES.get(op) : undefined;
}

function knownAtStart(
  graph: GraphProto,
  wiring: Wiring,
  stored: (tensor: TensorProto) => Value,
  picture: GivenPicture | null,
): Value[] {
  const known = Array<Value>(graph.names.count).fill(UNKNOWN);
  const { fed } = wiring;
  for (const declared of graph.inputs) {
    const { name } = declared;
    if (!fed.has(name)) continue;
    const isGiven = picture !== null && graph.names.text(name) === picture.input;
    known[name] = inputValue(declared, isGiven ? dimsOf(picture) : []);
  }
  for (const tensor of graph.initialisers) known[tensor.name] = stored(tensor);
  return known;
}

function inputValue(
  { shape, elementType }: Omit<TensorInfo, 'name'>,
  picture: readonly number[],
): Value {
  const sides = shape?.map((side, axis) => {
    if (typeof side === 'number') return side;
    return axis === 0 ? 1 : (picture[axis] ?? null);
  });
  return shaped(sides ?? null, isInteger(elementType));
}

function dimsOf({ layout, width, height }: GivenPicture): readonly number[] {
  return layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
}

function storedValue(view: DataView, tensor: TensorProto): Value {
  const { shape, type } = tensor;
  if (shape.length > MOST_SIDES) return shaped(null, type.integer);
  const values = smallValues(view, tensor, MOST_VALUES);
  return values === null ? shaped(shape, type.integer) : constant(shape, values, type.integer);
}
