import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropAlpha } from './drop-alpha.ts';

describe('dropAlpha', () => {
  it('leaves out each fourth byte and keeps the colours, transparent or not', () => {
    const rgba = Uint8ClampedArray.of(1, 2, 3, 0, 255, 254, 253, 128, 9, 8, 7, 255);
    expect(dropAlpha(rgba)).toEqual(Uint8Array.of(1, 2, 3, 255, 254, 253, 9, 8, 7));
  });

  it('gives nothing for nothing', () => {
    expect(dropAlpha(new Uint8Array())).toHaveLength(0);
  });

  it('reads the part that a view shows', () => {
    const whole = Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4);
    expect(dropAlpha(whole.subarray(4))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('keeps each colour of any picture in its place', () => {
    const pixel = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
    fc.assert(
      fc.property(fc.array(pixel), (pixels) => {
        const rgb = pixels.flatMap(([red, green, blue]) => [red, green, blue]);
        expect([...dropAlpha(Uint8Array.from(pixels.flat()))]).toEqual(rgb);
      }),
    );
  });
});
