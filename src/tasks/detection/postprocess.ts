import { AppError } from '../../core/errors.ts';
import { boxToPicture, type InputGeometry } from '../../core/geometry/boxes.ts';
import type { OutputTensors } from '../types.ts';
import type { Detection, DetectionAnswer, DetectionOutput } from './schema.ts';

/**
 * Reads ids [1,N,1], scores [1,N,1] and boxes [1,N,4] as GluonCV's SSD returns them (ssd.py: rows in score
 * order, padded with −1 in every column) and maps the boxes from input pixels to the picture.
 *
 * @throws AppError `engine/bad-output` when an output is missing, sizes disagree, an id has no label, a score is not
 * a probability, or a coordinate is not finite.
 */
export function postprocessDetection(
  outputs: OutputTensors,
  contract: DetectionOutput,
  labels: readonly string[],
  geometry: InputGeometry,
): DetectionAnswer {
  const ids = outputs.get(contract.ids)?.data;
  const scores = outputs.get(contract.scores)?.data;
  const boxes = outputs.get(contract.boxes)?.data;
  const rows = ids?.length ?? 0;
  if (!ids || scores?.length !== rows || boxes?.length !== rows * 4) {
    throw badOutput(
      `${String(rows)} ids, ${String(scores?.length ?? 0)} scores and ${String(boxes?.length ?? 0)} box coordinates`,
    );
  }
  const detections: Detection[] = [];
  for (let row = 0; row < rows; row += 1) {
    const id = ids[row] ?? -1;
    const score = scores[row] ?? -1;
    if (id < 0 || score < 0) continue; // padding
    const label = labels[id];
    const corners = boxes.subarray(row * 4, row * 4 + 4);
    const [x1 = NaN, y1 = NaN, x2 = NaN, y2 = NaN] = corners;
    // float32 may pass 1 by a little; NaN is not below either.
    if (label === undefined || !(score <= 1 + 1e-3) || !corners.every(Number.isFinite)) {
      throw badOutput(`a box of class ${String(id)} with score ${String(score)}`);
    }
    detections.push({
      classIndex: id,
      label,
      score,
      box: boxToPicture([x1, y1, x2, y2], geometry),
    });
  }
  // NaN ids and scores fail both comparisons above and end in badOutput; the sort is stable.
  detections.sort((a, b) => b.score - a.score);
  return { task: 'detection', detections, labels, defaultThreshold: contract.threshold };
}

function badOutput(found: string): AppError {
  return new AppError(
    'engine/bad-output',
    `The model's outputs do not make sense: ${found}. Try the WebAssembly backend or another model.`,
    { retryable: true, details: { found } },
  );
}
