import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxToPicture } from '../../core/geometry/boxes.ts';
import { noisePicture } from '../../core/geometry/reference.fixture.ts';
import type { InputContract, ResizeRule } from '../../core/manifest/schema.ts';
import { prepareInput } from './prepare-input.ts';

const contract = (resize: ResizeRule): InputContract => ({
  name: 'data',
  layout: 'NHWC',
  range: '0-255',
  channels: 'RGB',
  resize,
  normalise: null,
});
const squash = (width: number, height: number): ResizeRule => ({
  rule: 'squash',
  width,
  height,
  filter: 'bilinear',
});

const pictureSide = fc.integer({ min: 1, max: 60 });
const inputSide = fc.integer({ min: 8, max: 40 });
const anyRule: fc.Arbitrary<ResizeRule> = fc
  .record({
    short: inputSide,
    width: inputSide,
    height: inputSide,
    multiple: fc.integer({ min: 1, max: 8 }),
    kind: fc.constantFrom('squash', 'short-side-crop', 'short-within'),
  })
  .map(({ short, width, height, multiple, kind }): ResizeRule => {
    if (kind === 'squash') return squash(width, height);
    return kind === 'short-within'
      ? { rule: kind, short, max: width, multiple, filter: 'auto' }
      : { rule: 'short-side-crop', short, width, height, filter: 'bilinear' };
  });

describe('prepareInput', () => {
  it('has as many values as its dims say and maps the input back into the picture', () => {
    fc.assert(
      fc.property(pictureSide, pictureSide, anyRule, (width, height, rule) => {
        const { data, dims, geometry } = prepareInput(noisePicture(width, height), contract(rule));
        expect(data.length).toBe(dims.reduce((a, b) => a * b));
        const [, inputHeight, inputWidth] = dims;
        // Unclipped, the input's own frame lies within the picture, but for what truncation to pixels adds.
        const left = geometry.offsetX / geometry.scaleX;
        const right = (inputWidth + geometry.offsetX) / geometry.scaleX;
        const bottom = (inputHeight + geometry.offsetY) / geometry.scaleY;
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(width + 1e-6);
        expect(bottom).toBeLessThanOrEqual(height + 1e-6);
        if (rule.rule !== 'short-side-crop') {
          const [x1, y1, x2, y2] = boxToPicture([0, 0, inputWidth, inputHeight], geometry);
          expect([x1, y1]).toEqual([0, 0]);
          expect(x2).toBeCloseTo(width, 6);
          expect(y2).toBeCloseTo(height, 6);
        }
      }),
    );
  });

  it('takes a picture of the input’s size as it is', () => {
    const image = noisePicture(12, 9);
    const { data, geometry } = prepareInput(image, contract(squash(12, 9)));
    expect([...data]).toEqual([...image.data]);
    expect(geometry).toMatchObject({ scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 });
  });

  it('crops the centre', () => {
    const image = noisePicture(20, 10);
    const rule: ResizeRule = {
      rule: 'short-side-crop',
      short: 10,
      width: 8,
      height: 8,
      filter: 'bilinear',
    };
    const { data, geometry } = prepareInput(image, contract(rule));
    expect(geometry).toMatchObject({ scaleX: 1, scaleY: 1, offsetX: 6, offsetY: 1 });
    expect([...data.subarray(0, 3)]).toEqual([
      ...image.data.subarray((20 + 6) * 3, (20 + 6) * 3 + 3),
    ]);
  });

  it('scales the largest part up when the crop is larger than the resized picture', () => {
    const rule: ResizeRule = {
      rule: 'short-side-crop',
      short: 8,
      width: 16,
      height: 16,
      filter: 'bilinear',
    };
    const { dims, geometry } = prepareInput(noisePicture(40, 20), contract(rule));
    expect(dims).toEqual([1, 16, 16, 3]);
    // 40 × 20 → 16 × 8 → its middle 8 × 8 → 16 × 16
    expect(geometry).toMatchObject({ scaleX: 0.8, scaleY: 0.8, offsetX: 8, offsetY: 0 });
    expect(boxToPicture([0, 0, 16, 16], geometry)).toEqual([10, 0, 30, 20]);
  });

  it('puts the picture’s colours where the geometry says', () => {
    // Left half black, right half white: in the input the edge is where the geometry maps it.
    const image = { width: 30, height: 10, data: new Uint8Array(900) };
    for (let at = 0; at < 900; at += 1) image.data[at] = at % 90 < 45 ? 0 : 255;
    const { data, geometry } = prepareInput(image, contract(squash(60, 20)));
    const edge = 15 * geometry.scaleX - geometry.offsetX;
    expect(edge).toBe(30);
    expect([data[(edge - 2) * 3], data[(edge + 1) * 3]]).toEqual([0, 255]);
  });
});
