import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the operator's folder for the tests is put together. */
const FOLDER = resolve(import.meta.dirname, '../../.cache/e2e-models');

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const CIFAR = { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] };

const CLASSIFIERS = [
  {
    id: 'squeezenet1.1',
    title: 'SqueezeNet 1.1',
    scores: 'squeezenet0_flatten0_reshape0',
    multiplyAdds: 349_151_936,
    labels: { file: 'imagenet_synset.txt', format: 'synset' },
    resize: { rule: 'short-side-crop', short: 256, width: 224, height: 224, filter: 'bilinear' },
    normalise: IMAGENET,
  },
  ...['v1', 'v2'].map((version) => ({
    id: `gluoncv_cifar_resnet20_${version}`,
    file: `cifar_resnet20_${version}.onnx`,
    title: `CIFAR ResNet-20 ${version}, GluonCV's weights`,
    scores: version === 'v1' ? 'cifarresnetv10_dense0_fwd' : 'cifarresnetv20_dense0_fwd',
    multiplyAdds: 40_813_184,
    labels: { file: 'cifar_labels.txt', format: 'plain' },
    resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
    normalise: CIFAR,
  })),
];

/**
 * Puts together a folder as an operator would serve it with `npm start -- --models`: the test-only classifiers,
 * their labels and a manifest, and one entry that is wrong on purpose.
 * @param classifiers folder with the `.onnx` files and `imagenet_synset.txt`.
 * @param cifarLabels labels file of the CIFAR models.
 */
export function buildOperatorModels(classifiers: string, cifarLabels: string): string {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const take = (from: string, file: string) => {
    copyFileSync(from, join(FOLDER, file));
    return pin(file);
  };
  const synset = take(join(classifiers, 'imagenet_synset.txt'), 'imagenet_synset.txt');
  const cifar = take(cifarLabels, 'cifar_labels.txt');
  const models: unknown[] = CLASSIFIERS.map((model) => {
    const file = 'file' in model ? model.file : `${model.id}.onnx`;
    const labels = model.labels.format === 'synset' ? synset : cifar;
    return {
      id: model.id,
      title: model.title,
      summary: 'A test-only model.',
      task: 'classification',
      ...take(join(classifiers, file), file),
      labels: { ...labels, format: model.labels.format },
      card: null,
      input: {
        name: 'data',
        layout: 'NCHW',
        range: '0-1',
        channels: 'RGB',
        resize: model.resize,
        normalise: model.normalise,
      },
      output: { scores: model.scores, activation: 'softmax' },
      multiplyAdds: model.multiplyAdds,
      licence: 'Apache-2.0',
      source: { title: 'GluonCV, converted to ONNX', url: null },
      trainingData: 'ImageNet-1k or CIFAR-10',
      evidence: { grade: 'E', statement: 'Recorded when the test folder was made.' },
      caution: null,
      golden: null,
    };
  });
  models.push({ id: 'broken-entry', task: 'classification', title: 'No digest, no run' });
  writeFileSync(join(FOLDER, 'index.json'), JSON.stringify({ version: 1, models }, null, 2));
  return FOLDER;
}

function pin(file: string) {
  const content = readFileSync(join(FOLDER, file));
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { file, bytes: content.length, sha256 };
}
