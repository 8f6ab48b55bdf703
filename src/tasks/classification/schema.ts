import * as v from 'valibot';

/** A classifier's output: one row of scores, one a label. */
export const classificationOutputSchema = v.strictObject({
  scores: v.pipe(v.string(), v.nonEmpty()),
  /** `softmax` for logits (all GluonCV classifiers); `none` when the network ends in probabilities. */
  activation: v.picklist(['softmax', 'none']),
});

export type ClassificationOutput = v.InferOutput<typeof classificationOutputSchema>;

export interface ClassProbability {
  readonly index: number;
  readonly label: string;
  /** 0..1 */
  readonly probability: number;
}

/** The most probable classes, best first: at most {@link TOP_K}. */
export interface ClassificationAnswer {
  readonly task: 'classification';
  readonly classes: readonly ClassProbability[];
  /** How many classes the model knows. */
  readonly known: number;
}

export const TOP_K = 5;
