import { AppError } from '../../src/core/errors.ts';
import { misfit } from '../../src/core/onnx/misfit.ts';
import type { ModelInspection, TensorInfo } from '../../src/core/onnx/types.ts';
import { outputNames, type ModelEntry } from '../../src/tasks/registry.ts';
import { goldenDims } from '../../src/tasks/shared/golden-input.ts';
import type { Labels } from './labels.ts';

/*
 * Whether an entry fits its model file. A page would find out only after the download, when it opens the model, on
 * every device.
 */

/**
 * What the engine would say against the entry when it opens the file, by the engine's own comparison; null for nothing.
 * A sentence without its subject: “has no output …”.
 */
export function entryMisfit(entry: ModelEntry, inspection: ModelInspection): string | null {
  const { input } = entry;
  const golden = entry.golden?.outputs.map(({ name }) => name) ?? [];
  const outputs = [...outputNames(entry), ...golden];
  const declared = { input: input.name, dims: goldenDims(input), outputs };
  return misfit(declared, inspection);
}

/**
 * How a classifier's scores and its labels differ, or null where they do not or the file leaves it open: every picture
 * would end in an error. A sentence without its subject.
 * @param labels how many there are, and what has them.
 */
export function labelsMisfit(
  entry: ModelEntry,
  { outputs }: ModelInspection,
  { count, origin }: Pick<Labels, 'count' | 'origin'>,
): string | null {
  if (entry.task !== 'classification') return null;
  const { scores: name } = entry.output;
  const scores = scoreCount(outputs.find((output) => output.name === name)?.shape ?? null);
  if (scores === null || scores === count) return null;
  return `gives ${String(scores)} scores, but ${origin} has ${String(count)} lines`;
}

/**
 * How many scores there are for one picture; null where that is not told. The first side is the batch, of which a
 * picture is one, unless there is nothing but it.
 */
function scoreCount(shape: TensorInfo['shape']): number | null {
  const [first, ...rest] = shape ?? [];
  let behind = 1;
  for (const side of rest) {
    if (typeof side !== 'number' || side <= 0) return null;
    behind *= side;
  }
  if (behind > 1) return behind;
  return typeof first === 'number' && first > 0 ? first : null;
}

/**
 * Refuses what would be added and run nowhere.
 * @param contractFile for the sentence.
 * @throws AppError `manifest/bad-contract`, `manifest/bad-labels`.
 */
export function requireFit(
  entry: ModelEntry,
  inspection: ModelInspection,
  labels: Labels,
  contractFile: string,
): void {
  const wrong = entryMisfit(entry, inspection);
  if (wrong !== null) {
    throw new AppError(
      'manifest/bad-contract',
      `The contract ${contractFile} does not fit the file: the model ${wrong}. Nothing was added; mend the contract, or begin with the proposal that add prints without --contract.`,
      { details: { wrong } },
    );
  }
  const few = labelsMisfit(entry, inspection, labels);
  if (few === null) return;
  throw new AppError(
    'manifest/bad-labels',
    `The model ${few}. Nothing was added; give --labels a file with a line for each score.`,
    { details: { labels: labels.count } },
  );
}
