import type { AttributeProto } from '../proto/attribute-proto.ts';
import { productOf } from '../proto/tensor-proto.ts';
import type { TensorProto } from '../proto/tensor-proto.ts';
import { constant, fullShape, shaped, UNKNOWN } from './value.ts';
import type { Side, Value } from './value.ts';

/** What a rule knows of one node: its attributes, and what was inferred of its inputs. */
export interface Operator {
  readonly op: string;
  readonly attributes: readonly AttributeProto[];
  /** How many there are; of those left out too. */
  readonly outputs: number;
  /** In the node's order; an input left out is null. */
  readonly inputs: readonly (Value | null)[];
  /** Version of the operator set the node belongs to. */
  readonly opset: number;
  /** A tensor of the file as a value; what an attribute holds. */
  readonly stored: (tensor: TensorProto) => Value;
}

/** Infers a node's outputs, in order; outputs that a rule does not name are unknown. */
export type Rule = (operator: Operator) => readonly Value[];

/** Rules by operator type. */
export type RuleTable = Readonly<Record<string, Rule>>;

/** What is known of an input; unknown when it is left out. */
export function input({ inputs }: Operator, index: number): Value {
  return inputs[index] ?? UNKNOWN;
}

/** Whether the node gives this input at all. */
export function has({ inputs }: Operator, index: number): boolean {
  return (inputs[index] ?? null) !== null;
}

/** The shape of an input. */
export function shapeOf(operator: Operator, index: number): readonly Side[] | null {
  return input(operator, index).shape;
}

/** An attribute; undefined when it is not there. */
export function attribute(
  { attributes }: Pick<Operator, 'attributes'>,
  name: string,
): AttributeProto | undefined {
  return attributes.find((one) => one.name === name);
}

/** A whole-number attribute. */
export function int(operator: Operator, name: string, fallback: number): number {
  return attribute(operator, name)?.int ?? fallback;
}

/** A list of whole numbers; null when the attribute is not there. */
export function ints(operator: Operator, name: string): readonly number[] | null {
  return attribute(operator, name)?.ints ?? null;
}

/** A text attribute. */
export function text(operator: Operator, name: string, fallback: string): string {
  return attribute(operator, name)?.text ?? fallback;
}

/** How a list of sizes or axes is given. */
export type Given = 'absent' | 'unknown' | readonly number[];

/** A list that older operator sets give as an attribute and newer ones as an input, which may not be known. */
export function listFrom(operator: Operator, index: number, attribute: string): Given {
  if (has(operator, index)) return input(operator, index).values ?? 'unknown';
  return ints(operator, attribute) ?? 'absent';
}

/** A value's elements in another shape, as Reshape and its kin make it. */
export function viewed(value: Value, shape: readonly Side[] | null): Value {
  const view = shaped(shape, value.integer);
  const full = fullShape(view);
  if (value.values === null || full === null || productOf(full) !== value.values.length)
    return view;
  return constant(full, value.values, value.integer);
}
