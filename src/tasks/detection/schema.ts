import * as v from 'valibot';
import type { Box } from '../../core/geometry/boxes.ts';

const nameSchema = v.pipe(v.string(), v.nonEmpty());

/**
 * A detector with NMS in its graph (GluonCV's ids, scores, bboxes; padded with −1 rows; boxes in input pixels).
 */
export const detectionOutputSchema = v.strictObject({
  ids: nameSchema,
  scores: nameSchema,
  boxes: nameSchema,
  nms: v.literal('in-graph'),
  /** Score at which boxes are shown at first, 0..1; the person can move it. */
  threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

export type DetectionOutput = v.InferOutput<typeof detectionOutputSchema>;

export interface Detection {
  readonly classIndex: number;
  readonly label: string;
  /** 0..1 */
  readonly score: number;
  /** Pixels of the upright picture. */
  readonly box: Box;
}

/** Every box the network kept, best first; a threshold is the viewer's business. */
export interface DetectionAnswer {
  readonly task: 'detection';
  readonly detections: readonly Detection[];
  readonly labels: readonly string[];
  readonly defaultThreshold: number;
}
