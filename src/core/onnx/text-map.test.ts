import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextMap } from './text-map.ts';

it('keeps apart what differs, and finds what was put in', () => {
  const text = fc.oneof(
    fc.string(),
    fc.nat().map(String),
    fc.nat().map((number) => `#${String(number)}`),
    fc.nat().map((number) => `##${String(number)}`),
  );
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const expected = new Map(texts.map((one, index) => [one, index]));
      const map = new TextMap<number>();
      texts.forEach((one, index) => map.set(one, index));
      expect(map.size).toBe(expected.size);
      expect([...map.values()]).toEqual([...expected.values()]);
      for (const one of texts) {
        expect(map.get(one)).toBe(expected.get(one));
        expect(map.has(one)).toBe(true);
      }
      expect(map.has('never put in')).toBe(false);
      expect(map.get('never put in')).toBeUndefined();
    }),
  );
});
