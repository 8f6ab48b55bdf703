import { isInteger } from '../../core/onnx/proto/element-types.ts';
import type { Side } from './graph.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';

/** A detector that keeps more boxes than this has not chosen among them. */
const MOST_KEPT = 1000;

/**
 * A detector that has chosen its boxes, in another form than the detector task reads: rows of corners, score and
 * class in one output, or corners (and score) beside whole numbers for the classes.
 */
export function readSelected(outputs: readonly Output[]): Reading | null {
  const rows = outputs.find(({ sides }) => isListOf(sides, outputs.length === 1 ? [6] : [4, 5]));
  const classes = outputs.find(({ elementType, sides }) => {
    return isInteger(elementType) && sides.length <= 2;
  });
  if (!rows || (outputs.length > 1 && !classes)) return null;
  const each = rows.sides.at(-1) ?? 0;
  const what =
    each === 6
      ? 'four corners, a score and a class'
      : each === 5
        ? 'four corners and a score'
        : 'four corners';
  const beside = classes ? `, with whole numbers for the classes in “${classes.name}”` : '';
  return showAsNumbers(outputs, {
    id: 'selected',
    title: 'Detector, as numbers',
    flavour: 'candidates',
    confidence: 'guess',
    because: `“${rows.name}” is a list of rows of ${String(each)} numbers, as detectors give for each box that they keep: ${what}${beside}. In this form they are shown as numbers.`,
  });
}

/** [N, C] or [1, N, C] with few rows, or an open number of them. */
function isListOf(sides: readonly Side[], lengths: readonly number[]): boolean {
  if (sides.length !== 2 && sides.length !== 3) return false;
  const count = sides.at(-2) ?? null;
  return (
    lengths.includes(sides.at(-1) ?? 0) && (count === null || (count > 1 && count <= MOST_KEPT))
  );
}
