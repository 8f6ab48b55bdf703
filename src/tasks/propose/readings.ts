import { AppError } from '../../core/errors.ts';
import type { ModelInspection, TensorInfo } from '../../core/onnx/types.ts';
import { readDetector } from './detector.ts';
import { readCandidates } from './candidates.ts';
import { labelsInside, lastOperator, outputSides, type Side } from './graph.ts';
import { saidBy } from './output-names.ts';
import type { PictureInput } from './picture-input.ts';
import { numbersOf, readPoints, type Points } from './points.ts';
import { showAsNumbers, type Flavour, type Output, type Reading } from './reading.ts';
import { readSelected } from './selected.ts';
import { readSimCc } from './simcc.ts';
import type { Confidence, LabelSetId } from './types.ts';
import { ultralyticsOf } from './ultralytics.ts';
import { readYolo } from './yolo.ts';

/**
 * Every way to understand the outputs, best first. One of them shows them as they are, which always fits.
 * @throws AppError `gate/no-contract` when none is of numbers.
 */
export function readOutputs(
  inspection: ModelInspection,
  picture: PictureInput,
  names: string,
): readonly Reading[] {
  const outputs = inspection.outputs
    .filter(({ elementType }) => elementType !== 'string') // nobody shows them
    .map((output: TensorInfo): Output => ({
      name: output.name,
      elementType: output.elementType,
      sides: outputSides(inspection, output) ?? [],
    }));
  if (outputs.length === 0) {
    throw new AppError(
      'gate/no-contract',
      'The network answers with texts only, and what is shown here are numbers. Choose another file.',
    );
  }
  const raw = rawReading(outputs);
  const detector = readDetector(inspection, outputs, picture, names);
  if (detector) return [detector, raw];
  const candidates = readCandidates(inspection, outputs, names);
  if (candidates) return [candidates];
  const special =
    readYolo(outputs, picture, names, ultralyticsOf(inspection)) ??
    readSimCc(outputs, picture) ??
    readSelected(outputs);
  if (special) return [special];
  const [output] = outputs;
  if (output && outputs.every(({ sides }) => isMap(sides))) {
    const map = readMap(output, outputs, picture, names);
    return [map ?? raw];
  }
  return readRows(inspection, outputs, picture, names);
}

/** Rows of numbers: classes, or what their names say. */
function readRows(
  inspection: ModelInspection,
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
): readonly Reading[] {
  const raw = rawReading(outputs);
  const points = strongest(outputs.map((one) => readPoints(one, outputs, picture, names)));
  const vectors = outputs.filter(({ sides }) => isVector(sides));
  const vector = vectors.find(({ name }) => saidBy(name) === null) ?? vectors[0];
  if (!vector) return [points?.reading ?? raw];
  const classifier = readClassifier(inspection, vector, picture);
  const guessed: Reading = { ...classifier, confidence: 'guess' };
  // Labels in the file, or a Softmax at its end, say more than a name.
  const isCertain =
    outputs.length === 1 &&
    (lastOperator(inspection, vector.name) === 'Softmax' ||
      labelsInside(inspection)?.length === lengthOf(vector.sides));
  if (isCertain) return [classifier, raw];
  if (points?.outranks) return [points.reading, guessed];
  const named = readNamed(vectors, outputs, picture, names);
  if (named) return [named, guessed];
  if (points) return [guessed, points.reading];
  const several = readSeveral(outputs);
  if (several) return [several, guessed];
  if (outputs.length === 1) return [classifier, raw];
  // Beside maps, or a box, a vector may be anything, unless it has as many numbers as a data set has classes.
  const others = outputs.filter((output) => output !== vector);
  const isAlone = others.every(({ sides }) => isVector(sides) && lengthOf(sides) !== BOX);
  const isKnown =
    isAlone ||
    classifier.labelSet !== null ||
    labelsInside(inspection)?.length === classifier.classes;
  return isKnown ? [guessed, raw] : [besideOthers(raw, vector), guessed];
}

/** A box is four numbers. */
const BOX = 4;

function besideOthers(raw: Reading, { name, sides }: Output): Reading {
  const length = String(lengthOf(sides) ?? 'an open number of');
  const because = `“${name}” is one row of ${length} numbers, but there are outputs beside it that a classifier does not have: points, masks or scores, perhaps. All are shown as numbers.`;
  return { ...raw, because };
}

function strongest(found: readonly (Points | null)[]): Points | null {
  const points = found.filter((one) => one !== null);
  return points.find(({ reading }) => reading.confidence === 'likely') ?? points[0] ?? null;
}

/** Rows only: age and gender, or the three angles of a head. As a classifier only one of them could be read. */
function readSeveral(outputs: readonly Output[]): Reading | null {
  if (outputs.length < 2 || !outputs.every(({ sides }) => sides.length === 2)) return null;
  const rows = outputs.map(({ name, sides }) => `“${name}” (${String(sides[1] ?? '?')})`);
  return showAsNumbers(outputs, {
    id: 'several',
    title: 'Several answers',
    flavour: 'raw',
    confidence: 'guess',
    because: `The network answers several questions at once, each with one row of numbers: ${rows.join(', ')}. They are shown as numbers; as a classifier only one of them can be read.`,
  });
}

