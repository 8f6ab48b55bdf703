import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import {
  association,
  av1C,
  avif,
  box,
  ftyp,
  fullBox,
  ipma,
  ispe,
  meta,
  trak,
} from './testing/build-avif.ts';
import { gif, gifImage } from './testing/build-gif.ts';
import { exifSegment, jpeg, segment } from './testing/build-jpeg.ts';
import { chunk, png } from './testing/build-png.ts';
import { anim, anmf, riffChunk, vp8, VP8X_FLAGS, vp8l, vp8x, webp } from './testing/build-webp.ts';
import { be, bytes, exif, le } from './testing/bytes.ts';
import { outcome } from './testing/outcome.ts';
import { watched } from './testing/watched.ts';

/** `piece` as often as it fits `total` bytes. */
function filled(total: number, piece: Uint8Array | string | readonly number[]): Uint8Array {
  const one = bytes(piece);
  const many = new Uint8Array(Math.floor(total / one.length) * one.length);
  for (let at = 0; at < many.length; at += one.length) many.set(one, at);
  return many;
}

/** A TIFF directory of as many useless entries as it can have. */
function crowdedExif(total: number): Uint8Array {
  const entries = Math.floor(total / 12);
  return bytes('II*\0', le(8, 4), le(entries, 2), new Uint8Array(entries * 12));
}

/** Files of about n bytes that make a parser take as many steps as possible, by what they repeat. */
const WORST: Readonly<Record<string, (n: number) => Uint8Array>> = {
  'JPEG fill bytes': (n) => jpeg({ before: filled(n, [0xff]) }),
  'JPEG empty segments': (n) => jpeg({ before: filled(n, segment(0xe3)) }),
  'JPEG EXIF segments': (n) => jpeg({ before: filled(n, exifSegment(exif(9))) }),
  'JPEG EXIF entries': (n) => jpeg({ before: exifSegment(crowdedExif(Math.min(n, 65_000))) }),
  'PNG empty chunks': (n) => png({ before: filled(n, chunk('teSt')) }),
  'PNG eXIf chunks': (n) => png({ before: filled(n, chunk('eXIf', exif(9))) }),
  'PNG EXIF entries': (n) => png({ before: chunk('eXIf', crowdedExif(n)) }),
  'GIF one-byte sub-blocks': (n) => gif({ blocks: [gifImage({ data: filled(n, [1, 9]) }), [0]] }),
  'GIF empty extensions': (n) => gif({ blocks: [filled(n, [0x21, 0xfe, 0]), gifImage()] }),
  'GIF frames': (n) => gif({ blocks: [filled(n, gifImage({ width: 1, height: 1 }))] }),
  'WebP empty chunks': (n) => webp(vp8x(40, 24), filled(n, riffChunk('JUNK')), vp8(40, 24)),
  'WebP frames': (n) =>
    webp(
      vp8x(40, 24, VP8X_FLAGS.animation),
      anim(),
      filled(n, anmf({ width: 40, height: 24 }, vp8l(40, 24))),
    ),
  'WebP chunks in a frame': (n) =>
    webp(
      vp8x(40, 24, VP8X_FLAGS.animation),
      anmf({ width: 40, height: 24 }, filled(n, riffChunk('JUNK')), vp8(40, 24)),
    ),
  'AVIF brands': (n) => bytes(box('ftyp', 'avif', new Uint8Array(4), filled(n, 'mif1')), meta()),
  'AVIF top-level boxes': (n) => bytes(ftyp(), filled(n, box('free')), meta()),
  'AVIF boxes in meta': (n) => avif({ extra: filled(n, box('free')) }),
  'AVIF properties': (n) => {
    const properties = [
      ispe(40, 24),
      av1C(),
      filled(n, box('auxC', [0, 0, 0, 0], 'urn:mpeg:mpegB:cicp')),
    ];
    return avif({ properties, ipma: ipma(association(1, 1, 2)) });
  },
  'AVIF associations': (n) => {
    const useless = association(7, 1, 2, 3, 1, 2);
    const count = Math.floor(n / useless.length);
    const entries = bytes(association(1, 1, 2, 3), filled(n, useless));
    return avif({ ipma: fullBox('ipma', 0, 0, be(count + 1, 4), entries) });
  },
  'AVIF tracks': (n) => bytes(ftyp('avis'), box('moov', filled(n, trak()))),
  'nested boxes': (n) => {
    // As deep as n allows: each level is a box around the next.
    const depth = n / 8;
    const sizes = Array.from({ length: depth }, (_, i) => [
      ...be((depth - i) * 8, 4),
      ...Buffer.from('moov'),
    ]);
    return bytes(ftyp('avis'), sizes.flat());
  },
  text: (n) => filled(n, '<a>'),
  zeros: (n) => new Uint8Array(n),
};

const HOPELESS: ReadonlySet<string> = new Set(['nested boxes', 'text', 'zeros']);

/** Steps per byte, generously: a field may be looked at for several questions. */
const READS_PER_BYTE = 8;
/** The sniffer's signatures and its 4 KiB of text. */
const FIXED_READS = 12_000;

describe('the number of reads is linear in the number of bytes', () => {
  it.each(Object.entries(WORST))('%s', (name, build) => {
    const counts = [16_384, 65_536, 262_144].map((n) => {
      const file = build(n);
      const { head, reads } = watched(file);
      // A refusal could come early and prove nothing, so all but the hopeless must be walked to the end.
      const result = outcome(() => readHeader(head, file.length));
      expect(result === 'ok').toBe(!HOPELESS.has(name));
      expect(reads()).toBeLessThanOrEqual(READS_PER_BYTE * file.length + FIXED_READS);
      return reads();
    });
    const [, middle = 0, large = 0] = counts;
    expect(large).toBeLessThanOrEqual(4 * middle + FIXED_READS);
  });
});
