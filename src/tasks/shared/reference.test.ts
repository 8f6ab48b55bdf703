import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession, Tensor, env } from 'onnxruntime-web';
import * as v from 'valibot';
import { beforeAll, expect, it } from 'vitest';
import {
  describeWithReference,
  maxDifference,
  readJson,
  readPng,
  sharedPath,
} from '../../core/geometry/reference.fixture.ts';
import type { InputContract } from '../../core/manifest/schema.ts';
import { postprocessClassification } from '../classification/postprocess.ts';
import { postprocessDetection } from '../detection/postprocess.ts';
import type { OutputTensor } from '../types.ts';
import type { InputTensor } from './input-tensor.ts';
import { prepareInput } from './prepare-input.ts';

/*
 * Picture → preprocessing → network → postprocessing against answers of another runtime (onnxruntime CPU with
 * OpenCV's preprocessing).
 */

env.wasm.numThreads = 1;

const open = (file: string) =>
  InferenceSession.create(readFileSync(file), { executionProviders: ['wasm'] });

async function run(
  session: InferenceSession,
  input: InputTensor,
): Promise<Map<string, OutputTensor>> {
  const feeds = { data: new Tensor('float32', input.data, [...input.dims]) };
  const results = await session.run(feeds);
  return new Map(
    Object.entries(results).map(([name, { data, dims }]) => {
      if (!(data instanceof Float32Array)) expect.fail(`${name} is not float32`);
      return [name, { data, dims }];
    }),
  );
}

const lines = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

const CIFAR: Omit<InputContract, 'layout' | 'range' | 'normalise'> = {
  name: 'data',
  channels: 'RGB',
  resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
};

const classifiers = sharedPath('models', 'classifiers');

describeWithReference('classifiers', classifiers, () => {
  it('SqueezeNet sees an Egyptian cat', async () => {
    const session = await open(path.join(classifiers, 'squeezenet1.1.onnx'));
    const input = prepareInput(readPng(sharedPath('photos', 'chelsea.png')), {
      name: 'data',
      layout: 'NCHW',
      range: '0-1',
      channels: 'RGB',
      resize: {
        rule: 'short-side-crop',
        short: 256,
        width: 224,
        height: 224,
        filter: 'bilinear',
      },
      normalise: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    });
    const labels = lines(path.join(classifiers, 'imagenet_synset.txt')).map((line) =>
      line.slice(line.indexOf(' ') + 1),
    );
    const { classes } = postprocessClassification(
      await run(session, input),
      { scores: session.outputNames[0] ?? '', activation: 'softmax' },
      labels,
    );
    const expected = [
      ['Egyptian cat', 0.525],
      ['tabby, tabby cat', 0.246],
      ['tiger cat', 0.225],
    ] as const;
    expected.forEach(([label, probability], rank) => {
      expect(classes[rank]?.label).toBe(label);
      expect(Math.abs((classes[rank]?.probability ?? NaN) - probability)).toBeLessThan(0.001);
    });
  });

  it.each(['v1', 'v2'])('CIFAR ResNet-20 %s knows 19 of 20 tiles', async (version) => {
    const session = await open(path.join(classifiers, `cifar_resnet20_${version}.onnx`));
    const labels = lines(sharedPath('models', 'embedded', 'cifar_resnet20_v1', 'labels.txt'));
    const tiles = sharedPath('photos', 'cifar10');
    let right = 0;
    for (const file of readdirSync(tiles)) {
      const input = prepareInput(readPng(path.join(tiles, file)), {
        ...CIFAR,
        layout: 'NCHW',
        range: '0-1',
        normalise: { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] },
      });
      const contract = { scores: session.outputNames[0] ?? '', activation: 'softmax' } as const;
      const { classes } = postprocessClassification(await run(session, input), contract, labels);
      if (file.startsWith(`${classes[0]?.label ?? '?'}_`)) right += 1;
    }
    expect(right).toBe(19);
  });
});

