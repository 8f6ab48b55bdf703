import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import type { RgbImage } from '../image/pixels.ts';
import type { ResizeFilter } from '../manifest/schema.ts';
import { noisePicture } from './reference.fixture.ts';
import { cropImage } from './crop.ts';
import { autoFilter, resize, resizeRegion } from './resize.ts';

const FILTERS: readonly ResizeFilter[] = [
  'nearest',
  'bilinear',
  'bicubic',
  'area',
  'lanczos4',
  'auto',
];

/** SHA-256 (first 16 digits) of what cv2 5.0.0 without IPP makes of `noisePicture(w, h)`. */
const OPENCV: readonly [ResizeFilter, number, number, number, number, string][] = [
  ['bilinear', 64, 48, 32, 24, '74efc2b123f54d8f'], // 2 × 2: OpenCV takes the box filter
  ['bilinear', 64, 48, 16, 48, 'c7ead874cd48cafd'],
  ['area', 64, 48, 32, 24, '74efc2b123f54d8f'],
  ['area', 63, 48, 21, 16, '9aa46ae5697d4a92'],
  ['area', 60, 60, 20, 30, 'c444358cc3823c53'],
  ['area', 64, 48, 64, 24, 'faf66e973884c1e1'],
  ['area', 64, 48, 50, 96, 'dc0e8cb15422e4d3'], // one side grows
  ['area', 100, 75, 37, 29, 'df421aca6feb7af4'],
  ['bicubic', 60, 60, 20, 30, '71f821418d5bac5a'],
  ['bicubic', 41, 37, 67, 90, '07d3d24a141deb16'],
  ['lanczos4', 41, 37, 67, 90, 'dabf1a16dd5df43c'],
  ['nearest', 41, 37, 67, 23, '689e9feb6aa0693a'],
  ['bicubic', 1, 1, 5, 3, '674ad8134a038c43'],
  ['lanczos4', 3, 5, 7, 2, 'a5bffa5c7d056f1b'],
  ['area', 1, 9, 4, 3, '4d8756067e5421b0'],
];

const side = fc.integer({ min: 1, max: 40 });
const filter = fc.constantFrom(...FILTERS);
const picture = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((bytes): RgbImage => ({ width, height, data: Uint8Array.from(bytes) })),
  );

describe('resize', () => {
  it.each(OPENCV)('%s %i × %i → %i × %i is OpenCV’s, bit for bit', (name, w, h, W, H, sha256) => {
    const { data } = resize(noisePicture(w, h), W, H, name);
    expect(createHash('sha256').update(data).digest('hex').slice(0, 16)).toBe(sha256);
  });

  it('gives the picture itself for its own size', () => {
    fc.assert(
      fc.property(picture, filter, (image, name) => {
        expect(resize(image, image.width, image.height, name)).toBe(image);
      }),
    );
  });

  it('gives the size asked for and keeps a constant picture constant, with every filter', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(side, side, side, side, byte, filter, (w, h, W, H, value, name) => {
        const flat = { width: w, height: h, data: new Uint8Array(w * h * 3).fill(value) };
        const resized = resize(flat, W, H, name);
        expect([resized.width, resized.height, resized.data.length]).toEqual([W, H, W * H * 3]);
        expect(resized.data.every((x) => x === value)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never leaves the range of the source with nearest, bilinear and area', () => {
    const averaging = fc.constantFrom<ResizeFilter[]>('nearest', 'bilinear', 'area');
    fc.assert(
      fc.property(picture, side, side, averaging, (image, W, H, name) => {
        const { data } = resize(image, W, H, name);
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...image.data));
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...image.data));
      }),
    );
  });

  it('treats the three channels alike', () => {
    fc.assert(
      fc.property(picture, side, side, filter, (image, W, H, name) => {
        const grey = image.data.map((_, at) => image.data[at - (at % 3)] ?? 0);
        const { data } = resize({ ...image, data: grey }, W, H, name);
        const colour = resize(image, W, H, name).data;
        data.forEach((value, at) => {
          // Bicubic rounds the last values of a row differently (OpenCV's vector loop), by 1 at most.
          expect(Math.abs(value - (colour[at - (at % 3)] ?? 0))).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it.each([
    [4, 4, 'bicubic'],
    [2, 2, 'area'],
    [4, 2, 'bilinear'],
    [4, 3, 'bilinear'],
    [3, 2, 'bilinear'],
    [3, 3, 'bilinear'],
  ])('auto from 3 × 3 to %i × %i is %s', (width, height, expected) => {
    expect(autoFilter({ width: 3, height: 3 }, width, height)).toBe(expected);
    const source = noisePicture(3, 3);
    expect(resize(source, width, height, 'auto')).toEqual(
      resize(source, width, height, autoFilter(source, width, height)),
    );
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses a side of %d', (width) => {
    expect(codeOf(() => resize(noisePicture(4, 4), width, 4, 'bilinear'))).toBe('app/bad-resize');
  });

  it('refuses a picture whose bytes are not its size, and a result beyond the pixel limit', () => {
    const short = { width: 4, height: 4, data: new Uint8Array(47) };
    expect(codeOf(() => resize(short, 2, 2, 'area'))).toBe('app/bad-resize');
    const tall = () => resize(noisePicture(1, 9), 4096, 262_144, 'bilinear');
    expect(codeOf(tall)).toBe('intake/too-elongated');
  });

  it('takes far less than a second from 12 megapixels to 256', () => {
    const photo = noisePicture(4000, 3000);
    const start = performance.now();
    resize(photo, 341, 256, 'bilinear');
    expect(performance.now() - start).toBeLessThan(500);
  });
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown);
  }
  return 'nothing thrown';
}

describe('resizeRegion', () => {
  it('is a part of the whole result, for every filter', () => {
    fc.assert(
      fc.property(
        picture,
        side,
        side,
        filter,
        fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        (image, width, height, by, [a = 0, b = 0, c = 0, d = 0]) => {
          const [x, y] = [a % width, b % height];
          const region = { x, y, width: 1 + (c % (width - x)), height: 1 + (d % (height - y)) };
          const expected = cropImage(resize(image, width, height, by), region);
          expect(resizeRegion(image, width, height, by, region)).toEqual(expected);
        },
      ),
    );
  });
});
