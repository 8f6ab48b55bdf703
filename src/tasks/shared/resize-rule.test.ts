import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResizeRule } from '../../core/manifest/schema.ts';
import { centreCrop, planResize, shortSide, shortWithin } from './resize-rule.ts';

const side = fc.integer({ min: 8, max: 2000 });
const rule: fc.Arbitrary<ResizeRule> = fc.oneof(
  fc.record({
    rule: fc.constant('squash' as const),
    width: side,
    height: side,
    filter: fc.constant('auto' as const),
  }),
  fc.record({
    rule: fc.constant('short-side-crop' as const),
    short: side,
    width: side,
    height: side,
    filter: fc.constant('bilinear' as const),
  }),
  fc.record({
    rule: fc.constant('short-within' as const),
    short: side,
    max: side,
    multiple: fc.integer({ min: 1, max: 128 }),
    filter: fc.constant('bicubic' as const),
  }),
);
const anySize = fc.record({
  width: fc.integer({ min: 1, max: 5000 }),
  height: fc.integer({ min: 1, max: 5000 }),
});

describe('planResize', () => {
  it('never makes a side less than 1, and crops inside what it resized', () => {
    fc.assert(
      fc.property(anySize, rule, (picture, anyRule) => {
        const { resized, crop, input } = planResize(picture, anyRule);
        for (const { width, height } of [resized, crop, input]) {
          expect(Number.isInteger(width) && width >= 1).toBe(true);
          expect(Number.isInteger(height) && height >= 1).toBe(true);
        }
        expect(crop.x).toBeGreaterThanOrEqual(0);
        expect(crop.y).toBeGreaterThanOrEqual(0);
        expect(crop.x + crop.width).toBeLessThanOrEqual(resized.width);
        expect(crop.y + crop.height).toBeLessThanOrEqual(resized.height);
        if (anyRule.rule === 'short-within') {
          expect([input.width % anyRule.multiple, input.height % anyRule.multiple]).toEqual([0, 0]);
        } else {
          expect(input).toEqual({ width: anyRule.width, height: anyRule.height });
        }
      }),
    );
  });
});

describe('shortSide', () => {
  it.each([
    [3000, 1458, 526, 256],
    [1458, 3000, 256, 526],
    [480, 480, 256, 256],
    [10, 20, 256, 512],
  ])('%i × %i → %i × %i', (width, height, w, h) => {
    expect(shortSide({ width, height }, 256)).toEqual({ width: w, height: h });
  });
});

describe('centreCrop', () => {
  it('truncates the corner', () => {
    expect(centreCrop({ width: 341, height: 256 }, { width: 224, height: 224 })).toEqual({
      x: 58,
      y: 16,
      width: 224,
      height: 224,
    });
  });

  it('takes the largest part of the wanted shape from a smaller picture, as MXNet scale_down', () => {
    const crop = centreCrop({ width: 300, height: 100 }, { width: 224, height: 112 });
    expect(crop).toEqual({ x: 50, y: 0, width: 200, height: 100 });
    // The examples of MXNet's own documentation of scale_down.
    expect(centreCrop({ width: 640, height: 480 }, { width: 720, height: 120 })).toMatchObject({
      width: 640,
      height: 106,
    });
  });
});

describe('shortWithin', () => {
  it('rounds ties to even, as numpy', () => {
    // 25 × 0.5 = 12.5 and 27 × 0.5 = 13.5
    expect(shortWithin({ width: 25, height: 20 }, 10, 100, 1)).toEqual({ width: 12, height: 10 });
    expect(shortWithin({ width: 27, height: 20 }, 10, 100, 1)).toEqual({ width: 14, height: 10 });
  });

  it('keeps one multiple where GluonCV would round a side to nothing', () => {
    expect(shortWithin({ width: 2000, height: 16 }, 416, 1024, 32)).toEqual({
      width: 1024,
      height: 32,
    });
  });
});
