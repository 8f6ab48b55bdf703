import type { ZooContract, ZooTask } from '../../src/models/zoo/schema.ts';

/** Mean and deviation of ImageNet's channels, RGB, in units of 0 to 1 (MXNet's and GluonCV's own). */
const IMAGENET = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const satisfies { mean: [number, number, number]; std: [number, number, number] };

type Resize = ZooContract['resize'];

/** Short side of the picture before a crop of `size`: GluonCV's crop ratio of 0.875; from 320 up its wider crop. */
function shortFor(size: number): number {
  return size < 320 ? Math.ceil(size / 0.875) : size + 32;
}

/**
 * How a published network's pictures were resized when its accuracy was measured (GluonCV's evaluation transforms):
 * classifiers and frame classifiers by a centre crop, detectors squashed with `interp=9`, poses squashed bicubically
 * to the person's box, segmentation squashed to the size baked into the file.
 */
function resizeFor(task: ZooTask, width: number, height: number): Resize {
  if (task === 'classification' || task === 'action') {
    const filter = width < 320 ? 'bilinear' : 'bicubic';
    return { rule: 'short-side-crop', short: shortFor(width), width, height, filter };
  }
  const filter = task === 'detection' ? 'auto' : task === 'pose' ? 'bicubic' : 'bilinear';
  return { rule: 'squash', width, height, filter };
}

/** GluonCV's ready-made files: NHWC, 0 to 255, RGB, mean and deviation inside the graph (its `export_block`). */
export function gluonContract(
  task: ZooTask,
  [, height = 0, width = 0]: readonly number[],
): readonly [id: string, contract: ZooContract] {
  const resize = resizeFor(task, width, height);
  const id = `nhwc-${resize.rule}-${resize.filter}-${String(width)}x${String(height)}`;
  return [id, { layout: 'NHWC', range: '0-255', channels: 'RGB', resize, normalise: null }];
}

/** The ONNX Model Zoo's ImageNet classifiers: NCHW, 0 to 1, RGB, normalised outside. */
export function modelZooContract(): readonly [id: string, contract: ZooContract] {
  const resize = resizeFor('classification', 224, 224);
  const normalise = {
    mean: [...IMAGENET.mean],
    std: [...IMAGENET.std],
  } as ZooContract['normalise'];
  return [
    'nchw-imagenet-224',
    { layout: 'NCHW', range: '0-1', channels: 'RGB', resize, normalise },
  ];
}
