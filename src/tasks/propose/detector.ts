import type { ModelInspection } from '../../core/onnx/types.ts';
import { hasOperator, labelsInside } from './graph.ts';
import type { PictureInput } from './picture-input.ts';
import type { Output, Reading } from './reading.ts';
import type { LabelSetId } from './types.ts';

/** Score at which boxes are shown at first: GluonCV's own demos use it. */
const THRESHOLD = 0.5;

interface Triple {
  readonly ids: string;
  readonly scores: string;
  readonly boxes: string;
  /** How the three were told apart. */
  readonly by: 'names' | 'order';
  /** CenterNet's [1, K] instead of [1, K, 1]. */
  readonly flat: boolean;
}

/** Ids, scores and boxes of a detector that has its selection in the graph; null when there are no such outputs. */
export function readDetector(
  inspection: ModelInspection,
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
): Reading | null {
  const triple = findTriple(outputs);
  if (!triple) return null;
  const classes = countClasses(inspection, picture);
  const labelSet = labelSetOf(classes, names);
  const how =
    triple.by === 'names'
      ? 'their names say which is which'
      : `which is which follows from GluonCV’s order (${triple.flat ? 'scores, ids, boxes' : 'ids, scores, boxes'}) and is to be checked`;
  const known =
    classes === null
      ? 'How many classes it knows cannot be read from the file.'
      : `Its layers speak of ${String(classes)} classes.`;
  return {
    id: 'detection',
    task: 'detection',
    output: {
      ids: triple.ids,
      scores: triple.scores,
      boxes: triple.boxes,
      nms: 'in-graph',
      threshold: THRESHOLD,
    },
    title: triple.flat ? 'CenterNet detector' : 'Detector',
    flavour: 'detector',
    confidence: triple.by === 'names' ? 'sure' : 'likely',
    because: `The outputs hold one class, one score and four corners for each box; ${how}. ${known}`,
    classes: classes ?? (labelSet === 'coco' ? 80 : labelSet === 'voc' ? 20 : null),
    labelSet,
  };
}

function findTriple(outputs: readonly Output[]): Triple | null {
  const [boxes, ...more] = outputs.filter(({ sides }) => sides.length === 3 && sides[2] === 4);
  // Boxes at several scales are candidates of which nothing was chosen.
  if (!boxes || more.length > 0) return null;
  const rows = boxes.sides[1] ?? null;
  const columns = outputs.filter(({ name, sides }) => {
    const fits = rows === null || (sides[1] ?? rows) === rows;
    const narrow = sides.length === 2 || (sides.length === 3 && sides[2] === 1);
    return name !== boxes.name && fits && narrow;
  });
  const [first, second] = columns;
  if (!first || !second || columns.length > 2) return null;
  const flat = first.sides.length === 2;
  const isIds = ({ name, elementType }: Output) =>
    /(^|[^a-z])ids?([^a-z]|$)|class|label|categor/i.test(name) || elementType.includes('int');
  const isScores = ({ name }: Output) => /score|prob|conf/i.test(name);
  const told = (ids: Output, scores: Output): Triple => ({
    ids: ids.name,
    scores: scores.name,
    boxes: boxes.name,
    by: 'names',
    flat,
  });
  if (isScores(second) !== isScores(first)) {
    return isScores(second) ? told(first, second) : told(second, first);
  }
  if (isIds(first) !== isIds(second)) {
    return isIds(first) ? told(first, second) : told(second, first);
  }
  // MXNet's exporter turns CenterNet's order round.
  return { ...(flat ? told(second, first) : told(first, second)), by: 'order' };
}

/**
 * Classes without the background, from the shapes of the layers that score them: Softmax over classes and background
 * (SSD, R-CNN), three anchors × (classes + 5) channels (YOLOv3), or a heatmap for each class at a quarter of the
 * picture's size (CenterNet).
 */
function countClasses(inspection: ModelInspection, { width }: PictureInput): number | null {
  const inside = labelsInside(inspection);
  if (inside) return inside.length;
  const { layers } = inspection;
  const scored = layers.findLast(
    ({ op, outputShape }) => op === 'Softmax' && (outputShape?.length ?? 0) >= 2,
  )?.outputShape;
  const softmax = scored?.at(-1);
  if (softmax !== undefined && softmax > 1) return softmax - 1;
  const heads = layers.filter(
    ({ op, outputShape }) => op === 'Conv' && (outputShape?.[1] === 75 || outputShape?.[1] === 255),
  );
  const channels = heads.length >= 3 ? heads[0]?.outputShape?.[1] : undefined;
  if (channels !== undefined) return channels / 3 - 5;
  const heatmap = layers.findLast(
    ({ op, outputShape }) =>
      op === 'Sigmoid' && outputShape?.length === 4 && (outputShape[3] ?? 0) * 4 === width,
  )?.outputShape;
  if (heatmap && hasOperator(inspection, 'TopK')) return heatmap[1] ?? null;
  return null;
}

function labelSetOf(classes: number | null, names: string): LabelSetId | null {
  if (classes === 80) return 'coco';
  if (classes === 20) return 'voc';
  if (classes !== null) return null;
  if (names.includes('coco')) return 'coco';
  return /(^|[^a-z])voc([^a-z]|$)/.test(names) ? 'voc' : null;
}
