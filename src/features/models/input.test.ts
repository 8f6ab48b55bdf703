import { describe, expect, it } from 'vitest';
import { describeInput } from './input.ts';

describe('describing a network’s input', () => {
  it('says size, channels, range and normalisation', () => {
    expect(
      describeInput({
        name: 'data',
        layout: 'NHWC',
        range: '0-255',
        channels: 'RGB',
        resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
        normalise: null,
      }),
    ).toBe('Squashed to 32 × 32; RGB 0 to 255, NHWC, normalised in the network.');
  });

  it('says how the aspect ratio is treated', () => {
    const resize = {
      rule: 'short-side-crop',
      short: 256,
      width: 224,
      height: 224,
      filter: 'bilinear',
    } as const;
    expect(
      describeInput({
        name: 'data',
        layout: 'NCHW',
        range: '0-1',
        channels: 'RGB',
        resize,
        normalise: { mean: [0, 0, 0], std: [1, 1, 1] },
      }),
    ).toContain('Short side to 256, centre crop of 224 × 224');
  });
});
