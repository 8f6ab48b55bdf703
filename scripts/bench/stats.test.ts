import { describe, expect, it } from 'vitest';
import { compare, summarise } from './stats.ts';

describe('summarise', () => {
  it('gives quartiles between the nearest ranks, whatever the order', () => {
    const summary = { count: 4, p50: 2.5, min: 1, p25: 1.75, p75: 3.25 };
    expect(summarise([4, 1, 3, 2])).toEqual(summary);
  });

  it('makes nothing up of nothing', () => {
    expect(summarise([]).p50).toBeNaN();
  });
});

describe('compare', () => {
  it('divides medians, minima and the single pairs', () => {
    const { ratio, minRatio, pairRatio } = compare({ a: [10, 20, 10], b: [12, 22, 11] });
    expect(ratio).toBeCloseTo(1.2);
    expect(minRatio).toBeCloseTo(1.1);
    expect(pairRatio).toMatchObject({ count: 3, min: 1.1, p50: 1.1 });
  });
});
