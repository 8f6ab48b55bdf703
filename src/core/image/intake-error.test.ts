import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grouped } from './intake-error.ts';

it('groups digits as the platform does', () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.boolean(), (whole, isTenths) => {
      const value = isTenths ? Math.floor(whole / 1000) / 10 : whole;
      const expected = value.toLocaleString('en-US', { maximumFractionDigits: 1 });
      expect(grouped(value)).toBe(expected);
    }),
  );
});
