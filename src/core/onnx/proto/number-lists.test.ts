import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberLists } from './number-lists.ts';

it('holds the lists that were put in, however many', () => {
  const lists = fc.array(fc.array(fc.integer({ min: 0, max: 320_000 }), { maxLength: 6 }));
  fc.assert(
    fc.property(lists, fc.boolean(), (given, many) => {
      const all = many ? Array.from({ length: 5000 }, () => given).flat() : given;
      const table = new NumberLists();
      for (const list of all) {
        for (const number of list) table.add(number);
        table.close();
      }
      const read = all.map((_, list) => {
        const count = table.end(list) - table.start(list);
        return Array.from({ length: count }, (_one, place) => table.at(table.start(list) + place));
      });
      expect(read).toEqual(all);
      expect(all.map((_, list) => table.first(list))).toEqual(all.map(([first = 0]) => first));
    }),
    { numRuns: 30 },
  );
});
