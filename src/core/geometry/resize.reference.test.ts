import path from 'node:path';
import { expect, it } from 'vitest';
import * as v from 'valibot';
import {
  describeWithReference,
  maxDifference,
  readJson,
  readPng,
  sharedPath,
} from './reference.fixture.ts';
import { resize } from './resize.ts';

const folder = sharedPath('reference', 'preprocess');

const caseSchema = v.object({
  kind: v.literal('cv2.resize'),
  source: v.string(),
  interp: v.picklist(['nearest', 'bilinear', 'bicubic', 'area', 'lanczos4']),
  width: v.number(),
  height: v.number(),
  expected: v.string(),
});

/** Grey levels that cases.json allows. The kernels are held to 0. */
const STATED = { nearest: 0, bilinear: 1, area: 1, bicubic: 2, lanczos4: 2 } as const;

describeWithReference('resize against OpenCV 4.6', folder, () => {
  const { cases } = v.parse(
    v.object({ cases: v.array(v.unknown()) }),
    readJson(path.join(folder, 'cases.json')),
  );
  const resizes = cases.filter((entry) => v.is(caseSchema, entry));

  it('has a case for every filter and size', () => {
    expect(resizes).toHaveLength(30);
  });

  it.each(resizes)(
    '$interp to $width × $height: largest difference 0',
    ({ source, interp, width, height, expected }) => {
      const { data } = resize(readPng(path.join(folder, source)), width, height, interp);
      const difference = maxDifference(data, readPng(path.join(folder, expected)).data);
      expect(difference, `stated tolerance: ${String(STATED[interp])}`).toBe(0);
    },
  );
});
