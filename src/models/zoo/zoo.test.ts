import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../core/limits.ts';
import { commonEntrySchema } from '../../core/manifest/schema.ts';
import { refusal } from '../../core/image/testing/outcome.ts';
import { TASKS } from '../../tasks/registry.ts';
import { parseLabels } from '../labels.ts';
import * as v from 'valibot';
import { installable } from './installable.ts';
import { parseZoo } from './load.ts';
import { planInstall, type ZooSource } from './plan.ts';
import type { ZooModel } from './schema.ts';
import { inspectionOf, tensor } from './testing/inspection.ts';

const PUBLIC = resolve(import.meta.dirname, '../../../public');
const TEXT = readFileSync(resolve(PUBLIC, 'library/zoo.json'));
const ZOO = parseZoo(JSON.parse(TEXT.toString('utf8')));

function model(name: string): ZooModel {
  const found = ZOO.models.find((one) => one.name === name);
  if (!found) throw new TypeError(`no ${name}`);
  return found;
}

function source(name: string): ZooSource {
  const plan = planInstall(ZOO, model(name));
  if (!plan.possible) throw new TypeError(plan.because);
  return plan.source;
}

const why = (name: string) => {
  const plan = planInstall(ZOO, model(name));
  return plan.possible ? null : plan.because;
};

const declare = (name: string, found: Parameters<typeof inspectionOf>[0]) =>
  installable(ZOO, model(name), source(name)).declare({
    sha256: 'ab'.repeat(32),
    bytes: 1000,
    inspection: inspectionOf(found),
  });

