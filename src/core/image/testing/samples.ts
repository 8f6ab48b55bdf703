import type { PictureHeader } from '../types.ts';
import { animatedAvif, avif, av1C, ispe } from './build-avif.ts';
import { bytes, exif } from './bytes.ts';
import { gif, gifImage, graphicControl, looping } from './build-gif.ts';
import { exifSegment, jpeg } from './build-jpeg.ts';
import { animationControl, chunk, frameControl, png } from './build-png.ts';
import { anim, anmf, riffChunk, vp8, VP8X_FLAGS, vp8l, vp8x, webp } from './build-webp.ts';

/** Small sound files that between them reach every branch of the parsers; all are 40 × 24 pixels. */
export const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  jpeg: jpeg(),
  'jpeg with EXIF': jpeg({ before: exifSegment(exif(6)), frame: 0xc2 }),
  png: png(),
  'png with all kinds of chunks': png({
    colourType: 3,
    before: bytes(
      animationControl(2),
      frameControl(40, 24),
      chunk('PLTE', [0, 0, 0, 1, 1, 1]),
      chunk('tRNS', [0]),
      chunk('eXIf', exif(8, false)),
    ),
    after: chunk('fdAT', [0, 0, 0, 1, 5, 5]),
  }),
  'webp, lossy': webp(vp8(40, 24)),
  'webp, lossless': webp(vp8l(40, 24, true)),
  'webp, extended': webp(
    vp8x(40, 24, VP8X_FLAGS.alpha | VP8X_FLAGS.exif),
    riffChunk('ALPH', [0, 1, 2]),
    vp8(40, 24),
    riffChunk('EXIF', exif(5)),
  ),
  'webp, animated': webp(
    vp8x(40, 24, VP8X_FLAGS.animation),
    anim(),
    anmf({ width: 40, height: 24 }, vp8(40, 24)),
    anmf({ left: 2, top: 4, width: 8, height: 8 }, vp8l(8, 8)),
  ),
  gif: gif(),
  'gif, animated': gif({
    blocks: [
      looping(),
      graphicControl(true),
      gifImage(),
      gifImage({ left: 9, width: 3, localTableBits: 1 }),
    ],
  }),
  avif: avif(),
  'avif, turned, 10 bits': avif({
    properties: [
      ispe(40, 24),
      av1C(0x4c),
      Uint8Array.from([0, 0, 0, 9, ...Buffer.from('irot'), 1]),
      Uint8Array.from([0, 0, 0, 9, ...Buffer.from('imir'), 1]),
    ],
  }),
  'avif, animated': animatedAvif(),
};

/** Builds a sound still of any size, for each format. */
export const BUILDERS: Record<
  PictureHeader['format'],
  (width: number, height: number) => Uint8Array
> = {
  jpeg: (width, height) => jpeg({ width, height }),
  png: (width, height) => png({ width, height }),
  webp: (width, height) => webp(vp8l(width, height)),
  gif: (width, height) => gif({ width, height }),
  avif: (width, height) => avif({ properties: [ispe(width, height), av1C()] }),
};
