import { limitOf } from '../../limits.ts';
import { tooMuchArithmetic } from '../gate-error.ts';
import type { Wiring } from '../graph-order.ts';
import type { GraphProto, ModelProto } from '../proto/model-proto.ts';
import { isInteger } from '../proto/element-types.ts';
import { smallValues } from '../proto/tensor-proto.ts';
import type { NodeProto } from '../proto/node-proto.ts';
import type { TensorProto } from '../proto/tensor-proto.ts';
import type { GivenPicture, TensorInfo } from '../types.ts';
import { COMBINING_RULES } from './combining.ts';
import { ELEMENTWISE_RULES } from './elementwise.ts';
import type { Rule } from './operator.ts';
import { RESHAPING_RULES } from './reshaping.ts';
import { RESIZING_RULES } from './resizing.ts';
import { SELECTING_RULES } from './selecting.ts';
import { brief, constant, MOST_VALUES, shaped, UNKNOWN } from './value.ts';
import type { Known, Value } from './value.ts';
import { WINDOW_RULES } from './windows.ts';

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
  const opset = mainOpset(model.opsets);
  const stored = (tensor: TensorProto) => storedValue(bytes, tensor);
  const known = knownAtStart(graph, wiring, stored, picture);
  const most = limitOf('modelValues');
  let computed = 0;
  for (const [index, { node, inputs: given, outputs }] of wiring.nodes.entries()) {
    const inputs = given.map((tensor) => (tensor === 0 ? null : (known[tensor] ?? UNKNOWN)));
    const results = ruleOf(node)?.({ node, inputs, opset, stored }) ?? [];
    for (const { values } of results) computed += values?.length ?? 0;
    if (computed > most) throw tooMuchArithmetic(most);
    let place = 0;
    for (const tensor of outputs) {
      if (tensor !== 0) known[tensor] = results[place] ?? UNKNOWN;
      place += 1;
    }
    for (const tensor of given) {
      if (wiring.lastRead[tensor] === index) known[tensor] = brief(known[tensor] ?? UNKNOWN);
    }
  }
  return known;
}

/** The rule for a node; undefined where there is none, as for every operator outside the main set. */
export function ruleOf({ op, domain }: Pick<NodeProto, 'op' | 'domain'>): Rule | undefined {
  return domain === '' || domain === 'ai.onnx' ? RULES.get(op) : undefined;
}

function knownAtStart(
  graph: GraphProto,
  wiring: Wiring,
  stored: (tensor: TensorProto) => Value,
  picture: GivenPicture | null,
): Value[] {
  const known = Array<Value>(wiring.end).fill(UNKNOWN);
  for (const tensor of wiring.fed) {
    const declared = graph.inputs[tensor - 1];
    if (declared !== undefined) known[tensor] = inputValue(declared, picture);
  }
  for (const [index, tensor] of graph.initialisers.entries()) {
    known[wiring.initialisers[index] ?? 0] = stored(tensor);
  }
  return known;
}

function inputValue({ name, shape, elementType }: TensorInfo, picture: GivenPicture | null): Value {
  const given = picture?.input === name ? dimsOf(picture) : [];
  const sides = shape?.map((side, axis) => {
    if (typeof side === 'number') return side;
    return axis === 0 ? 1 : (given[axis] ?? null);
  });
  return shaped(sides ?? null, isInteger(elementType));
}

function dimsOf({ layout, width, height }: GivenPicture): readonly number[] {
  return layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
}

function storedValue(bytes: Uint8Array, tensor: TensorProto): Value {
  const integer = isInteger(tensor.type.name);
  const values = smallValues(bytes, tensor, MOST_VALUES);
  if (values === null) return shaped(tensor.shape, integer);
  const { shape } = shaped(tensor.shape, integer);
  return shape === null ? UNKNOWN : constant(tensor.shape, values, integer);
}
