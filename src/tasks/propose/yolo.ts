import type { Side } from './graph.ts';
import type { PictureInput } from './picture-input.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';
import type { Ultralytics } from './ultralytics.ts';

/** Pixels between the cells of a YOLO network's three grids. */
const STRIDES = [8, 16, 32];

/** Cells have one candidate each since YOLOX, three before. */
const PER_CELL = [1, 3];

/**
 * A YOLO network: one output with a candidate for every cell of three grids, as [1, N, C] or, since YOLOv8, [1, C, N].
 * The number of cells follows from the picture's size, so that hardly anything else has as many rows.
 *
 * @param names what the file calls itself, in lower case
 * @param exporter what the file says of its export; its word on what the numbers are counts where they fit
 */
export function readYolo(
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
  exporter: Ultralytics | null,
): Reading | null {
  const [output, masks] = outputs;
  const alone = outputs.length === 1 || (outputs.length === 2 && masks?.sides.length === 4);
  if (!output || !alone || output.sides.length !== 3) return null;
  const [, second = null, third = null] = output.sides;
  // An open size leaves the number of candidates open too; then the name must say what it is.
  const open = names.includes('yolo') && (second === null) !== (third === null);
  const shared = masks?.sides[1] ?? 0;
  const told = exporter && second !== null ? toldParts(second - shared, exporter, names) : null;
  const across = isCandidates(third, picture) || (open && third === null) || told !== null;
  if (!across && !open && !isCandidates(second, picture)) return null;
  const [count, columns] = across ? [third, second] : [second, third];
  if (columns === null || columns < 5) return null;
  const { what, title } = told ?? partsOf(columns - shared, across, names);
  const rest =
    shared > 0 ? `, with ${String(shared)} weights of the masks in “${masks?.name ?? ''}”` : '';
  const why = `each of ${countOf(count, picture)}`;
  return showAsNumbers(outputs, {
    id: 'candidates',
    title,
    flavour: 'yolo',
    // A file whose words and shapes disagree is not to be believed in either.
    confidence: exporter && !told ? 'guess' : 'likely',
    because: `“${output.name}” has ${String(columns)} numbers for ${why}: ${what}${rest}, before NMS; this version shows them as numbers.`,
  });
}

function countOf(count: Side, picture: PictureInput): string {
  if (count === null)
    return 'an open number of candidates, and its name or metadata speaks of YOLO';
  return isCandidates(count, picture)
    ? `${String(count)} candidates, as many as the cells of a YOLO network’s three grids for this picture`
    : `${String(count)} candidates`;
}

function isCandidates(count: Side, { width, height }: PictureInput): boolean {
  if (count === null || width === null || height === null) return false;
  const cells = STRIDES.reduce((sum, stride) => sum + (width / stride) * (height / stride), 0);
  return PER_CELL.some((each) => each * cells === count);
}

interface Parts {
  readonly what: string;
  readonly title: string;
}

/** What the exporter's metadata make of a candidate's numbers; null where these are more or fewer. */
function toldParts(
  columns: number,
  { task, classes, pointNumbers }: Ultralytics,
  names: string,
): Parts | null {
  const angle = task === 'obb' ? 1 : 0;
  const points = task === 'pose' ? pointNumbers : 0;
  if (classes === null || columns !== 4 + classes + points + angle) return null;
  const scores = classes === 1 ? 'one score' : `${String(classes)} scores`;
  const ofPoints = points > 0 ? `, ${String(points)} numbers of points` : '';
  const ofAngle = angle > 0 ? ' and the angle of the box' : '';
  const isFace = classes === 1 && names.includes('face');
  return {
    what: `four numbers of a box, ${scores}${ofPoints}${ofAngle}, as the metadata of Ultralytics’ exporter say`,
    title: `${isFace ? 'Face detector' : task === 'pose' ? 'Pose detector' : 'Detector'} before NMS (YOLO)`,
  };
}

/** Four numbers of a box, then scores and points: YOLOv8 has no score of “anything” beside those of the classes. */
function partsOf(columns: number, across: boolean, names: string): Parts {
  const rest = columns - (across ? 4 : 5);
  const base = across
    ? 'four numbers of a box'
    : 'four numbers of a box, one for “anything at all”';
  if (rest === 1 + 17 * 3) {
    return {
      what: `${base}, one score and 17 joints of three numbers, as in COCO`,
      title: 'Pose detector before NMS (YOLO)',
    };
  }
  // Five points of a face: YOLOv5-face gives two numbers for each, YOLOv8-face three.
  if (rest === 1 + 5 * 2 || rest === 1 + 5 * 3) {
    return {
      what: `${base}, five points and a score, as for faces`,
      title: 'Face detector before NMS (YOLO)',
    };
  }
  const scores =
    rest === 1
      ? 'one score'
      : `${String(rest)} scores${rest === 80 ? ', as many as COCO has classes' : ''}`;
  return {
    what: rest === 0 ? base : `${base} and ${scores}`,
    title: `${names.includes('face') && rest <= 2 ? 'Face detector' : 'Detector'} before NMS (YOLO)`,
  };
}
