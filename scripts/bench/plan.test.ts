import { describe, expect, it } from 'vitest';
import { planFor } from './plan.ts';

describe('planFor', () => {
  it('measures in full unless few measurements are asked for', () => {
    const [full, quick] = [planFor([]), planFor(['--quick'])];
    expect([full.quick, quick.quick]).toEqual([false, true]);
    expect(quick.library.pairs).toBeLessThan(full.library.pairs);
  });

  it.each([['--fast'], ['library']])('refuses %s and says what it knows', (argument) => {
    expect(() => planFor([argument])).toThrow(/--quick/);
  });
});
