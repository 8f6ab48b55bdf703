import { malformedGraph } from './gate-error.ts';
import type { Wiring } from './graph-order.ts';
import { escapedName } from './names.ts';
import { printedSide } from './numbers.ts';
import type { GraphProto } from './proto/model-proto.ts';
import type { NodeTable } from './proto/node-table.ts';
import type { ValueInfoProto } from './proto/value-info.ts';
import { attribute } from './shapes/operator.ts';
import { fullShape, UNKNOWN } from './shapes/value.ts';
import type { Known, Value } from './shapes/value.ts';
import type { TensorInfo } from './types.ts';

/*
 * What a graph declares of its results is a claim of the file; what follows from its operators is not.
 */

/**
 * Checks that no declared shape contradicts one that is inferred completely. A symbolic or open side contradicts
 * nothing, nor does an empty list of sides, which some exporters write for “not known”, nor a first side where the
 * batch is open and only counts as 1.
 *
 * @throws AppError `gate/malformed-graph` with the name, the declared and the inferred shape
 */
export function checkDeclared(graph: GraphProto, wiring: Wiring, known: Known): void {
  const { fed } = wiring;
  const openBatch = graph.inputs.some(({ name, shape }) => {
    return fed.has(name) && typeof shape?.[0] !== 'number';
  });
  const rounds = isRounded(graph.nodes);
  const check = (what: string, declared: ValueInfoProto) => {
    if (declared.shape === null) return;
    const inferred = fullShape(known[declared.name] ?? UNKNOWN);
    if (inferred === null) return;
    if (!contradicts(declared.shape, inferred, { openBatch, rounds })) return;
    const name = escapedName(graph.names.text(declared.name));
    const shapes = { declared: printed(declared.shape), inferred: printed(inferred) };
    throw malformedGraph(
      `${what} “${name}” is declared ${shapes.declared}, but its operators make it ${shapes.inferred}`,
      { name, ...shapes },
    );
  };
  for (const output of graph.outputs) check('the output', output);
  // What others wrote of inner sizes may be off by more, where one follows from another.
  if (rounds) return;
  for (const inner of graph.declared) check('the result', inner);
}

/**
 * Whether sizes come out of a rounding that runtimes and exporters differ in: pooling with `ceil_mode`, of which
 * versions of ONNX have two formulas, and resizing by a scale, which is float32 to some and float64 to others.
 */
function isRounded(nodes: NodeTable): boolean {
  if (nodes.types.some(({ op }) => op === 'Resize' || op === 'Upsample')) return true;
  const pools = nodes.types.map(({ op }) => op.endsWith('Pool'));
  if (!pools.includes(true)) return false;
  for (let node = 0; node < nodes.count; node += 1) {
    const attributes = nodes.attributes(node);
    if (pools[nodes.type(node).place] !== true) continue;
    if (attribute({ attributes }, 'ceil_mode')?.int === 1) return true;
  }
  return false;
}

interface Tolerance {
  /** The first side only counts as 1. */
  readonly openBatch: boolean;
  /** The sides of a map may be one off. */
  readonly rounds: boolean;
}

/** Batch and channels are never rounded. */
const FIRST_ROUNDED = 2;

function contradicts(
  declared: NonNullable<TensorInfo['shape']>,
  inferred: readonly number[],
  { openBatch, rounds }: Tolerance,
): boolean {
  if (declared.length === 0) return false;
  if (declared.length !== inferred.length) return true;
  return declared.some((side, axis) => {
    if (typeof side !== 'number' || (openBatch && axis === 0)) return false;
    const off = Math.abs(side - (inferred[axis] ?? NaN));
    return off > (rounds && axis >= FIRST_ROUNDED ? 1 : 0);
  });
}

/** “1 × 3 × ?”, at most as long as a sentence bears. */
function printed(shape: NonNullable<TensorInfo['shape']>): string {
  if (shape.length === 0) return 'a single number';
  const sides = shape.slice(0, 8).map((side) => {
    return typeof side === 'string' ? escapedName(side) : side === null ? '?' : printedSide(side);
  });
  return [...sides, ...(shape.length > 8 ? ['…'] : [])].join(' × ');
}

/**
 * An output as it will be: sides that inference knows, and what is declared where it does not reach. An open batch
 * keeps its symbol.
 */
export function completed(declared: TensorInfo, value: Value | undefined): TensorInfo {
  const inferred = value?.shape ?? null;
  if (inferred === null) return declared;
  const claimed = declared.shape?.length === inferred.length ? declared.shape : [];
  const shape = inferred.map((side, axis) => {
    const claim = claimed[axis] ?? null;
    return axis === 0 && typeof claim === 'string' ? claim : (side ?? claim);
  });
  return { ...declared, shape };
}
