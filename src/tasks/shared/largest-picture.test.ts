import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputContract, ResizeRule } from '../../core/manifest/schema.ts';
import { largestPicture } from './largest-picture.ts';
import { planResize } from './resize-rule.ts';

const contract = (resize: ResizeRule): InputContract => ({
  name: 'data',
  layout: 'NHWC',
  range: '0-255',
  channels: 'RGB',
  resize,
  normalise: null,
});

describe('the largest picture of a contract', () => {
  it('is the one size where there is one', () => {
    const squash = { rule: 'squash', width: 32, height: 48, filter: 'bilinear' } as const;
    expect(largestPicture(contract(squash))).toEqual({
      input: 'data',
      layout: 'NHWC',
      width: 32,
      height: 48,
    });
  });

  it('has at least the pixels of any that the rule makes', () => {
    const side = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 1, max: 128 }), (...numbers) => {
        const [width, height, short, max, multiple] = numbers;
        const rule = { rule: 'short-within', short, max, multiple, filter: 'bilinear' } as const;
        const { input } = planResize({ width, height }, rule);
        const largest = largestPicture(contract(rule));
        expect(input.width * input.height).toBeLessThanOrEqual(largest.width * largest.height);
      }),
    );
  });
});
