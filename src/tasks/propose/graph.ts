import { TextMap } from '../../core/onnx/text-map.ts';
import type { Layer, ModelInspection, TensorInfo } from '../../core/onnx/types.ts';
import { writtenNames } from './written-names.ts';

/*
 * Questions about a graph that the proposals ask. Everything here reads what the inspector wrote down; values of
 * initialisers are not known.
 */

/** A side that the file fixes, or null: symbolic, unknown, or the 0 that some exporters write for “any”. */
export type Side = number | null;

/** The sides of a tensor; null when it declares no shape. */
export function sidesOf({ shape }: TensorInfo): readonly Side[] | null {
  return shape?.map((side) => (typeof side === 'number' && side > 0 ? side : null)) ?? null;
}

/** The sides of a graph output: what shape inference found, or else what it declares. */
export function outputSides(
  { layers }: ModelInspection,
  output: TensorInfo,
): readonly Side[] | null {
  const inferred = layers.find(({ outputs }) => outputs[0] === output.name)?.outputShape;
  return inferred ?? sidesOf(output);
}

/** Operators that only rearrange, rename or pass on values. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'Identity',
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Dropout',
  'Cast',
  'QuantizeLinear',
  'DequantizeLinear',
]);

/** The operator that made a tensor's values, seen through those that only rearrange them; null where none did. */
export function lastOperator({ layers }: ModelInspection, tensor: string): string | null {
  const makers = new TextMap<Layer | null>();
  for (const layer of layers) for (const name of layer.outputs) makers.set(name, layer);
  let op: string | null = null;
  let wanted: string | undefined = tensor;
  while (wanted !== undefined) {
    const layer = makers.get(wanted);
    makers.set(wanted, null); // a hostile graph may go in circles
    if (!layer) return op;
    op = layer.op;
    wanted = TRANSPARENT.has(op) ? layer.inputs[0] : undefined;
  }
  return op;
}

/** What a network does to its input before anything learnt. */
export interface Entrance {
  /** The operators that subtract, divide, multiply or add: with them range and normalisation are inside. */
  readonly arithmetic: readonly string[];
  /** The value at which they centre what comes in, as far as their constants are known: about 127 for 0 to 255. */
  readonly centre: number | null;
  readonly transposes: boolean;
  /** The first operator that only a network has; null where the walk does not reach one. */
  readonly first: string | null;
}

const ARITHMETIC: ReadonlySet<string> = new Set(['Sub', 'Div', 'Mul', 'Add']);
const MOVES: ReadonlySet<string> = new Set([
  ...['Transpose', 'Identity', 'Cast', 'Pad', 'QuantizeLinear', 'DequantizeLinear'],
]);

/** No published wrapper has more operators before the network. */
const ENTRANCE_STEPS = 8;

/** Follows the input through the operators that prepare it. */
export function entranceOf({ layers }: ModelInspection, input: string): Entrance {
  const arithmetic: string[] = [];
  let line: Line | null = { factor: 1, offset: 0 };
  let transposes = false;
  let tensor = input;
  for (let step = 0; step < ENTRANCE_STEPS; step += 1) {
    const users = layers.filter(({ inputs }) => inputs.includes(tensor));
    const [user] = users;
    if (!user) break;
    const [next] = user.outputs;
    // A branch is already the network: nothing prepares two things at once.
    const prepares = users.length === 1 && (ARITHMETIC.has(user.op) || MOVES.has(user.op));
    if (!prepares || next === undefined) {
      return { arithmetic, centre: centreOf(line), transposes, first: user.op };
    }
    if (ARITHMETIC.has(user.op)) {
      arithmetic.push(user.op);
      line = line && applied(line, user);
    }
    if (user.op === 'Transpose') transposes = true;
    tensor = next;
  }
  return { arithmetic, centre: centreOf(line), transposes, first: null };
}

/** What arithmetic has made of a value so far: factor · value + offset, averaged over the channels. */
interface Line {
  readonly factor: number;
  readonly offset: number;
}

function applied({ factor, offset }: Line, { op, operand }: Layer): Line | null {
  if (operand === null) return null;
  const mean = operand.reduce((sum, value) => sum + value, 0) / operand.length;
  if (op === 'Add') return { factor, offset: offset + mean };
  if (op === 'Sub') return { factor, offset: offset - mean };
  const by = op === 'Div' ? 1 / mean : mean;
  return { factor: factor * by, offset: offset * by };
}

/** Where the line crosses zero; a mere factor centres nothing, but says by its size what it is a factor of. */
function centreOf(line: Line | null): number | null {
  if (!line) return null;
  const { factor, offset } = line;
  const centre = offset === 0 ? Math.abs(0.5 / factor) : -offset / factor;
  return Number.isFinite(centre) && centre > 0 ? centre : null;
}

/** True when the graph has one of the operators. */
export function hasOperator({ ops }: ModelInspection, ...names: readonly string[]): boolean {
  return ops.some(({ op }) => names.includes(op));
}

/** As much of a text as may name a network. */
const MOST_NAME = 500;

/** Every name the file gives itself, lower-case: its own, the graph's, and those in its metadata. */
export function namesOf({ graphName, metadata }: ModelInspection, fileName: string): string {
  // Long texts are lists of classes, which name what the network finds and not how it is fed.
  const said = metadata.map(({ key, value }) => `${key} ${value.slice(0, MOST_NAME)}`);
  return [fileName, graphName, ...said].join(' ').toLowerCase();
}

/** Class names that the file carries: a JSON list or dictionary, or Python’s, under one of the usual keys of its metadata. */
export function labelsInside({ metadata }: ModelInspection): readonly string[] | null {
  for (const { key, value } of metadata) {
    if (!/^(classes|labels|names|class_names)$/i.test(key)) continue;
    const names = writtenNames(value);
    if (names) return names;
  }
  return null;
}