const cifarFolder = sharedPath('models', 'embedded', 'cifar_resnet20_v1');
const cifarReference = v.object({
  samples: v.array(
    v.object({
      file: v.string(),
      logits: v.array(v.number()),
      top5: v.array(v.object({ label: v.string(), probability: v.number() })),
    }),
  ),
});

describeWithReference('embedded cifar_resnet20_v1', cifarFolder, () => {
  const { samples } = v.parse(cifarReference, readJson(path.join(cifarFolder, 'reference.json')));
  const labels = lines(path.join(cifarFolder, 'labels.txt'));
  let session: InferenceSession;
  beforeAll(async () => {
    session = await open(path.join(cifarFolder, 'cifar_resnet20_v1.onnx'));
  });

  it.each(samples)('$file', async ({ file, logits, top5 }) => {
    const input = prepareInput(readPng(path.join(cifarFolder, file)), {
      ...CIFAR,
      layout: 'NHWC',
      range: '0-255',
      normalise: null,
    });
    const outputs = await run(session, input);
    expect(maxDifference(outputs.get('logits')?.data ?? [], logits)).toBeLessThan(1e-4);
    const contract = { scores: 'logits', activation: 'softmax' } as const;
    const { classes } = postprocessClassification(outputs, contract, labels);
    expect(classes.map(({ label }) => label)).toEqual(top5.map(({ label }) => label));
    const shares = top5.map(({ probability }) => probability);
    expect(
      maxDifference(
        classes.map((found) => found.probability),
        shares,
      ),
    ).toBeLessThan(1e-5);
  });
});

const ssdFolder = sharedPath('models', 'embedded', 'ssd_300_mobilenet0.25_bccd');
const box = v.tuple([v.number(), v.number(), v.number(), v.number()]);
const ssdReference = v.object({
  samples: v.array(
    v.object({
      file: v.string(),
      valid_rows: v.number(),
      detections: v.array(
        v.object({ label: v.string(), score: v.number(), box_300: box, box_640x480: box }),
      ),
    }),
  ),
});

describeWithReference('embedded ssd_300_mobilenet0.25_bccd', ssdFolder, () => {
  const { samples } = v.parse(ssdReference, readJson(path.join(ssdFolder, 'reference.json')));
  const labels = lines(path.join(ssdFolder, 'labels.txt'));
  let session: InferenceSession;
  beforeAll(async () => {
    session = await open(path.join(ssdFolder, 'ssd_300_mobilenet0.25_bccd.onnx'));
  });

  it.each(samples)('$file', async ({ file, valid_rows, detections }) => {
    const { geometry, ...input } = prepareInput(readPng(path.join(ssdFolder, file)), {
      name: 'data',
      layout: 'NHWC',
      range: '0-255',
      channels: 'RGB',
      resize: { rule: 'squash', width: 300, height: 300, filter: 'auto' },
      normalise: null,
    });
    const outputs = await run(session, input);
    const contract = {
      ids: 'ids',
      scores: 'scores',
      boxes: 'bboxes',
      nms: 'in-graph',
      threshold: 0.3,
    } as const;
    // The reference also has the boxes in pixels of the 640 × 480 photo that the tile was made from.
    const photo = {
      ...geometry,
      pictureWidth: 640,
      pictureHeight: 480,
      scaleX: 300 / 640,
      scaleY: 300 / 480,
    };
    const views = [
      { as: geometry, reference: 'box_300' },
      { as: photo, reference: 'box_640x480' },
    ] as const;
    for (const { as, reference } of views) {
      const answer = postprocessDetection(outputs, contract, labels, as);
      expect(answer.detections).toHaveLength(valid_rows);
      detections.forEach((expected, rank) => {
        const found = answer.detections[rank];
        expect(found?.label).toBe(expected.label);
        expect(Math.abs((found?.score ?? NaN) - expected.score)).toBeLessThan(1e-5);
        expect(maxDifference(found?.box ?? [], expected[reference])).toBeLessThan(1e-2);
      });
    }
  });
});
