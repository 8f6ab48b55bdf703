import { escapedName } from './names.ts';
import type { TensorInfo } from './types.ts';

/** How many names a sentence bears. */
const SHOWN = 8;

/** What a model's declaration says of its graph. */
export interface DeclaredEnds {
  /** Name of the one input. */
  readonly input: string;
  /** Of the tensor that it is given. */
  readonly dims: readonly number[];
  /** Names that must be there. */
  readonly outputs: readonly string[];
}

/** What takes part in the comparison: of a session as of a file that nobody runs. */
export interface GraphEnds {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly Pick<TensorInfo, 'name'>[];
}

/**
 * What is wrong between a declaration and a graph, to go on after “the model”, or null where they fit: the graph must
 * have the input and the outputs that are named, want nothing but this input, and the input must take what pictures are
 * made into. What the graph leaves open (a side, a rank, an element type that is not told) fits anything.
 */
export function misfit(declared: DeclaredEnds, { inputs, outputs }: GraphEnds): string | null {
  const { dims } = declared;
  const input = inputs.find(({ name }) => name === declared.input);
  if (!input) return `has no input “${declared.input}”; it has ${namesOf(inputs)}`;
  const missing = declared.outputs.find((name) => !outputs.some((has) => has.name === name));
  if (missing !== undefined) return `has no output “${missing}”; it has ${namesOf(outputs)}`;
  const others = inputs.filter((other) => other !== input);
  if (others.length > 0) {
    return `wants more than the picture in “${input.name}”: ${namesOf(others)}`;
  }
  if (takes(input, dims)) return null;
  return `was declared to take float32 pictures of ${dims.join(' × ')}; its input “${input.name}” takes ${describe(input)}`;
}

function takes({ elementType, shape }: TensorInfo, dims: readonly number[]): boolean {
  if (elementType !== 'float32' && elementType !== 'unknown') return false;
  // No sides at all is also what the runtime says of an unknown rank.
  if (shape === null || shape.length === 0) return true;
  return (
    shape.length === dims.length &&
    shape.every((side, axis) => !isFixed(side) || side === dims[axis])
  );
}

/** An open side has a name; without one it is null, or −1, which the runtime gives back as an unsigned number. */
function isFixed(side: number | string | null): side is number {
  return typeof side === 'number' && side > 0 && side <= 0x7fffffff;
}

function describe({ elementType, shape }: TensorInfo): string {
  const sides = (shape ?? []).map((side) => (isFixed(side) ? String(side) : 'any'));
  return sides.length === 0 ? elementType : `${elementType} of ${sides.join(' × ')}`;
}

function namesOf(tensors: GraphEnds['outputs']): string {
  if (tensors.length === 0) return 'none';
  const shown = tensors.slice(0, SHOWN).map(({ name }) => escapedName(name));
  const more = tensors.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
