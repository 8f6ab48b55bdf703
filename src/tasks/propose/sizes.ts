import type { ResizeRule } from '../../core/manifest/schema.ts';
import type { ModelInspection } from '../../core/onnx/types.ts';
import { hasOperator } from './graph.ts';
import { MAX_SIDE, type PictureInput } from './picture-input.ts';
import type { Flavour } from './reading.ts';

interface SizeChoice {
  readonly resize: ResizeRule;
  readonly because: string;
}

interface Default {
  readonly width: number;
  readonly height: number;
}

/** What is proposed where the file leaves the size open. */
const DEFAULTS: Readonly<Record<Flavour, Default>> = {
  imagenet: { width: 224, height: 224 },
  classes: { width: 224, height: 224 },
  cifar: { width: 32, height: 32 },
  embedding: { width: 112, height: 112 },
  detector: { width: 512, height: 512 },
  candidates: { width: 512, height: 512 },
  yolo: { width: 640, height: 640 },
  'yolo-classes': { width: 224, height: 224 },
  faces: { width: 320, height: 240 },
  points: { width: 112, height: 112 },
  joints: { width: 192, height: 256 },
  dense: { width: 480, height: 480 },
  pose: { width: 192, height: 256 },
  depth: { width: 640, height: 192 },
  raw: { width: 224, height: 224 },
};

/** GluonCV cuts 224 out of 256, and other sizes likewise (scripts/classification/imagenet/verify_pretrained.py). */
const CROP_RATIO = 0.875;

/** Below this a classifier sees whole pictures (CIFAR), above it their centre (ImageNet). */
const SMALL = 64;

/** GluonCV's preprocessing for each kind of network (data/transforms/presets/), as far as the input's size allows. */
export function chooseSize(
  inspection: ModelInspection,
  picture: PictureInput,
  flavour: Flavour,
): SizeChoice {
  const open = picture.width === null && picture.height === null;
  const width = picture.width ?? picture.height ?? DEFAULTS[flavour].width;
  const height = picture.height ?? picture.width ?? DEFAULTS[flavour].height;
  const fixed =
    picture.width !== null && picture.height !== null
      ? `The input is fixed at ${print(width, height)}`
      : `The file leaves the input’s size open; ${print(width, height)} is proposed`;
  const squash = (filter: ResizeRule['filter'], because: string): SizeChoice => ({
    resize: { rule: 'squash', width, height, filter },
    because: `${fixed}; ${because}.`,
  });

  switch (flavour) {
    case 'imagenet':
    case 'classes': {
      if (width !== height || width <= SMALL) {
        return squash('bilinear', 'the whole picture is squashed to it');
      }
      const short = Math.min(Math.ceil(width / CROP_RATIO), MAX_SIDE);
      return {
        resize: {
          rule: 'short-side-crop',
          short,
          width,
          height,
          // train_horovod.py resizes for the largest networks with bicubic.
          filter: width >= 320 ? 'bicubic' : 'bilinear',
        },
        because: `${fixed}; as GluonCV does for ImageNet, the short side becomes ${String(short)} and the centre is cut out.`,
      };
    }
    case 'cifar':
      return squash('bilinear', 'GluonCV’s CIFAR-10 demo squashes the whole picture to it');
    case 'embedding':
    case 'points':
      return squash('bilinear', 'it expects an upright face that fills the picture');
    case 'pose':
      return squash('bicubic', 'it expects one person cut out; GluonCV squashes the cut to it');
    case 'joints':
      return squash('bilinear', 'it expects one person who fills the picture');
    case 'yolo':
      return squash(
        'bilinear',
        'YOLO networks are trained with pictures that are padded to it; here the whole picture is squashed',
      );
    case 'yolo-classes':
      // classify_transforms() of Ultralytics: Resize(size), CenterCrop(size), bilinear.
      return width !== height
        ? squash('bilinear', 'the whole picture is squashed to it')
        : {
            resize: { rule: 'short-side-crop', short: width, width, height, filter: 'bilinear' },
            because: `${fixed}; as Ultralytics does, the short side becomes ${String(width)} and the centre is cut out.`,
          };
    case 'depth':
      return squash('lanczos4', 'GluonCV squashes the whole picture to it');
    case 'detector':
      if (!open) return squash('auto', 'GluonCV’s validation squashes the whole picture to it');
      return hasOperator(inspection, 'RoiAlign')
        ? within(600, 1000, 1, 'bilinear', 'GluonCV gives R-CNN networks a short side of 600')
        : within(512, 1024, 32, 'bicubic', 'a short side of 512 in steps of 32 is proposed');
    case 'dense':
      if (!open) return squash('bilinear', 'the whole picture is squashed to it');
      return within(480, 1024, 8, 'bilinear', 'a short side of 480 in steps of 8 is proposed');
    case 'candidates':
    case 'faces':
    case 'raw':
      return squash('bilinear', 'the whole picture is squashed to it');
  }
}

function within(
  short: number,
  max: number,
  multiple: number,
  filter: ResizeRule['filter'],
  because: string,
): SizeChoice {
  return {
    resize: { rule: 'short-within', short, max, multiple, filter },
    because: `The file leaves the input’s size open; ${because}.`,
  };
}

function print(width: number, height: number): string {
  return `${String(width)} × ${String(height)}`;
}
