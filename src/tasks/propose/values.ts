import type { Entrance } from './graph.ts';
import type { PictureInput } from './picture-input.ts';
import { PRESETS, type ValuePreset } from './presets.ts';
import type { Flavour } from './reading.ts';
import type { Confidence } from './types.ts';

/** Which values a network wants, why, and how certain that is. */
export interface ValueChoice {
  readonly preset: ValuePreset;
  readonly confidence: Confidence;
  readonly because: string;
}

/** Means of pictures from 0 to 1 lie near 0.5; those of pictures from 0 to 255 near 120. */
const MOST_UNIT_CENTRE = 2;

/**
 * Chooses range, channel order and normalisation from what the network does to its input first. A file does not say
 * what it was trained on: where nothing is computed before the first layer, the choice rests on custom.
 */
export function chooseValues(
  picture: PictureInput,
  { arithmetic, centre, transposes, first }: Entrance,
  flavour: Flavour,
  names: string,
): ValueChoice {
  const preset = (chosen: ValuePreset, confidence: Confidence, because: string): ValueChoice => ({
    preset: chosen,
    confidence,
    because,
  });
  const done = arithmetic.join(', ');
  if (arithmetic.length > 0 && centre !== null && centre <= MOST_UNIT_CENTRE) {
    return preset(
      PRESETS.unit,
      'likely',
      `The network begins with ${done}, which centre its values at ${centre.toPrecision(2)}: it normalises by itself, from 0 to 1.`,
    );
  }
  if (arithmetic.length > 0 && picture.layout === 'NHWC') {
    return arithmetic.includes('Sub') && transposes
      ? preset(
          PRESETS.inside,
          'sure',
          `The network begins with ${done} and Transpose, as GluonCV’s published ONNX files do: it wants channels last, 0 to 255, and normalises by itself.`,
        )
      : preset(
          PRESETS.inside,
          'likely',
          `The network begins with ${done}: it wants channels last and normalises by itself.`,
        );
  }
  if (arithmetic.length > 0) {
    return flavour === 'depth' && centre === null
      ? preset(
          PRESETS.unit,
          'likely',
          `The network begins with ${done}; GluonCV’s Monodepth2 does so, and wants values from 0 to 1.`,
        )
      : preset(
          PRESETS.inside,
          'likely',
          centre === null
            ? `The network begins with ${done}: it normalises by itself, most likely from 0 to 255.`
            : `The network begins with ${done}, which centre its values at ${String(Number(centre.toPrecision(4)))}: it normalises by itself, from 0 to 255.`,
        );
  }
  if (flavour === 'yolo-classes') {
    return preset(
      PRESETS.unit,
      'likely',
      'Nothing is normalised inside, and its metadata is Ultralytics’, whose classifiers want 0 to 1 as they are.',
    );
  }
  if (flavour === 'yolo') {
    return preset(
      PRESETS.unit,
      'likely',
      'Nothing is normalised inside; YOLO networks mostly want 0 to 1 as they are.',
    );
  }
  if (/\bbgr\b|caffe(?!2)/.test(names)) {
    return preset(PRESETS.caffe, 'likely', 'Its name or its metadata speaks of BGR or Caffe.');
  }
  if (flavour === 'faces') {
    return preset(
      PRESETS.centred,
      'guess',
      'Nothing is normalised inside; 0 to 255 less 127, divided by 128, is common for face detectors, but the file does not say so.',
    );
  }
  if (picture.layout === 'NHWC' && (flavour === 'points' || flavour === 'joints')) {
    return preset(
      PRESETS.unit,
      'guess',
      'It takes channels last and normalises nothing itself; networks that answer with places mostly want 0 to 1 as they are, some −1 to 1.',
    );
  }
  if (picture.layout === 'NHWC') {
    return preset(
      PRESETS.signed,
      'guess',
      'It takes channels last and normalises nothing itself; networks from TensorFlow mostly want −1 to 1.',
    );
  }
  if (flavour === 'cifar') {
    return preset(
      PRESETS.cifar,
      'likely',
      'Nothing is normalised inside; GluonCV’s CIFAR networks want 0 to 1, less the mean of CIFAR-10, divided by its deviation.',
    );
  }
  if (flavour === 'embedding') {
    return preset(
      PRESETS.signed,
      'guess',
      'Nothing is normalised inside; face networks mostly want −1 to 1.',
    );
  }
  if (flavour === 'points') {
    return preset(
      PRESETS.unit,
      'likely',
      'Nothing is normalised inside; landmark networks mostly want 0 to 1 as they are, some −1 to 1, and the file does not say which.',
    );
  }
  if (/alpha_?pose/.test(names)) {
    return preset(PRESETS.alphaPose, 'likely', 'GluonCV’s AlphaPose subtracts a mean of its own.');
  }
  if (flavour === 'candidates') {
    return preset(
      PRESETS.imagenet,
      'guess',
      'Nothing is normalised inside, and detectors differ: 0 to 1, less ImageNet’s mean, divided by its deviation, is only one way.',
    );
  }
  const begins =
    first === 'BatchNormalization'
      ? 'The BatchNormalization it begins with is learnt and replaces nothing, as in ResNet v2'
      : 'Nothing is normalised inside';
  return preset(
    PRESETS.imagenet,
    flavour === 'raw' ? 'guess' : 'likely',
    `${begins}; networks of GluonCV and the ONNX Model Zoo want channels first, 0 to 1, less ImageNet’s mean, divided by its deviation.`,
  );
}
