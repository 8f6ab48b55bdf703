import { AppError } from '../../core/errors.ts';
import type { OutputTensors } from '../types.ts';
import {
  TOP_K,
  type ClassificationAnswer,
  type ClassificationOutput,
  type ClassProbability,
} from './schema.ts';

/**
 * Top-5 of a classifier. GluonCV's classifiers end in logits; softmax is applied here, in double precision with
 * the maximum subtracted first.
 *
 * @throws AppError `engine/bad-output` when the scores are missing, not one a label, not finite, or (activation
 * `none`) not probabilities.
 */
export function postprocessClassification(
  outputs: OutputTensors,
  contract: ClassificationOutput,
  labels: readonly string[],
): ClassificationAnswer {
  const scores = outputs.get(contract.scores)?.data;
  if (scores?.length !== labels.length) {
    throw new AppError(
      'engine/bad-output',
      `The model gave ${String(scores?.length ?? 0)} scores for ${String(labels.length)} labels. Its manifest does not fit it; choose another model.`,
      { details: { scores: scores?.length ?? 0, labels: labels.length } },
    );
  }
  const probabilities =
    contract.activation === 'softmax' ? softmax(scores) : Float64Array.from(scores);
  if (!probabilities.every(isProbability)) {
    throw new AppError(
      'engine/bad-output',
      'The model gave scores that are not probabilities. Try the WebAssembly backend or another model.',
      { retryable: true },
    );
  }
  const classes = largest(probabilities, TOP_K).map((index): ClassProbability => ({
    index,
    label: labels[index] ?? String(index),
    probability: probabilities[index] ?? 0,
  }));
  return { task: 'classification', classes, known: labels.length };
}

/** The indexes of the `count` largest values, largest first; of equals the earlier one comes first. */
function largest(values: Float64Array, count: number): readonly number[] {
  const kept: number[] = [];
  values.forEach((value, index) => {
    const place = kept.findIndex((other) => value > (values[other] ?? -Infinity));
    if (place >= 0) kept.splice(place, 0, index);
    else if (kept.length < count) kept.push(index);
    if (kept.length > count) kept.pop();
  });
  return kept;
}

/** False for NaN, infinities and logits; float32 may pass 0 and 1 by a little. */
function isProbability(x: number): boolean {
  return x >= -1e-3 && x <= 1 + 1e-3;
}

/** exp(x − max) / Σ; an all-equal row gives equal shares. */
export function softmax(logits: Float32Array): Float64Array {
  const max = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exponentials = Float64Array.from(logits, (x) => Math.exp(x - max));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((x) => x / sum);
}