describe('the catalogue', () => {
  it('has every name of GluonCV once and stays small', () => {
    expect(ZOO.models).toHaveLength(332);
    expect(new Set(ZOO.models.map(({ name }) => name)).size).toBe(332);
    expect(TEXT.length).toBeLessThan(250_000);
    expect(TEXT.length).toBeLessThan(LIMITS.zooBytes);
  });

  it('points at data sets, labels, contracts and metrics that exist', () => {
    for (const one of ZOO.models) {
      if (one.dataset !== null) expect(ZOO.datasets).toHaveProperty([one.dataset]);
      if (one.onnx?.contract != null) expect(ZOO.contracts).toHaveProperty([one.onnx.contract]);
      for (const file of one.modelZoo) expect(ZOO.contracts).toHaveProperty([file.contract]);
      const names = one.metrics.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      if (one.headline !== null) expect(names).toContain(one.headline);
    }
  });

  it.each(Object.entries(ZOO.labels))('names the labels %s with their digest', (_id, labels) => {
    const bytes = readFileSync(resolve(PUBLIC, labels.file));
    expect(bytes.length).toBe(labels.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(labels.sha256);
    const names = parseLabels(bytes, 'plain');
    expect(names).toHaveLength(labels.classes);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives every classifier and detector that can be installed its classes', () => {
    for (const one of ZOO.models.filter(
      ({ task }) => task === 'classification' || task === 'detection',
    )) {
      if (planInstall(ZOO, one).possible) expect(ZOO.labels).toHaveProperty([one.labels ?? '']);
    }
  });

  it('is refused when it is not one', () => {
    expect(refusal(() => parseZoo({ version: 1, models: [] })).code).toBe('manifest/bad-catalogue');
  });
});

describe('what can be installed', () => {
  it('prefers a full SHA-256, the newest operators, and 32 bits a weight', () => {
    expect(source('resnet50_v1')).toMatchObject({
      grade: 'B',
      bytes: 102_576_593,
      quantised: false,
    });
    expect(source('resnet50_v1').url).toMatch(
      /^https:\/\/media\.githubusercontent\.com\/.*-12\.onnx$/,
    );
  });

  it('takes the 8-bit file where the other is too large', () => {
    expect(source('vgg16')).toMatchObject({ grade: 'B', quantised: true });
  });

  it('shows the accuracy of the file that is installed', () => {
    expect(source('resnet50_v1').metrics[0]).toMatchObject({ name: 'top-1', value: 74.97 });
    expect(source('resnet50_v1b_kinetics400').metrics[0]).toMatchObject({ value: 69.9 });
  });

  it('falls back on GluonCV’s own file with 32 bits of a hash', () => {
    expect(source('ssd_300_vgg16_atrous_voc')).toMatchObject({
      grade: 'D',
      bytes: null,
      claim: { kind: 'sha1-prefix', prefix: '63d0cd92' },
    });
  });

  it.each([
    ['vgg19', 'does not fit'],
    ['c3d_kinetics400', 'a clip of 16 frames'],
    ['cifar_resnet20_v1', '.params'],
    ['mobilenet1.0_int8', '8-bit'],
    ['ssd_300_vgg16_atrous_custom', 'template'],
    ['shufflenet_v1', 'no weights'],
  ])('says why %s cannot be', (name, words) => {
    expect(why(name)).toContain(words);
  });
});

describe('declaring a verified file', () => {
  const resnet = {
    inputs: [tensor('data', ['N', 3, 224, 224])],
    outputs: [tensor('resnetv17_dense0_fwd', ['N', 1000])],
  };

  it('makes a classifier', () => {
    const entry = declare('resnet50_v1', resnet);
    expect(entry).toMatchObject({
      id: 'resnet50_v1',
      task: 'classification',
      input: { name: 'data', layout: 'NCHW', range: '0-1', resize: { short: 256, width: 224 } },
      output: { scores: 'resnetv17_dense0_fwd', activation: 'softmax' },
      labels: { file: 'library/labels/imagenet-1k.txt' },
    });
  });

  it('makes a detector, with CenterNet’s outputs in their own order', () => {
    const boxes = tensor('c', [1, 100, 4]);
    const file = (side: number) => ({
      inputs: [tensor('data', [1, side, side, 3])],
      outputs: [tensor('a', [1, 100, 1]), tensor('b', [1, 100, 1]), boxes],
    });
    expect(declare('ssd_300_vgg16_atrous_voc', file(300)).output).toMatchObject({
      ids: 'a',
      scores: 'b',
      boxes: 'c',
    });
    expect(declare('center_net_resnet18_v1b_voc', file(512)).output).toMatchObject({
      ids: 'b',
      scores: 'a',
    });
  });

  it('shows the outputs of other tasks as they are', () => {
    const entry = declare('simple_pose_resnet18_v1b', {
      inputs: [tensor('data', [1, 256, 192, 3])],
      outputs: [tensor('heat', [1, 17, 64, 48])],
    });
    expect(entry).toMatchObject({ task: 'tensors', output: { outputs: ['heat'] } });
    expect(entry.input.resize).toMatchObject({ rule: 'squash', width: 192, height: 256 });
  });

  it('makes declarations that the manifest’s own schema takes, for every model that can be installed', () => {
    for (const one of ZOO.models) {
      const plan = planInstall(ZOO, one);
      if (!plan.possible) continue;
      const classes = ZOO.labels[one.labels ?? '']?.classes ?? 1;
      const detector = [tensor('a', null), tensor('b', null), tensor('c', [1, null, 4])];
      const entry = declare(one.name, {
        inputs: [tensor('data', plan.source.input)],
        outputs: one.task === 'detection' ? detector : [tensor('out', [1, classes])],
      });
      expect(v.safeParse(commonEntrySchema, entry).issues).toBeUndefined();
      expect(v.is(TASKS[entry.task].outputSchema as v.GenericSchema, entry.output)).toBe(true);
    }
  });

  it.each([
    [
      'another input',
      { ...resnet, inputs: [tensor('data', [1, 224, 224, 3])] },
      '1 × 224 × 224 × 3',
    ],
    [
      'another type',
      { ...resnet, inputs: [tensor('data', [1, 3, 224, 224], 'float16')] },
      'float16',
    ],
    ['two inputs', { ...resnet, inputs: [...resnet.inputs, tensor('more', [1])] }, 'more'],
    ['no input', { ...resnet, inputs: [] }, 'no input'],
    ['other classes', { ...resnet, outputs: [tensor('out', [1, 10])] }, '1000 scores'],
    ['a map of scores', { ...resnet, outputs: [tensor('out', [1, 7, 1000])] }, '1000 scores'],
  ])('refuses %s with the numbers', (_what, found, words) => {
    const error = refusal(() => declare('resnet50_v1', found));
    expect(error.code).toBe('gate/contract-mismatch');
    expect(error.message).toContain(words);
  });

  it('refuses a detector without boxes', () => {
    const error = refusal(() =>
      declare('yolo3_darknet53_coco', {
        inputs: [tensor('data', [1, 512, 512, 3])],
        outputs: [tensor('a', [1, 100, 1]), tensor('b', [1, 100, 1]), tensor('c', [1, 100, 6])],
      }),
    );
    expect(error.code).toBe('gate/contract-mismatch');
  });
});
