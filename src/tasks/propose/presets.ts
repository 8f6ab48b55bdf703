import type { InputContract } from '../../core/manifest/schema.ts';

/** A usual way to turn a picture's bytes into the values a network wants. */
export interface ValuePreset {
  readonly id: string;
  readonly title: string;
  readonly values: Pick<InputContract, 'range' | 'channels' | 'normalise'>;
}

/** The usual ways, most usual first. Sources: GluonCV's transforms, and the models' own publications. */
export const PRESETS = {
  imagenet: {
    id: 'imagenet',
    title: '0 to 1, ImageNet mean and deviation',
    values: {
      range: '0-1',
      channels: 'RGB',
      normalise: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    },
  },
  inside: {
    id: 'inside',
    title: '0 to 255 as they are (normalised in the network)',
    values: { range: '0-255', channels: 'RGB', normalise: null },
  },
  unit: {
    id: 'unit',
    title: '0 to 1 as they are',
    values: { range: '0-1', channels: 'RGB', normalise: null },
  },
  cifar: {
    id: 'cifar',
    title: '0 to 1, CIFAR-10 mean and deviation',
    values: {
      range: '0-1',
      channels: 'RGB',
      normalise: { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] },
    },
  },
  signed: {
    id: 'signed',
    title: '−1 to 1',
    values: {
      range: '0-255',
      channels: 'RGB',
      normalise: { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
    },
  },
  // UltraFace and other small face detectors.
  centred: {
    id: 'centred',
    title: '0 to 255 less 127, divided by 128',
    values: {
      range: '0-255',
      channels: 'RGB',
      normalise: { mean: [127, 127, 127], std: [128, 128, 128] },
    },
  },
  caffe: {
    id: 'caffe',
    title: 'Caffe: BGR, 0 to 255 less the mean',
    values: {
      range: '0-255',
      channels: 'BGR',
      normalise: { mean: [103.939, 116.779, 123.68], std: [1, 1, 1] },
    },
  },
  // transforms/presets/alpha_pose.py subtracts BGR-ordered means from RGB and divides by nothing.
  alphaPose: {
    id: 'alphaPose',
    title: 'AlphaPose: 0 to 1 less the mean',
    values: {
      range: '0-1',
      channels: 'RGB',
      normalise: { mean: [0.406, 0.457, 0.48], std: [1, 1, 1] },
    },
  },
} as const satisfies Record<string, ValuePreset>;