/** [1, C, H, W] that is neither a row nor a list of points. */
function isMap(sides: readonly Side[]): boolean {
  return (
    sides.length === 4 && !isVector(sides) && (sides.includes(null) || numbersOf(sides) === null)
  );
}

/** [1, N], [1, N, 1, 1] or [N] with N ≥ 2, or N unknown in [1, N]. */
function isVector(sides: readonly Side[]): boolean {
  if (sides.length === 2) return (sides[1] ?? 2) > 1;
  if (sides.length === 1) return (sides[0] ?? 0) > 1;
  const long = sides.slice(1).filter((side) => side !== 1);
  return sides.length > 2 && long.length === 1 && sides[1] !== 1 && (sides[1] ?? 0) > 1;
}

function lengthOf(sides: readonly Side[]): Side {
  return sides.length === 1 ? (sides[0] ?? null) : (sides[1] ?? null);
}

/** How the names of a data set's classes begin, as they are spelt here and there; of CIFAR-10 these are all. */
const FIRST_NAMES = {
  imagenet: /^(n\d{8}\W)?tench\b/i,
  'cifar-10': /^(air)?plane,(automobile|car),bird,cat,deer,dog,frog,horse,ship,truck$/i,
  'cifar-100': /^apples?,aquarium/i,
};

function readClassifier(
  inspection: ModelInspection,
  { name, sides }: Output,
  { width, height }: PictureInput,
): Reading {
  const inside = labelsInside(inspection);
  const classes = lengthOf(sides) ?? inside?.length ?? null;
  /** Whether nothing that the file calls its classes speaks against a data set. */
  const mayBe = (data: keyof typeof FIRST_NAMES) =>
    !inside || FIRST_NAMES[data].test(inside.slice(0, 10).join());
  const ending = lastOperator(inspection, name);
  const probabilities = ending === 'Softmax' || ending === 'Sigmoid';
  const activation = probabilities ? 'none' : 'softmax';
  const end = probabilities
    ? `It ends in ${ending}, so its numbers are probabilities already.`
    : `It does not end in Softmax, so Softmax is applied to its numbers.`;
  const found =
    classes === null
      ? `“${name}” is one row of numbers whose length the file leaves open.`
      : `“${name}” is one row of ${String(classes)} numbers.`;
  const reading = (
    title: string,
    flavour: Flavour,
    confidence: Confidence,
    labelSet: LabelSetId | null,
    what: string,
  ): Reading => ({
    id: 'classification',
    task: 'classification',
    output: { scores: name, activation },
    title,
    flavour,
    confidence,
    because: `${found} ${what} ${end}`,
    classes,
    labelSet,
  });
  if (classes === 1000 && mayBe('imagenet')) {
    const what = 'A thousand classes are ImageNet’s in nearly every published network.';
    return reading('ImageNet classifier', 'imagenet', 'sure', 'imagenet-1k', what);
  }
  if (classes === 10 && (width ?? 32) === 32 && mayBe('cifar-10')) {
    const what = 'Ten classes of a picture of 32 × 32 are CIFAR-10’s, the order of its names too.';
    return reading('CIFAR-10 classifier', 'cifar', 'sure', 'cifar-10', what);
  }
  if (classes === 100 && width === 32 && height === 32 && mayBe('cifar-100')) {
    const what = 'A hundred classes of a picture of 32 × 32 are most likely CIFAR-100’s.';
    return reading('CIFAR-100 classifier', 'cifar', 'likely', null, what);
  }
  const what = 'One number for each class is the usual answer of a classifier.';
  return reading('Classifier', 'classes', classes === null ? 'guess' : 'likely', null, what);
}

/** Lengths of face and other embeddings, and the sides of the aligned faces they are made of. */
const EMBEDDING_LENGTHS: readonly Side[] = [128, 256, 512];
const FACE_SIDES: readonly Side[] = [96, 112, 160];

const SHORTEST_EMBEDDING = 32;

/** Rows that are no classes: an embedding by its name or a face network's size, boxes and scores by their names. */
function readNamed(
  vectors: readonly Output[],
  outputs: readonly Output[],
  { width, height }: PictureInput,
  names: string,
): Reading | null {
  const isFace =
    /face|insight|embed/.test(names) || (FACE_SIDES.includes(width) && width === height);
  for (const { name, sides } of vectors) {
    const length = lengthOf(sides);
    const found = `“${name}” is one row of ${length === null ? 'an open number of' : String(length)} numbers`;
    const said = saidBy(name);
    const isLong = EMBEDDING_LENGTHS.includes(length) && isFace && outputs.length === 1;
    // A thousand numbers are ImageNet's classes, whatever the layer is called; a few describe no face.
    const describes = length === null || (length >= SHORTEST_EMBEDDING && length !== 1000);
    if (isLong || (said === 'embedding' && describes)) {
      const why = isLong ? 'from a picture of a face network’s size' : 'that its name calls so';
      return showAsNumbers(outputs, {
        id: 'embedding',
        title: isFace ? 'Face embedding' : 'Embedding',
        flavour: isFace ? 'embedding' : 'imagenet',
        confidence: 'likely',
        because: `${found} ${why}: an embedding, whose numbers have no names. They are shown as they are.`,
      });
    }
    if (said === 'boxes' || (said === 'scores' && /conf/i.test(name))) {
      return showAsNumbers(outputs, {
        id: 'parts',
        title: said === 'boxes' ? 'Box' : 'Confidences',
        flavour: 'raw',
        confidence: 'guess',
        because: `${found}: by its name ${said === 'boxes' ? 'the place of a box' : 'how sure a detector is'}, not classes. They are shown as numbers.`,
      });
    }
  }
  return null;
}

