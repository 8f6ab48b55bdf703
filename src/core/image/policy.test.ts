import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDecodedSize, judgePicture, uprightSize } from './policy.ts';
import { ispe, av1C, avif } from './testing/build-avif.ts';
import { exifSegment, jpeg } from './testing/build-jpeg.ts';
import { blackPng, png } from './testing/build-png.ts';
import { exif } from './testing/bytes.ts';
import { headerOf, refusal } from './testing/outcome.ts';
import { BUILDERS } from './testing/samples.ts';
import type { AcceptedFormat, PictureHeader } from './types.ts';

const judge = (file: Uint8Array): PictureHeader => judgePicture(file, file.length);

describe('judgePicture', () => {
  it('refuses a bomb of 23,000 × 23,000 pixels in some 64 kB by its side', () => {
    const file = blackPng(23_000, 23_000);
    expect(file.length).toBeLessThan(80_000);
    const error = refusal(() => judge(file));
    expect(error.code).toBe('intake/side-too-long');
    expect(error.message).toContain('23,000 × 23,000 pixels (529 megapixels)');
    expect(error.message).toContain('at most 16,384 pixels');
    expect(error.details).toEqual({ limit: 16_384, actual: 23_000 });
  });

  it('refuses 16,000 × 16,000 pixels by their number', () => {
    const error = refusal(() => judge(blackPng(16_000, 16_000)));
    expect(error.code).toBe('intake/too-many-pixels');
    expect(error.message).toContain(
      '16,000 × 16,000 pixels (256 megapixels); at most 40 megapixels',
    );
    expect(error.details).toEqual({ limit: 40_000_000, actual: 256_000_000 });
  });

  it('refuses too many bytes before it looks at any', () => {
    const limit = 32 * 1024 * 1024;
    const error = refusal(() => judgePicture(new Uint8Array(1), limit + 1));
    expect(error.code).toBe('intake/too-large');
    expect(error.message).toContain('33,554,433 bytes');
    expect(error.details).toEqual({ limit, actual: limit + 1 });
    expect(refusal(() => judgePicture(new Uint8Array(1), limit)).code).toBe(
      'intake/unknown-format',
    );
  });

  it.each([
    ['intake/side-too-long', 16_385, 100, 16_384, 16_385],
    ['intake/side-too-short', 100, 7, 8, 7],
    ['intake/too-many-pixels', 8_000, 5_001, 40_000_000, 40_008_000],
    ['intake/too-thin', 8, 520, 64, 65],
  ])('%s: %i × %i', (code, width, height, limit, actual) => {
    for (const file of [png({ width, height }), png({ width: height, height: width })]) {
      const error = refusal(() => judge(file));
      expect(error.code).toBe(code);
      expect(error.details).toEqual({ limit, actual });
      expect(error.message).toMatch(/ × .* pixels.*\. [A-Z].*\.$/);
      expect(error.retryable).toBe(false);
    }
  });

  it.each([
    [16_384, 256],
    [8, 8],
    [8_000, 5_000],
    [8, 512],
  ])('accepts exactly the limit: %i × %i', (width, height) => {
    for (const build of Object.values(BUILDERS)) {
      expect(judge(build(width, height))).toMatchObject({ width, height });
    }
  });

  it('never lets a just exceeded limit read like the limit', () => {
    const error = refusal(() => judge(png({ width: 10_000, height: 4_001 })));
    expect(error.message).toContain('40.1 megapixels');
    expect(refusal(() => judge(png({ width: 577, height: 9 }))).message).toContain('64.2:1');
  });

  it('gives back any size it accepts, for each format', () => {
    const side = fc.integer({ min: 1, max: 16_384 });
    const format = fc.constantFrom(...(Object.keys(BUILDERS) as AcceptedFormat[]));
    fc.assert(
      fc.property(format, side, side, (name, width, height) => {
        expect(headerOf(BUILDERS[name](width, height))).toMatchObject({
          format: name,
          width,
          height,
        });
      }),
    );
  });
});

describe('the decoded size', () => {
  const turned = (orientation: number): PictureHeader =>
    headerOf(jpeg({ before: exifSegment(exif(orientation)) }));
  const stored = { width: 40, height: 24 };
  const upright = { width: 24, height: 40 };

  it('is swapped for the four orientations that lie on their side', () => {
    for (const orientation of [1, 2, 3, 4]) {
      expect(uprightSize(turned(orientation))).toEqual(stored);
    }
    for (const orientation of [5, 6, 7, 8]) {
      expect(uprightSize(turned(orientation))).toEqual(upright);
    }
  });

  it('must be the upright one of a JPEG', () => {
    checkDecodedSize(turned(6), upright);
    const error = refusal(() => {
      checkDecodedSize(turned(6), stored);
    });
    expect(error.code).toBe('intake/size-mismatch');
    expect(error.message).toContain('promises 24 × 40 pixels, but decoding gave 40 × 24 pixels');
    expect(error.details).toMatchObject({ expectedWidth: 24, actualWidth: 40 });
  });

  it('may be the stored one of other formats, and nothing else', () => {
    const irot = Uint8Array.from([0, 0, 0, 9, ...Buffer.from('irot'), 1]);
    const header = headerOf(avif({ properties: [ispe(40, 24), av1C(), irot] }));
    checkDecodedSize(header, upright);
    checkDecodedSize(header, stored);
    for (const size of [
      { width: 40, height: 40 },
      { width: 24, height: 24 },
      { width: 0, height: 0 },
    ]) {
      expect(
        refusal(() => {
          checkDecodedSize(header, size);
        }).code,
      ).toBe('intake/size-mismatch');
    }
  });
});
