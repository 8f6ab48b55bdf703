import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NamesRead } from './names-read.ts';

describe('NamesRead', () => {
  it('reads every text as a decoder does, however often and in whatever place it is', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.string({ unit: 'binary', maxLength: 30 }).map((text) => new TextEncoder().encode(text)),
      fc.constantFrom('', 'a', 'ab', 'ba', '\ufeffa').map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(3), (pieces, again) => {
        const bytes = Uint8Array.from(pieces.flatMap((one) => [...one]));
        const names = new NamesRead(bytes);
        for (let round = 0; round <= again; round += 1) {
          let start = 0;
          for (const one of pieces) {
            const end = start + one.length;
            const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(one);
            expect(names.at(start, end)).toBe(expected);
            start = end;
          }
        }
      }),
    );
  });

  it('keeps names apart that share a place', () => {
    const all = Array.from({ length: 40_000 }, (_, index) => `n${String(index).padStart(5, '0')}`);
    const names = new NamesRead(new TextEncoder().encode(all.join('')));
    const read = all.map((_, index) => names.at(index * 6, index * 6 + 6));
    expect(read).toEqual(all);
  });
});
