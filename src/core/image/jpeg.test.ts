import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import { exifSegment, frameSegment, jpeg, segment } from './testing/build-jpeg.ts';
import { be, bytes, exif, patched } from './testing/bytes.ts';
import { codeOf, headerOf, refusal } from './testing/outcome.ts';

const CORRUPT = 'intake/corrupt-header';
const UNSUPPORTED = 'intake/unsupported';

describe('JPEG', () => {
  it('gives size, precision and colour', () => {
    expect(headerOf(jpeg({ width: 640, height: 427 }))).toEqual({
      format: 'jpeg',
      width: 640,
      height: 427,
      orientation: 1,
      frames: 1,
      animated: false,
      bitDepth: 8,
      colour: 'rgb',
      alpha: false,
    });
    expect(headerOf(jpeg({ components: 1 })).colour).toBe('grey');
    expect(headerOf(jpeg({ components: 4, frame: 0xc2 })).colour).toBe('cmyk');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('reads EXIF orientation %i in both byte orders', (value) => {
    for (const little of [true, false]) {
      const before = exifSegment(exif(value, little));
      expect(headerOf(jpeg({ before })).orientation).toBe(value);
    }
  });

  it('takes EXIF also between frame and scan, and the first of two', () => {
    expect(headerOf(jpeg({ after: exifSegment(exif(8)) })).orientation).toBe(8);
    const two = bytes(exifSegment(exif(3)), exifSegment(exif(8)));
    expect(headerOf(jpeg({ before: two })).orientation).toBe(3);
  });

  it.each([
    ['an impossible value', exif(9)],
    ['no byte order', patched(exif(6), 0, 'XX')],
    ['an IFD beyond the segment', patched(exif(6), 4, [255, 255, 255, 255])],
    ['more entries than bytes', patched(exif(6), 8, [255, 255], [0, 0])],
    ['another type', patched(exif(6), 12, [4])],
    ['nothing at all', new Uint8Array()],
  ])('shows a picture upright whose EXIF has %s', (_what, tiff) => {
    expect(headerOf(jpeg({ before: exifSegment(tiff) })).orientation).toBe(1);
  });

  it('steps over fill bytes and TEM', () => {
    expect(headerOf(jpeg({ before: [0xff, 0xff, 0xff, 0x01] })).width).toBe(40);
  });

  it.each([
    ['lossless', 0xc3],
    ['hierarchical', 0xc5],
    ['arithmetic', 0xc9],
    ['hierarchical', 0xde],
    ['JPEG-LS', 0xf7],
  ])('refuses a %s frame (%i) by name', (name, frame) => {
    const error = refusal(() => headerOf(jpeg({ frame })));
    expect(error.code).toBe(UNSUPPORTED);
    expect(error.message).toContain(name);
  });

  it.each([
    ['12 bits', UNSUPPORTED, jpeg({ precision: 12 })],
    ['two components', UNSUPPORTED, jpeg({ components: 2 })],
    ['no width', CORRUPT, jpeg({ width: 0 })],
    ['no height (DNL)', CORRUPT, jpeg({ height: 0 })],
    ['sampling 0', CORRUPT, jpeg({ sampling: 0x10 })],
    ['sampling 5', CORRUPT, jpeg({ sampling: 0x51 })],
    ['two frames', CORRUPT, jpeg({ after: frameSegment() })],
    ['a second SOI', CORRUPT, jpeg({ before: [0xff, 0xd8] })],
    ['a restart marker', CORRUPT, jpeg({ before: [0xff, 0xd0] })],
    ['an EOI before the frame', CORRUPT, jpeg({ before: [0xff, 0xd9] })],
    ['a scan before the frame', CORRUPT, jpeg({ before: segment(0xda, [0]) })],
    ['junk between segments', CORRUPT, jpeg({ before: bytes(segment(0xe3), [0, 0]) })],
    ['a segment length of 1', CORRUPT, jpeg({ before: [0xff, 0xe0, 0, 1] })],
    [
      'a frame header of the wrong length',
      CORRUPT,
      jpeg({ before: segment(0xc0, [8, 0, 9, 0, 9, 3]) }),
    ],
    ['a frame header of no length', CORRUPT, jpeg({ before: segment(0xc0) })],
    ['a segment beyond the end', 'intake/truncated', jpeg({ before: [0xff, 0xe0, 0xff, 0xff] })],
    ['an end before the frame', 'intake/truncated', jpeg().subarray(0, 20)],
    ['an end before the scan', 'intake/truncated', bytes([0xff, 0xd8], frameSegment())],
  ])('refuses %s (%s)', (_what, code, file) => {
    expect(codeOf(file)).toBe(code);
  });

  it('gives up when the size does not come within the first MiB', () => {
    const filler = segment(0xe2, new Uint8Array(65_000));
    const file = jpeg({ before: bytes(...Array.from({ length: 17 }, () => filler)) });
    const head = file.subarray(0, 1024 * 1024);
    const error = refusal(() => readHeader(head, file.length));
    expect(error.code).toBe('intake/header-not-found');
    expect(error.message).toContain('first 1 MiB');
    expect(codeOf(file)).toBe('intake/header-not-found');
  });

  it('is content with the frame when only metadata lies beyond', () => {
    const file = bytes([0xff, 0xd8], frameSegment(), [0xff, 0xe2, ...be(60_000, 2)]);
    expect(readHeader(file, 100_000).width).toBe(40);
  });
});
