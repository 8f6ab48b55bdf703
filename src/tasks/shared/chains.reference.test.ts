import path from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import {
  describeWithReference,
  maxDifference,
  readJson,
  readPng,
  sharedPath,
} from '../../core/geometry/reference.fixture.ts';
import { resize } from '../../core/geometry/resize.ts';
import { prepareInput } from './prepare-input.ts';
import { planResize, shortWithin } from './resize-rule.ts';

const folder = sharedPath('reference', 'preprocess');
const pair = v.tuple([v.number(), v.number()]);
const expected = v.nullable(v.string());
const imagenetSchema = v.object({
  kind: v.literal('imagenet_eval'),
  source: v.string(),
  resize: pair,
  crop: v.tuple([v.number(), v.number(), v.number(), v.number()]),
  expected: v.string(),
});
const cifarSchema = v.object({
  kind: v.literal('cifar_squash'),
  source: v.string(),
  expected: v.string(),
});
const withinSchema = v.object({
  kind: v.picklist(['ssd_short_within', 'yolo_short_within', 'rcnn_short_within']),
  source: v.string(),
  short: v.number(),
  max: v.number(),
  mult: v.number(),
  interp: v.literal('bicubic'),
  size: pair,
  expected,
});

const bytes = {
  name: 'data',
  layout: 'NHWC',
  range: '0-255',
  channels: 'RGB',
  normalise: null,
} as const;

describeWithReference('GluonCV’s chains against OpenCV 4.6', folder, () => {
  const { cases } = v.parse(
    v.object({ cases: v.array(v.unknown()) }),
    readJson(path.join(folder, 'cases.json')),
  );
  const load = (file: string) => readPng(path.join(folder, file));

  it.each(cases.filter((entry) => v.is(imagenetSchema, entry)))(
    'ImageNet eval of $source: largest difference 0',
    (entry) => {
      const source = load(entry.source);
      const imagenet = {
        rule: 'short-side-crop',
        short: 256,
        width: 224,
        height: 224,
        filter: 'bilinear',
      } as const;
      const plan = planResize(source, imagenet);
      expect([plan.resized.width, plan.resized.height]).toEqual(entry.resize);
      const { x, y, width, height } = plan.crop;
      expect([x, y, width, height]).toEqual(entry.crop);
      const { data } = prepareInput(source, { ...bytes, resize: imagenet });
      expect(maxDifference(data, load(entry.expected).data)).toBe(0);
    },
  );

  it.each(cases.filter((entry) => v.is(cifarSchema, entry)))(
    'CIFAR squash of $source: largest difference 0',
    (entry) => {
      const squash = { rule: 'squash', width: 32, height: 32, filter: 'bilinear' } as const;
      const { data } = prepareInput(load(entry.source), { ...bytes, resize: squash });
      expect(maxDifference(data, load(entry.expected).data)).toBe(0);
    },
  );

  it.each(cases.filter((entry) => v.is(withinSchema, entry)))(
    '$kind of $source: $size, largest difference 0',
    (entry) => {
      const source = load(entry.source);
      const { width, height } = shortWithin(source, entry.short, entry.max, entry.mult);
      expect([width, height]).toEqual(entry.size);
      if (entry.expected === null) return;
      const { data } = resize(source, width, height, entry.interp);
      expect(maxDifference(data, load(entry.expected).data)).toBe(0);
    },
  );

  it('has read every case', () => {
    const counts = [imagenetSchema, cifarSchema, withinSchema].map(
      (schema) => cases.filter((entry) => v.is(schema, entry)).length,
    );
    expect(counts).toEqual([4, 4, 12]);
  });
});
