import type { InferenceSession } from 'onnxruntime-web';
import { AppError } from '../../core/errors.ts';
import { misfit } from '../../core/onnx/misfit.ts';
import type { TensorInfo } from '../../core/onnx/types.ts';
import { outputNames, type ModelEntry } from '../../tasks/registry.ts';

/** What a session tells of its graph. */
type Graph = Pick<InferenceSession, 'inputMetadata' | 'outputNames'>;

/**
 * Holds a declaration against the graph, before anything is run.
 * @param dims of the tensor that the declaration leads to.
 * @throws AppError `engine/contract-mismatch`.
 */
export function checkContract(graph: Graph, entry: ModelEntry, dims: readonly number[]): void {
  const inputs = graph.inputMetadata.map(infoOf);
  const outputs = graph.outputNames.map((name) => ({ name }));
  const declared = { input: entry.input.name, dims, outputs: outputNames(entry) };
  const what = misfit(declared, { inputs, outputs });
  if (what === null) return;
  throw new AppError(
    'engine/contract-mismatch',
    `The model ${entry.title} ${what}. Its manifest does not fit it; choose another model.`,
    { details: { id: entry.id } },
  );
}

function infoOf(value: InferenceSession.ValueMetadata): TensorInfo {
  const { name } = value;
  return value.isTensor
    ? { name, elementType: value.type, shape: value.shape }
    : { name, elementType: 'no tensor', shape: null };
}
