import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import { anim, anmf, riffChunk, vp8, VP8X_FLAGS, vp8l, vp8x, webp } from './testing/build-webp.ts';
import { bytes, exif, le, patched } from './testing/bytes.ts';
import { codeOf, headerOf } from './testing/outcome.ts';

const CORRUPT = 'intake/corrupt-header';
const TRUNCATED = 'intake/truncated';
const { animation, alpha } = VP8X_FLAGS;
const frame = anmf({ width: 40, height: 24 }, vp8(40, 24));

describe('WebP', () => {
  it('reads a lossy picture', () => {
    expect(headerOf(webp(vp8(640, 427)))).toEqual({
      format: 'webp',
      width: 640,
      height: 427,
      orientation: 1,
      frames: 1,
      animated: false,
      bitDepth: 8,
      colour: 'rgb',
      alpha: false,
    });
    expect(headerOf(webp(vp8(0x4000 + 9, 0xc000 + 8)))).toMatchObject({ width: 9, height: 8 });
  });

  it('reads a lossless picture and its alpha', () => {
    expect(headerOf(webp(vp8l(16_384, 1)))).toMatchObject({
      width: 16_384,
      height: 1,
      alpha: false,
    });
    expect(headerOf(webp(vp8l(1, 16_384, true)))).toMatchObject({ height: 16_384, alpha: true });
  });

  it('reads an extended still: alpha, orientation', () => {
    const still = webp(vp8x(40, 24, alpha), riffChunk('ICCP', [1]), vp8(40, 24));
    expect(headerOf(still)).toMatchObject({ width: 40, height: 24, alpha: true, frames: 1 });
    for (const tiff of [exif(6), bytes('Exif\0\0', exif(6, false))]) {
      const turned = webp(vp8x(40, 24), vp8l(40, 24), riffChunk('EXIF', tiff));
      expect(headerOf(turned)).toMatchObject({ orientation: 6, alpha: false });
    }
  });

  it('counts the frames of an animation', () => {
    const file = webp(vp8x(40, 24, animation), anim(), frame, frame, frame);
    expect(headerOf(file)).toMatchObject({ frames: 3, animated: true, alpha: false });
    const visible = file.length - frame.length;
    expect(readHeader(file.subarray(0, visible), file.length).frames).toBe(2);
  });

  it('knows that a first frame smaller than the canvas, or with alpha, is transparent', () => {
    const small = anmf({ left: 2, width: 8, height: 24 }, vp8(8, 24));
    const clear = anmf({ width: 40, height: 24 }, riffChunk('ALPH', [0]), vp8(40, 24));
    for (const first of [small, clear]) {
      expect(headerOf(webp(vp8x(40, 24, animation), anim(), first)).alpha).toBe(true);
    }
  });

  it('ignores bytes behind the RIFF chunk', () => {
    expect(headerOf(bytes(webp(vp8(40, 24)), 'junk')).width).toBe(40);
  });

  it.each([
    ['RIFF longer than the file', TRUNCATED, patched(webp(vp8(40, 24)), 4, le(500, 4))],
    ['an end within the chunk', TRUNCATED, webp(vp8(40, 24)).subarray(0, 30)],
    ['RIFF shorter than its chunk', CORRUPT, patched(webp(vp8(40, 24)), 4, le(20, 4))],
    ['RIFF of no length', CORRUPT, patched(webp(vp8(40, 24)), 4, le(0, 4))],
    ['a chunk longer than RIFF', CORRUPT, patched(webp(vp8(40, 24)), 16, le(500, 4))],
    ['an unknown first chunk', CORRUPT, webp(riffChunk('JUNK', [1]))],
    ['no width', CORRUPT, webp(vp8(0, 24))],
    ['no height', CORRUPT, webp(vp8(40, 0))],
    ['no key frame', CORRUPT, webp(vp8(40, 24, { keyFrame: false }))],
    ['an unknown VP8 version', CORRUPT, webp(vp8(40, 24, { version: 4 }))],
    ['a wrong start code', CORRUPT, webp(vp8(40, 24, { startCode: '\x9d\x01\x2b' }))],
    ['a partition that does not fit', CORRUPT, webp(vp8(40, 24, { partition: 1000 }))],
    ['VP8 too short for its header', CORRUPT, webp(riffChunk('VP8 ', [0x10, 0, 0]))],
    ['VP8L without signature', CORRUPT, webp(riffChunk('VP8L', [0x2e, 0, 0, 0, 0, 0]))],
    ['an unknown VP8L version', CORRUPT, webp(vp8l(40, 24, false, 7))],
    ['a canvas larger than the picture', CORRUPT, webp(vp8x(41, 24), vp8(40, 24))],
    ['a picture larger than the canvas', CORRUPT, webp(vp8x(40, 24), vp8l(16_000, 16_000))],
    ['VP8X of the wrong length', CORRUPT, webp(riffChunk('VP8X', new Uint8Array(12)), vp8(1, 1))],
    ['two VP8X', CORRUPT, webp(vp8x(40, 24), vp8x(40, 24), vp8(40, 24))],
    ['two pictures', CORRUPT, webp(vp8x(40, 24), vp8(40, 24), vp8(40, 24))],
    ['no picture', CORRUPT, webp(vp8x(40, 24), riffChunk('EXIF', exif(1)))],
    ['an animation without frames', CORRUPT, webp(vp8x(40, 24, animation), anim())],
    ['frames in a still', CORRUPT, webp(vp8x(40, 24), frame)],
    [
      'a first frame off the canvas',
      CORRUPT,
      webp(vp8x(40, 24, animation), anmf({ left: 2, width: 40, height: 24 }, vp8(40, 24))),
    ],
    [
      'a frame that lies about its size',
      CORRUPT,
      webp(vp8x(40, 24, animation), anmf({ width: 40, height: 24 }, vp8l(16_000, 16_000))),
    ],
    [
      'a frame without picture',
      CORRUPT,
      webp(vp8x(40, 24, animation), anmf({ width: 40, height: 24 }, riffChunk('ALPH', [0]))),
    ],
  ])('refuses %s (%s)', (_what, code, file) => {
    expect(codeOf(file)).toBe(code);
  });
});
