import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../src/core/errors.ts';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..');
const SHARED = resolve(ROOT, '../shared');

/** The model everything but the cold start is measured with, and the label it gives for the picture. */
export const MODEL_ID = 'squeezenet1.1';
export const EXPECTED_LABEL = 'Egyptian cat';

const FILES = {
  model: join(SHARED, 'models/classifiers/squeezenet1.1.onnx'),
  labels: join(SHARED, 'models/classifiers/imagenet_synset.txt'),
  picture: join(SHARED, 'photos/chelsea.png'),
};

/** Digest of the model file the goals were set for. */
const MODEL_SHA256 = 'a386ba3d3f8fca981e4620e7d9bcb7b16bff808fd14f861e65dd8627adf3fe16';

/** Names in the prepared folder, as the page asks for them. */
export const PICTURE_NAME = basename(FILES.picture);
export const LABELS_NAME = basename(FILES.labels);

/**
 * Makes a folder of models for the server, as an operator would: model, labels, manifest; and the picture.
 * @returns its path.
 * @throws AppError `app/bench-input` when the shared material is not there.
 */
export function prepareModels(): string {
  const missing = Object.values(FILES).filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new AppError(
      'app/bench-input',
      `The bench needs the shared test material beside the project, and ${missing.map((file) => `../shared${file.slice(SHARED.length)}`).join(', ')} is not there. Put the shared folder next to this one and run it again.`,
    );
  }
  const folder = join(ROOT, '.cache/bench-models');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of Object.values(FILES)) copyFileSync(file, join(folder, basename(file)));
  const manifest = { version: 1, models: [squeezenet()] };
  writeFileSync(join(folder, 'index.json'), JSON.stringify(manifest, null, 2));
  return folder;
}

function squeezenet() {
  return {
    id: MODEL_ID,
    title: 'SqueezeNet 1.1',
    summary: 'Names one of a thousand ImageNet classes.',
    task: 'classification',
    file: basename(FILES.model),
    bytes: statSync(FILES.model).size,
    // Pinned, not computed: another file would be another measurement.
    sha256: MODEL_SHA256,
    labels: {
      file: basename(FILES.labels),
      bytes: statSync(FILES.labels).size,
      sha256: createHash('sha256').update(readFileSync(FILES.labels)).digest('hex'),
      format: 'synset',
    },
    card: null,
    input: {
      name: 'data',
      layout: 'NCHW',
      range: '0-1',
      channels: 'RGB',
      resize: { rule: 'short-side-crop', short: 256, width: 224, height: 224, filter: 'bilinear' },
      normalise: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    },
    output: { scores: 'squeezenet0_flatten0_reshape0', activation: 'softmax' },
    multiplyAdds: 349_151_936,
    licence: 'Apache-2.0',
    source: { title: 'ONNX Model Zoo squeezenet1.1, from MXNet Gluon', url: null },
    trainingData: 'ImageNet-1k',
    evidence: { grade: 'B', statement: 'Pinned in the bench.' },
    caution: null,
    golden: null,
  };
}
