import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTable } from './name-table.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

describe('NameTable', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encoder.encode(text)),
    fc
      .constantFrom('', 'a', 'ab', 'ba', 'a\0', '\ufeffa', 'a\u200b')
      .map((text) => encoder.encode(text)),
  );

  it('gives the same bytes one number, others another, and reads them as a decoder does', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const names = new NameTable(Uint8Array.from(pieces.flatMap((one) => [...one])));
        const met = new Map([['', 0]]);
        let start = 0;
        for (const one of pieces) {
          const end = start + one.length;
          const number = names.numberOf(start, end);
          const bytes = one.join();
          expect(number).toBe(met.get(bytes) ?? met.size);
          met.set(bytes, number);
          expect(names.text(number)).toBe(decoder.decode(one));
          start = end;
        }
        expect(names.count).toBe(met.size);
      }),
    );
  });

  it('tells the names with bytes that are no printable ASCII', () => {
    const all = ['plain', 'a b~', 'tab\t', 'é', 'plain', 'del\u007f'].map((text) =>
      encoder.encode(text),
    );
    const names = new NameTable(Uint8Array.from(all.flatMap((one) => [...one])));
    let start = 0;
    for (const { length } of all) names.numberOf(start, (start += length));
    expect(names.uncommon.map((name) => names.text(name))).toEqual(['tab\t', 'é', 'del\u007f']);
  });

  it('keeps more names apart than it has places or first had room for', () => {
    const all = Array.from({ length: 100_000 }, (_, index) => String(index).padStart(6, 'n'));
    const names = new NameTable(encoder.encode(all.join('')));
    const numbers = all.map((_, index) => names.numberOf(index * 6, index * 6 + 6));
    expect(numbers).toEqual(all.map((_, index) => index + 1));
    expect(all.map((_, index) => names.numberOf(index * 6, index * 6 + 6))).toEqual(numbers);
    expect(numbers.map((number) => names.text(number))).toEqual(all);
  });
});
