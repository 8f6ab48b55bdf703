import type { ModelInspection, TensorInfo } from '../../core/onnx/types.ts';
import { readDetector } from './detector.ts';
import { labelsInside, lastOperator, outputSides, type Side } from './graph.ts';
import type { PictureInput } from './picture-input.ts';
import type { Confidence, LabelSetId, Proposal, TaskContract } from './types.ts';

/** What a network is like, as far as its preparation of a picture goes. */
export type Flavour =
  'imagenet' | 'classes' | 'cifar' | 'embedding' | 'detector' | 'dense' | 'pose' | 'depth' | 'raw';

/** One way to understand a network's outputs. */
export type Reading = TaskContract &
  Pick<Proposal, 'id' | 'title' | 'confidence' | 'because' | 'classes' | 'labelSet'> & {
    readonly flavour: Flavour;
  };

/** An output with what is known of its shape. */
export interface Output {
  readonly name: string;
  readonly elementType: string;
  readonly sides: readonly Side[];
}

/** Every way to understand the outputs, best first. One of them shows them as they are, which always fits. */
export function readOutputs(
  inspection: ModelInspection,
  picture: PictureInput,
  names: string,
): readonly Reading[] {
  const outputs = inspection.outputs.map((output: TensorInfo): Output => ({
    name: output.name,
    elementType: output.elementType,
    sides: outputSides(inspection, output) ?? [],
  }));
  const raw = rawReading(outputs);
  const detector = readDetector(inspection, outputs, picture, names);
  if (detector) return [detector, raw];
  const [output] = outputs;
  if (output && outputs.every(({ sides }) => sides.length === 4 && !isVector(sides))) {
    const map = readMap(output, outputs, picture, names);
    return [map ?? raw];
  }
  const vectors = outputs.filter(({ sides }) => isVector(sides));
  const [vector] = vectors;
  if (!vector) return [raw];
  const classifier = readClassifier(inspection, vector, picture);
  // Beside other outputs a vector may be anything.
  if (outputs.length > 1) return [{ ...classifier, confidence: 'guess' }, raw];
  const embedding = readEmbedding(vector, outputs, picture, names);
  return embedding ? [embedding, { ...classifier, confidence: 'guess' }] : [classifier, raw];
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

function readClassifier(
  inspection: ModelInspection,
  { name, sides }: Output,
  { width }: PictureInput,
): Reading {
  const inside = labelsInside(inspection)?.length ?? null;
  const classes = lengthOf(sides) ?? inside;
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
  if (classes === 1000) {
    const what = 'A thousand classes are ImageNet’s in nearly every published network.';
    return reading('ImageNet classifier', 'imagenet', 'sure', 'imagenet-1k', what);
  }
  if (classes === 10 && (width ?? 32) === 32) {
    const what = 'Ten classes of a picture of 32 × 32 are CIFAR-10’s, the order of its names too.';
    return reading('CIFAR-10 classifier', 'cifar', 'sure', 'cifar-10', what);
  }
  const what = 'One number for each class is the usual answer of a classifier.';
  return reading('Classifier', 'classes', classes === null ? 'guess' : 'likely', null, what);
}

/** Lengths of face and other embeddings, and the sides of the aligned faces they are made of. */
const EMBEDDING_LENGTHS: readonly Side[] = [128, 256, 512];
const FACE_SIDES: readonly Side[] = [96, 112, 160];

function readEmbedding(
  { name, sides }: Output,
  outputs: readonly Output[],
  { width, height }: PictureInput,
  names: string,
): Reading | null {
  const length = lengthOf(sides);
  const isFace =
    /face|insight|embed/.test(names) || (FACE_SIDES.includes(width) && width === height);
  if (!EMBEDDING_LENGTHS.includes(length) || !isFace) return null;
  return tensors(outputs, {
    id: 'embedding',
    title: 'Face embedding',
    flavour: 'embedding',
    confidence: 'likely',
    because: `“${name}” is one row of ${String(length)} numbers from a picture of a face network’s size: an embedding, whose numbers have no names. They are shown as they are.`,
  });
}

function readMap(
  first: Output,
  outputs: readonly Output[],
  picture: PictureInput,
  names: string,
): Reading | null {
  const [, channels = null, height = null, width = null] = first.sides;
  const shape = first.sides.map((side) => side ?? '?').join(' × ');
  const found = `“${first.name}” is ${shape}`;
  const isSmaller = !(width !== null && picture.width !== null && width * 2 > picture.width);
  const upright = (picture.height ?? 256) * 3 === (picture.width ?? 192) * 4;
  if (isSmaller && (/pose|keypoint/.test(names) || (channels === 17 && upright))) {
    return tensors(outputs, {
      id: 'pose',
      title: 'Pose heatmaps',
      flavour: 'pose',
      confidence: channels === 17 ? 'likely' : 'guess',
      because: `${found}: one map for each joint${channels === 17 ? ' of a person, 17 as in COCO' : ''}, as GluonCV’s pose networks give. The joints are where the maps peak; the maps’ numbers are shown as they are.`,
    });
  }
  if (/mono_?depth|\bdepth\b|disp/.test(names) || channels === 1) {
    return tensors(outputs, {
      id: 'depth',
      title: 'Depth map',
      flavour: /depth|disp/.test(names) || picture.width === 640 ? 'depth' : 'dense',
      confidence: 'guess',
      because: `${found}: one number for each place of the picture, as depth networks give. They are shown as they are.`,
    });
  }
  const sameSize = width !== null && width === picture.width && height === picture.height;
  if (sameSize || isSmaller) {
    return tensors(outputs, {
      id: 'segmentation',
      title: sameSize ? 'Segmentation scores' : 'Feature maps',
      flavour: 'dense',
      confidence: sameSize ? 'likely' : 'guess',
      because: sameSize
        ? `${found}: for every pixel one score for each class, as segmentation networks give. The scores are shown as they are.`
        : `${found}: maps that are coarser than the picture. Their numbers are shown as they are.`,
    });
  }
  return null;
}

function rawReading(outputs: readonly Output[]): Reading {
  return tensors(outputs, {
    id: 'raw',
    title: 'Raw outputs',
    flavour: 'raw',
    confidence: 'guess',
    because:
      'Whatever the network answers can be shown as it is: shapes, statistics, first and largest values.',
  });
}

function tensors(
  outputs: readonly Output[],
  rest: Pick<Reading, 'id' | 'title' | 'flavour' | 'confidence' | 'because'>,
): Reading {
  return {
    task: 'tensors',
    output: { outputs: outputs.map(({ name }) => name) },
    classes: 1,
    labelSet: null,
    ...rest,
  };
}
