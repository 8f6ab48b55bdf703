import type { InferenceSession } from 'onnxruntime-web';
import { AppError } from '../../core/errors.ts';
import { outputNames, type ModelEntry } from '../../tasks/registry.ts';

/** What a session tells of its graph. */
type Graph = Pick<InferenceSession, 'inputMetadata' | 'outputNames'>;

type ValueMetadata = InferenceSession.ValueMetadata;

/**
 * Holds a declaration against the graph, before anything is run: it must have the input and the outputs that are
 * named, and the input must take what pictures are made into.
 * @param dims of the tensor that the declaration leads to.
 * @throws AppError `engine/contract-mismatch`.
 */
export function checkContract(graph: Graph, entry: ModelEntry, dims: readonly number[]): void {
  const { inputMetadata } = graph;
  const input = inputMetadata.find(({ name }) => name === entry.input.name);
  if (!input) {
    const names = inputMetadata.map(({ name }) => name).join(', ');
    throw mismatch(entry, `has no input “${entry.input.name}”; it has ${names}`);
  }
  const missing = outputNames(entry).find((name) => !graph.outputNames.includes(name));
  if (missing !== undefined) {
    throw mismatch(entry, `has no output “${missing}”; it has ${graph.outputNames.join(', ')}`);
  }
  if (!takes(input, dims)) {
    throw mismatch(
      entry,
      `was declared to take float32 pictures of ${dims.join(' × ')}; its input “${input.name}” takes ${describe(input)}`,
    );
  }
}

function takes(input: ValueMetadata, dims: readonly number[]): boolean {
  if (!input.isTensor || input.type !== 'float32') return false;
  const { shape } = input;
  if (shape.length === 0) return true; // this is also what the runtime says of an unknown rank
  return (
    shape.length === dims.length &&
    shape.every((side, axis) => !isFixed(side) || side === dims[axis])
  );
}

/** An open side has a name; without one it is −1, which the runtime gives back as an unsigned number. */
function isFixed(side: number | string): side is number {
  return typeof side === 'number' && side > 0 && side <= 0x7fffffff;
}

function describe(input: ValueMetadata): string {
  if (!input.isTensor) return 'no tensor';
  const sides = input.shape.map((side) => (isFixed(side) ? String(side) : 'any'));
  return sides.length === 0 ? input.type : `${input.type} of ${sides.join(' × ')}`;
}

function mismatch({ id, title }: ModelEntry, what: string): AppError {
  return new AppError(
    'engine/contract-mismatch',
    `The model ${title} ${what}. Its manifest does not fit it; choose another model.`,
    { details: { id } },
  );
}
