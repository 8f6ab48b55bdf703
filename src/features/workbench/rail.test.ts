import { describe, expect, it } from 'vitest';
import { passedShare } from './rail.ts';

describe('the light on the rail', () => {
  it('is off while nothing happens', () => {
    expect(passedShare(undefined)).toBe(0);
    expect(passedShare({ stage: 'queued', ahead: 0 })).toBe(0);
  });

  it('moves from the first station to the second with the bytes', () => {
    const at = (loadedBytes: number) =>
      passedShare({ stage: 'verify', loadedBytes, totalBytes: 100, what: 'model' });
    expect(at(0)).toBeCloseTo(0.5 / 6);
    expect(at(100)).toBeCloseTo(passedShare({ stage: 'load' }));
    expect(at(250)).toBe(at(100));
  });

  it('never goes back', () => {
    const shares = (['load', 'decode', 'preprocess', 'run', 'postprocess'] as const).map((stage) =>
      passedShare({ stage }),
    );
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  });
});
