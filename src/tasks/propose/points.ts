import type { Side } from './graph.ts';
import { saidBy } from './output-names.ts';
import type { PictureInput } from './picture-input.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';

/** Two numbers for each of the 68, 98 and 106 points that faces are usually annotated with. */
const FACE_LENGTHS: readonly Side[] = [136, 196, 212];

/** The 17 joints of a person that COCO annotates, of two or three numbers each. */
const JOINT_LENGTHS: readonly Side[] = [34, 51];

/** Sides of a cut-out face or person, in pixels. */
const SMALLEST = 64;
const LARGEST = 256;

/**
 * An output that is the places of points: by its name, by the network's, or by a length that such networks have.
 *
 * @param names what the file calls itself, in lower case
 */
export function readPoints(
  output: Output,
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
): Reading | null {
  const count = numbersOf(output.sides);
  if (count === null) return null;
  const { width, height } = picture;
  const isCut = width !== null && width === height && width >= SMALLEST && width <= LARGEST;
  const usual = FACE_LENGTHS.includes(count) || JOINT_LENGTHS.includes(count);
  const named = saidBy(output.name) === 'points' || (usual && saidBy(names) === 'points');
  const whole = count >= 4 && (count % 2 === 0 || count % 3 === 0);
  if (named ? !whole : !(usual && isCut)) return null;
  const isJoints =
    JOINT_LENGTHS.includes(count) ||
    /(?<![a-z])pose|joint|body|person/i.test(`${output.name} ${names}`);
  const what = isJoints ? 'joints of a person' : 'face landmarks or other keypoints';
  const why = named
    ? 'as its name says'
    : 'to judge by their number and the picture’s size; it may as well be a classifier';
  return showAsNumbers(outputs, {
    id: 'points',
    title: isJoints ? 'Joints' : 'Face landmarks',
    flavour: isJoints ? 'pose' : 'points',
    confidence: named ? 'likely' : 'guess',
    because: `“${output.name}” is ${String(count)} numbers: the places of ${divided(output.sides, count)} (${what}), ${why}. They are shown as numbers.`,
  });
}

/** How many numbers there are in [1, N], [1, N, 2] or the like; null where that is open or where they are a map. */
function numbersOf(sides: readonly Side[]): Side {
  const last = sides.at(-1) ?? null;
  const isList = sides.length === 3 && last !== null && last >= 2 && last <= 3;
  const isRow = sides.length <= 2 || sides.slice(2).every((side) => side === 1);
  if (!isList && !isRow) return null;
  const own = sides.length === 1 ? sides : sides.slice(1);
  return own.reduce<Side>((all, side) => (all === null || side === null ? null : all * side), 1);
}

function divided(sides: readonly Side[], count: number): string {
  const last = sides.length === 3 ? sides[2] : null;
  const by = (size: number) => `${String(count / size)} points`;
  if (last === 2 || last === 3) return by(last);
  if (count % 2 !== 0) return `${by(3)} of three numbers each`;
  return count % 3 === 0 ? `${by(2)}, or of ${String(count / 3)} with three numbers each` : by(2);
}
