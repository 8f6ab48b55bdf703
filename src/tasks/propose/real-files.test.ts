import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectModel } from '../../core/onnx/inspect.ts';
import { PRESETS } from './presets.ts';
import { proposeContracts } from './propose.ts';

const EMBEDDED = 'public/models';
const TEST_ONLY = '../shared/models/classifiers';

function proposalsOf(path: string) {
  return proposeContracts(inspectModel(new Uint8Array(readFileSync(path))));
}

describe('the embedded models', () => {
  it('the classifier: GluonCV’s published contract, its labels in the file', () => {
    const [first] = proposalsOf(`${EMBEDDED}/cifar_resnet20_v1/cifar_resnet20_v1.onnx`);
    expect(first).toMatchObject({
      task: 'classification',
      confidence: 'sure',
      output: { scores: 'logits', activation: 'softmax' },
      input: {
        name: 'data',
        layout: 'NHWC',
        ...PRESETS.inside.values,
        resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
      },
      classes: 10,
      labelSet: 'cifar-10',
    });
    expect(first?.labels?.[0]).toBe('airplane');
  });

  it('the detector: its three outputs, its three classes', () => {
    const [first] = proposalsOf(
      `${EMBEDDED}/ssd_300_mobilenet0.25_bccd/ssd_300_mobilenet0.25_bccd.onnx`,
    );
    expect(first).toMatchObject({
      task: 'detection',
      confidence: 'sure',
      output: { ids: 'ids', scores: 'scores', boxes: 'bboxes' },
      input: {
        layout: 'NHWC',
        ...PRESETS.inside.values,
        resize: { rule: 'squash', width: 300, height: 300, filter: 'auto' },
      },
      classes: 3,
      labels: ['RBC', 'WBC', 'Platelets'],
    });
  });
});

describe.skipIf(!existsSync(TEST_ONLY))('files of others', () => {
  it('SqueezeNet 1.1 of MXNet Gluon: channels first, ImageNet', () => {
    expect(proposalsOf(`${TEST_ONLY}/squeezenet1.1.onnx`)[0]).toMatchObject({
      task: 'classification',
      confidence: 'likely',
      output: { activation: 'softmax' },
      input: {
        layout: 'NCHW',
        ...PRESETS.imagenet.values,
        resize: { rule: 'short-side-crop', short: 256, width: 224, height: 224 },
      },
      classes: 1000,
      labelSet: 'imagenet-1k',
    });
  });

  it.each(['v1', 'v2'])('GluonCV’s CIFAR ResNet-20 %s: channels first, CIFAR-10', (version) => {
    expect(proposalsOf(`${TEST_ONLY}/cifar_resnet20_${version}.onnx`)[0]).toMatchObject({
      task: 'classification',
      input: {
        layout: 'NCHW',
        ...PRESETS.cifar.values,
        resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
      },
      classes: 10,
      labelSet: 'cifar-10',
    });
  });
});
