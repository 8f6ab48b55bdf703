import type { Side } from './graph.ts';
import { saidBy } from './output-names.ts';
import type { PictureInput } from './picture-input.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';

/** Two numbers for each of the 68, 98 and 106 points that faces are usually annotated with. */
const FACE_LENGTHS: readonly Side[] = [136, 196, 212];

/** Three numbers for each of the 468 points of a face's mesh, or 478 with the irises. */
const MESH_LENGTHS: readonly Side[] = [1404, 1434];

/** The 21 points of a hand, of two or three numbers each. */
const HAND_LENGTHS: readonly Side[] = [42, 63];

/** The 17 joints of a person that COCO annotates, of two or three numbers each. */
const JOINT_LENGTHS: readonly Side[] = [34, 51];

/** Sides of a cut-out face or person, in pixels. */
const SMALLEST = 64;
const LARGEST = 256;
/** Classifiers of 196 or so classes see more than this; networks for the points of a face do not. */
const LARGEST_FACE = 192;

/** Lists of more points than this are something else. */
const MOST_POINTS = 1000;

/** How a network's points may be shown, and whether nothing else is as likely. */
export interface Points {
  readonly reading: Reading;
  /** By name or shape; otherwise the numbers may as well be classes. */
  readonly outranks: boolean;
}

/**
 * An output that is the places of points: by its name, by the network's, by its shape, or by a length that such
 * networks have.
 *
 * @param names what the file calls itself, in lower case
 */
export function readPoints(
  output: Output,
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
): Points | null {
  const count = numbersOf(output.sides);
  if (count === null) return null;
  const { width, height } = picture;
  const isCut = width !== null && width === height && width >= SMALLEST && width <= LARGEST;
  const isMesh = MESH_LENGTHS.includes(count);
  const isFace = isMesh || FACE_LENGTHS.includes(count);
  const isHand = HAND_LENGTHS.includes(count) && outputs.length > 1;
  const usual = isFace || isHand || JOINT_LENGTHS.includes(count);
  const said = saidBy(output.name);
  // MXNet calls every last layer fc1, whatever it gives.
  if (said !== null && said !== 'points' && output.name !== 'fc1') return null;
  const named = said === 'points' || (usual && saidBy(names) === 'points');
  const listed = isList(output.sides) && count >= 10 && count <= MOST_POINTS * 3;
  const whole = count >= 4 && (count % 2 === 0 || count % 3 === 0);
  if (named ? !whole : !listed && !(usual && isCut)) return null;
  const isJoints =
    JOINT_LENGTHS.includes(count) ||
    /(?<![a-z])pose|joint|body|person/i.test(`${output.name} ${names}`);
  const what = isJoints
    ? 'joints of a person'
    : isHand
      ? 'a hand, or other keypoints'
      : 'face landmarks or other keypoints';
  const outranks = named || listed || isMesh || isHand || (isFace && (width ?? 0) <= LARGEST_FACE);
  const why = named
    ? 'as its name says'
    : listed
      ? 'to judge by their arrangement'
      : 'to judge by their number and the picture’s size; it may as well be a classifier';
  const reading = showAsNumbers(outputs, {
    id: 'points',
    title: isJoints ? 'Joints' : isHand ? 'Hand landmarks' : 'Face landmarks',
    flavour: isJoints ? 'joints' : 'points',
    confidence: named ? 'likely' : 'guess',
    because: `“${output.name}” is ${String(count)} numbers: the places of ${divided(output.sides, count)} (${what}), ${why}. They are shown as numbers.`,
  });
  return { reading, outranks };
}

/** The sides that are not 1, without the batch. */
function longSides(sides: readonly Side[]): readonly Side[] {
  const own = sides.length === 1 ? sides : sides.slice(1);
  return own.filter((side) => side !== 1);
}

/** [1, N, 2], [1, 1, N, 3] or the like: two or three numbers for each point. */
function isList(sides: readonly Side[]): boolean {
  const [count = null, each = null, ...more] = longSides(sides);
  return more.length === 0 && count !== null && (each === 2 || each === 3);
}

/** How many numbers there are in a row or a list of points; null where that is open or where they are a map. */
export function numbersOf(sides: readonly Side[]): Side {
  const long = longSides(sides);
  if (long.length > 1 && !isList(sides)) return null;
  return long.reduce<Side>((all, side) => (all === null || side === null ? null : all * side), 1);
}

function divided(sides: readonly Side[], count: number): string {
  const last = sides.at(-1) ?? null;
  const by = (size: number) => `${String(count / size)} points`;
  if (isList(sides) && last !== null) return by(last);
  if (count % 2 !== 0 || MESH_LENGTHS.includes(count)) return `${by(3)} of three numbers each`;
  return count % 3 === 0 ? `${by(2)}, or of ${String(count / 3)} with three numbers each` : by(2);
}