/** Maps of joints and of the limbs between them, as OpenPose has for COCO, BODY_25 and MPI. */
const JOINTS_AND_LIMBS: readonly (readonly [joints: number, limbs: number])[] = [
  [19, 38],
  [26, 52],
  [16, 28],
];

/** OpenPose and its kin: joints of everybody in the picture at once, and fields that tell whose they are. */
function readBottomUp(outputs: readonly Output[]): Reading | null {
  for (const [joints, limbs] of JOINTS_AND_LIMBS) {
    const heat = outputs.find(({ sides }) => sides[1] === joints);
    const fields = outputs.find(({ sides }) => sides[1] === limbs);
    if (!heat || !fields) continue;
    return showAsNumbers(outputs, {
      id: 'pose',
      title: 'Pose maps of several people',
      flavour: 'dense',
      confidence: 'guess',
      because: `“${heat.name}” has ${String(joints)} maps, one for each joint and one for the background, and “${fields.name}” ${String(limbs)}, two for each limb, which tell whose joints belong together: as OpenPose gives them. Their numbers are shown as they are.`,
    });
  }
  return null;
}

/** Points that faces are usually annotated with. */
const FACE_MAPS: readonly Side[] = [68, 98, 106];

function readMap(
  first: Output,
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
): Reading | null {
  const several = readBottomUp(outputs);
  if (several) return several;
  const [, channels = null, height = null, width = null] = first.sides;
  const shape = first.sides.map((side) => side ?? '?').join(' × ');
  const found = `“${first.name}” is ${shape}`;
  const isSmaller = !(width !== null && picture.width !== null && width * 2 > picture.width);
  const upright = (picture.height ?? 256) * 3 === (picture.width ?? 192) * 4;
  if (
    isSmaller &&
    (/pose|keypoint/.test(names) ||
      outputs.some(({ name }) => saidBy(name) === 'points' || /heat_?map/i.test(name)) ||
      (channels === 17 && upright) ||
      FACE_MAPS.includes(channels))
  ) {
    if (FACE_MAPS.includes(channels)) {
      return showAsNumbers(outputs, {
        id: 'pose',
        title: 'Landmark heatmaps',
        flavour: 'points',
        confidence: 'likely',
        because: `${found}: one map for each point, ${String(channels)} as faces are annotated with. The points are where the maps peak; the maps’ numbers are shown as they are.`,
      });
    }
    return showAsNumbers(outputs, {
      id: 'pose',
      title: 'Pose heatmaps',
      flavour: 'pose',
      confidence: channels === 17 ? 'likely' : 'guess',
      because: `${found}: one map for each joint${channels === 17 ? ' of a person, 17 as in COCO' : ''}, as GluonCV’s pose networks give. The joints are where the maps peak; the maps’ numbers are shown as they are.`,
    });
  }
  if (/mono_?depth|\bdepth\b|disp/.test(names) || outputs.every(({ sides }) => sides[1] === 1)) {
    return showAsNumbers(outputs, {
      id: 'depth',
      title: 'Depth map',
      flavour: /depth|disp/.test(names) || picture.width === 640 ? 'depth' : 'dense',
      confidence: 'guess',
      because: `${found}: one number for each place of the picture, as depth networks give. They are shown as they are.`,
    });
  }
  const sameSize = width !== null && width === picture.width && height === picture.height;
  if (sameSize || isSmaller) {
    return showAsNumbers(outputs, {
      id: 'segmentation',
      title: sameSize ? 'Segmentation scores' : 'Feature maps',
      flavour: 'dense',
      confidence: sameSize ? 'likely' : 'guess',
      because: sameSize
        ? `${found}: for every pixel one score for each class, as segmentation networks give. The scores are shown as they are.`
        : `${found}: ${width === null ? 'maps whose size is known when it runs' : 'maps that are coarser than the picture'}. Their numbers are shown as they are.`,
    });
  }
  return null;
}

function rawReading(outputs: readonly Output[]): Reading {
  return showAsNumbers(outputs, {
    id: 'raw',
    title: 'Raw outputs',
    flavour: 'raw',
    confidence: 'guess',
    because:
      'Whatever the network answers can be shown as it is: shapes, statistics, first and largest values.',
  });
}
