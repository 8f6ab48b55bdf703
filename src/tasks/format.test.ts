import { describe, expect, it } from 'vitest';
import { formatPercent, formatScore } from './format.ts';

describe('shares and scores', () => {
  it('never rounds a probability to certainty', () => {
    expect(formatPercent(0.97314)).toBe('97.3%');
    expect(formatPercent(0.99999)).toBe('>99.9%');
    expect(formatPercent(0.00001)).toBe('<0.1%');
    expect(formatPercent(1)).toBe('100.0%');
    expect(formatPercent(0)).toBe('0.0%');
  });

  it('prints scores with two decimals', () => {
    expect(formatScore(0.3)).toBe('0.30');
    expect(formatScore(1)).toBe('1.00');
  });
});
