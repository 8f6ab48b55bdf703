import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundHalfEven } from './rounding.ts';

it.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, 0],
  [-1.5, -2],
  [2.4999, 2],
  [2.5001, 3],
  [-2.6, -3],
])('rounds %d to %d', (value, expected) => {
  expect(roundHalfEven(value) + 0).toBe(expected);
});

it('is never further than half, and even on ties', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), (half) => {
      const rounded = roundHalfEven(half / 2);
      expect(Math.abs(rounded - half / 2)).toBeLessThanOrEqual(0.5);
      if (half % 2 !== 0) expect(Math.abs(rounded % 2)).toBe(0);
    }),
  );
});
