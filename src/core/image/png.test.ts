import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import { animationControl, chunk, frameControl, png, PNG_SIGNATURE } from './testing/build-png.ts';
import { be, bytes, exif, patched } from './testing/bytes.ts';
import { codeOf, headerOf, refusal } from './testing/outcome.ts';

const CORRUPT = 'intake/corrupt-header';
const TRUNCATED = 'intake/truncated';
const PALETTE = chunk('PLTE', [0, 0, 0]);

describe('PNG', () => {
  it.each([
    [0, [1, 2, 4, 8, 16], 'grey', false],
    [2, [8, 16], 'rgb', false],
    [3, [1, 2, 4, 8], 'palette', false],
    [4, [8, 16], 'grey', true],
    [6, [8, 16], 'rgb', true],
  ] as const)('knows colour type %i and its depths %j', (colourType, depths, colour, alpha) => {
    for (let bitDepth = 0; bitDepth <= 32; bitDepth++) {
      const file = png({ colourType, bitDepth, before: PALETTE });
      if (depths.some((depth) => depth === bitDepth)) {
        expect(headerOf(file)).toMatchObject({ width: 40, height: 24, bitDepth, colour, alpha });
      } else {
        expect(codeOf(file)).toBe(CORRUPT);
      }
    }
  });

  it('reads transparency and orientation', () => {
    expect(headerOf(png({ before: chunk('tRNS', [0, 0, 0, 0, 0, 0]) })).alpha).toBe(true);
    expect(headerOf(png({ after: chunk('tRNS', [0, 0, 0, 0, 0, 0]) })).alpha).toBe(false);
    expect(headerOf(png({ before: chunk('eXIf', exif(7)) })).orientation).toBe(7);
    expect(headerOf(png({ after: chunk('eXIf', exif(6, false)) })).orientation).toBe(6);
  });

  it('notes the frames of an APNG', () => {
    const before = bytes(animationControl(2), frameControl(40, 24));
    expect(headerOf(png({ before }))).toMatchObject({ animated: true, frames: 2 });
  });

  const ihdr = chunk('IHDR', be(40, 4), be(24, 4), [8, 2, 0, 0, 0]);

  it.each([
    ['a changed width', CORRUPT, patched(png(), 16, [1])],
    ['a changed checksum', CORRUPT, patched(png(), 29, [1, 2, 3, 4])],
    ['a signature copied as text', CORRUPT, bytes('\x89PNG\n\x1a\n', png().subarray(8))],
    ['no width', CORRUPT, png({ width: 0 })],
    ['no height', CORRUPT, png({ height: 0 })],
    ['a width of 2^31', CORRUPT, png({ width: 2 ** 31 })],
    ['an unknown compression', CORRUPT, png({ methods: [1, 0, 0] })],
    ['an unknown filter', CORRUPT, png({ methods: [0, 1, 0] })],
    ['an unknown interlacing', CORRUPT, png({ methods: [0, 0, 2] })],
    [
      'another chunk first',
      CORRUPT,
      bytes(PNG_SIGNATURE, chunk('tEXt', 'a\0b'), png().subarray(8)),
    ],
    ['IHDR of the wrong length', CORRUPT, bytes(PNG_SIGNATURE, chunk('IHDR', new Uint8Array(14)))],
    ['two IHDR', CORRUPT, png({ before: ihdr })],
    ['a palette picture without palette', CORRUPT, png({ colourType: 3 })],
    ['no pixels', CORRUPT, bytes(PNG_SIGNATURE, ihdr, chunk('IEND'))],
    ['a chunk type of control characters', CORRUPT, png({ before: chunk('\0\0\0\0') })],
    ['a chunk length of 2^31', CORRUPT, png({ before: bytes(be(2 ** 31, 4), 'tEXt') })],
    ['no animation frames', CORRUPT, png({ before: animationControl(0) })],
    ['more animation frames than fit', CORRUPT, png({ before: animationControl(1_000_000) })],
    ['an acTL too short', CORRUPT, png({ before: chunk('acTL', [0, 0]) })],
    ['a first frame of another size', CORRUPT, png({ before: frameControl(4000, 24) })],
    ['a first frame off the canvas', CORRUPT, png({ before: frameControl(40, 24, 1, 0) })],
    ['a chunk beyond the end', TRUNCATED, png({ before: bytes(be(5000, 4), 'tEXt') })],
    ['an end within IHDR', TRUNCATED, png().subarray(0, 20)],
    ['an end within the pixels', TRUNCATED, png().subarray(0, -16)],
    ['no IEND', TRUNCATED, png().subarray(0, -12)],
  ])('refuses %s (%s)', (_what, code, file) => {
    expect(codeOf(file)).toBe(code);
  });

  it('names the private form of iOS apps', () => {
    const file = bytes(PNG_SIGNATURE, chunk('CgBI', [0x50, 0, 0x20, 2]), png().subarray(8));
    const error = refusal(() => headerOf(file));
    expect(error.code).toBe('intake/unsupported');
    expect(error.message).toContain('CgBI');
  });

  it('needs no more than the beginning of a large file', () => {
    const file = png({ idat: new Uint8Array(100_000) });
    expect(readHeader(file.subarray(0, 100), file.length)).toMatchObject({ width: 40 });
    expect(refusal(() => readHeader(file.subarray(0, 100), 90_000)).code).toBe(TRUNCATED);
    expect(refusal(() => readHeader(file.subarray(0, 20), file.length)).code).toBe(
      'intake/header-not-found',
    );
  });
});
