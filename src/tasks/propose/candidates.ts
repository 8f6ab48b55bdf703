import type { ModelInspection } from '../../core/onnx/types.ts';
import { hasOperator, type Side } from './graph.ts';
import { saidBy } from './output-names.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';

/** A detector that gives every candidate: N boxes of four numbers, and N rows of scores beside. */
export function readCandidates(
  inspection: ModelInspection,
  outputs: readonly Output[],
  names: string,
): Reading | null {
  if (hasOperator(inspection, 'NonMaxSuppression')) return null;
  const rows = outputs.filter(({ sides }) => countOf(sides) !== null);
  const boxes = preferred(
    rows.filter(({ sides }) => sides.at(-1) === 4),
    'boxes',
  );
  if (!boxes) return null;
  const scores = preferred(
    rows.filter(
      (output) =>
        output !== boxes &&
        countOf(output.sides) === countOf(boxes.sides) &&
        saidBy(output.name) !== 'points' &&
        ((output.sides.at(-1) ?? 2) > 1 || saidBy(output.name) === 'scores'),
    ),
    'scores',
  );
  if (!scores) return null;
  const fixed = countOf(boxes.sides) ?? 0;
  const count = fixed > 0 ? String(fixed) : 'an open number of';
  const classes = scores.sides.at(-1) ?? null;
  const isFace = classes === 2 || names.includes('face');
  const kinds = classes === null ? '' : ` of ${String(classes)} each`;
  return showAsNumbers(outputs, {
    id: 'candidates',
    title: isFace ? 'Face detector before NMS' : 'Detector before NMS',
    flavour: isFace ? 'faces' : 'candidates',
    confidence: 'guess',
    because: `“${boxes.name}” is ${count} boxes and “${scores.name}” ${count} rows of scores${kinds}: boxes and scores before NMS; this version shows them as numbers.${classes === 2 ? ' Two scores are mostly background and face.' : ''}`,
  });
}

/** How many rows there are in [1, N, C] or [N, C]; 0 where N is open, null for another shape. */
function countOf(sides: readonly Side[]): number | null {
  if (sides.length !== 3 && sides.length !== 2) return null;
  const count = sides.at(-2) ?? 0;
  // One row is no list of candidates.
  return count === 1 ? null : count;
}

function preferred(found: readonly Output[], said: 'boxes' | 'scores'): Output | undefined {
  return found.find(({ name }) => saidBy(name) === said) ?? found[0];
}
