import type { ModelInspection } from '../../core/onnx/types.ts';
import { hasOperator, type Side } from './graph.ts';
import { saidBy } from './output-names.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';

/** Rows of boxes and of what lies beside them, for one size of cells. */
interface Level {
  readonly boxes: Output;
  readonly scores: Output;
  /** The outputs that have as many rows. */
  readonly beside: readonly Output[];
}

/** Fewer rows than this, of more than four numbers, are no candidates. */
const MANY = 64;

/** Five points of a face: eyes, nose, corners of the mouth. */
const FACE_POINTS = 5 * 2;

/** A detector that gives every candidate: N boxes of four numbers, and N rows of scores beside. */
export function readCandidates(
  inspection: ModelInspection,
  outputs: readonly Output[],
  names: string,
): Reading | null {
  if (hasOperator(inspection, 'NonMaxSuppression')) return null;
  const rows = outputs.filter(({ sides }) => countOf(sides) !== null);
  const level = levelOf(
    rows,
    rows.filter(({ sides }) => sides.at(-1) === 4),
  );
  const found = level ?? anchoredLevel(rows);
  if (!found) return null;
  const { boxes, scores, beside } = found;
  const fixed = countOf(boxes.sides) ?? 0;
  const count = fixed > 0 ? String(fixed) : 'an open number of';
  const classes = scores.sides.at(-1) ?? null;
  const pointed = classes === 1 && beside.some(({ sides }) => sides.at(-1) === FACE_POINTS);
  const isFace = classes === 2 || pointed || !level || names.includes('face');
  const kinds =
    classes === null ? '' : classes === 1 ? ' of one each' : ` of ${String(classes)} each`;
  const scales = rows.filter(({ sides }) => sides.at(-1) === 4).length;
  const more = level && scales > 1 ? `, and so on at ${String(scales)} scales` : '';
  const numbers = boxes.sides.at(-1) ?? 4;
  const what = level ? 'boxes' : `boxes with points, ${String(numbers)} numbers each,`;
  const why =
    classes === 2
      ? ' Two scores are mostly background and face.'
      : isFace && (pointed || !level)
        ? ' Boxes with a few points and one score are mostly faces.'
        : '';
  return showAsNumbers(outputs, {
    id: 'candidates',
    title: isFace ? 'Face detector before NMS' : 'Detector before NMS',
    flavour: isFace ? 'faces' : 'candidates',
    confidence: 'guess',
    because: `“${boxes.name}” is ${count} ${what} and “${scores.name}” ${count} rows of scores${kinds}${more}: boxes and scores before NMS; this version shows them as numbers.${why}`,
  });
}

function levelOf(rows: readonly Output[], found: readonly Output[]): Level | null {
  const boxes = found.find(({ name }) => saidBy(name) === 'boxes') ?? found[0];
  if (!boxes) return null;
  const beside = rows.filter(
    (output) => output !== boxes && countOf(output.sides) === countOf(boxes.sides),
  );
  const others = beside.filter(({ name }) => saidBy(name) !== 'points');
  const scores =
    others.find(({ name }) => saidBy(name) === 'scores') ??
    // Where names say nothing: ten numbers beside one or two are a face's points.
    others.find(({ sides }) => (sides.at(-1) ?? 3) <= 2) ??
    others[0];
  return scores ? { boxes, scores, beside } : null;
}

/** BlazeFace and its kin: box and points in one row, one score in another. */
function anchoredLevel(rows: readonly Output[]): Level | null {
  const [first, second] = rows;
  if (rows.length !== 2 || !first || !second) return null;
  const [scores, boxes] = first.sides.at(-1) === 1 ? [first, second] : [second, first];
  const numbers = boxes.sides.at(-1) ?? 0;
  const count = countOf(boxes.sides) ?? 0;
  const fits = scores.sides.at(-1) === 1 && numbers > 4 && numbers % 2 === 0;
  if (!fits || count < MANY || countOf(scores.sides) !== count) return null;
  return { boxes, scores, beside: [scores] };
}

/** How many rows there are in [1, N, C] or [N, C]; 0 where N is open, null for another shape. */
function countOf(sides: readonly Side[]): number | null {
  if (sides.length !== 3 && sides.length !== 2) return null;
  const count = sides.at(-2) ?? 0;
  // One row is no list of candidates.
  return count === 1 ? null : count;
}
