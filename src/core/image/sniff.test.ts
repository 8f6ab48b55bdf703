import { describe, expect, it } from 'vitest';
import { headerOf, refusal } from './testing/outcome.ts';
import { bytes } from './testing/bytes.ts';
import type { Piece } from './testing/bytes.ts';
import { ftyp } from './testing/build-avif.ts';
import { readHeader } from './header.ts';
import { FOREIGN_KINDS } from './kinds.ts';
import type { FileKind } from './kinds.ts';
import { sniff } from './sniff.ts';

const CASES: readonly (readonly [what: string, kind: FileKind, ...pieces: Piece[]])[] = [
  ['nothing', 'empty'],
  ['JPEG', 'jpeg', [0xff, 0xd8, 0xff, 0xe0]],
  ['PNG', 'png', '\x89PNG\r\n\x1a\n'],
  ['PNG copied as text', 'png', '\x89PNG\n\x1a\n'],
  ['GIF87a', 'gif', 'GIF87a'],
  ['WebP', 'webp', 'RIFF\x10\0\0\0WEBPVP8 '],
  ['AVIF by major brand', 'avif', ftyp('avif')],
  ['AVIF by compatible brand', 'avif', ftyp('mif1', 'mif1', 'avif')],
  ['AVIF sequence', 'avif', ftyp('avis', 'msf1')],
  ['HEIC', 'heic', ftyp('heic', 'mif1', 'heic')],
  ['HEIF without a codec', 'heic', ftyp('mif1', 'miaf')],
  ['MP4', 'video', ftyp('isom', 'iso2', 'mp41')],
  ['brand avif as the minor version', 'video', bytes([0, 0, 0, 16], 'ftypisomavif')],
  ['Canon CR3', 'raw', ftyp('crx ', 'crx ', 'isom')],
  ['WebM', 'video', [0x1a, 0x45, 0xdf, 0xa3]],
  ['AVI', 'video', 'RIFF\x10\0\0\0AVI LIST'],
  ['BMP', 'bmp', 'BM\x36\x0c\0\0\0\0\0\0'],
  ['text that begins with BM', 'text', 'BMW and other cars'],
  ['TIFF, little-endian', 'tiff', 'II*\0\x08\0\0\0'],
  ['TIFF, big-endian', 'tiff', 'MM\0*\0\0\0\x08'],
  ['BigTIFF', 'tiff', 'II+\0\x08\0\0\0'],
  ['ICO', 'ico', [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0]],
  ['Photoshop', 'psd', '8BPS\0\x01'],
  ['JPEG XL codestream', 'jxl', [0xff, 0x0a, 0, 0]],
  ['JPEG XL container', 'jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['JPEG 2000', 'jpeg2000', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['PDF', 'pdf', '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\x01'],
  ['PDF after junk', 'pdf', '\0\x01\x02junk%PDF-1.4'],
  ['ZIP', 'zip', 'PK\x03\x04\x14\0'],
  ['gzip', 'gzip', [0x1f, 0x8b, 8]],
  ['HTML', 'html', '\n<!DOCTYPE html><html><svg></svg>'],
  ['HTML after a comment', 'html', '<!-- saved -->\n<html><body><svg>'],
  ['SVG', 'svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  [
    'SVG with a byte order mark',
    'svg',
    [0xef, 0xbb, 0xbf],
    '<?xml version="1.0"?>\n<!-- (c) -->\n<svg>',
  ],
  ['SVG in UTF-16', 'svg', Buffer.from('\ufeff<svg/>', 'utf16le')],
  ['XML', 'xml', '<?xml version="1.0"?><rss/>'],
  [
    'LFS pointer',
    'lfs-pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
  ],
  ['plain text', 'text', 'Hello, world.\r\n\tÄÖÜ'],
  ['text with a zero byte', 'unknown', 'Hello,\0world'],
  ['zeros', 'unknown', new Uint8Array(100)],
];

describe('sniff', () => {
  it.each(CASES)('%s is %s', (_what, kind, ...pieces) => {
    expect(sniff(bytes(...pieces))).toBe(kind);
  });

  it('has a case for each kind it can name', () => {
    const tested = new Set(CASES.map(([, kind]) => kind));
    expect(Object.keys(FOREIGN_KINDS).filter((kind) => !tested.has(kind as FileKind))).toEqual([]);
  });

  const FOREIGN = CASES.filter(([, kind]) => Object.hasOwn(FOREIGN_KINDS, kind));

  it.each(FOREIGN)('%s is refused by name', (_what, kind, ...pieces) => {
    const error = refusal(() => headerOf(bytes(...pieces)));
    expect(error.code).toBe('intake/unsupported');
    expect(error.message).toMatch(
      /^Unsupported: it looks like an? |^Unsupported: it looks like plain text/,
    );
    expect(error.message).toContain('JPEG, PNG, WebP, AVIF and GIF (its first frame) work.');
    expect(error.details).toEqual({ kind });
    expect(error.retryable).toBe(false);
  });

  it('tells an empty, an unknown and a changing file apart', () => {
    expect(refusal(() => headerOf(new Uint8Array())).code).toBe('intake/empty');
    const unknown = refusal(() => headerOf(Uint8Array.from([0, 1, 2, 0xab, 9])));
    expect(unknown.code).toBe('intake/unknown-format');
    expect(unknown.message).toContain('begins with the bytes 00 01 02 AB');
    for (const [given, whole] of [
      [5, 4],
      [0, 4],
      [5, Number.NaN],
    ] as const) {
      const error = refusal(() => readHeader(new Uint8Array(given), whole));
      expect(error.code).toBe('intake/changed-while-reading');
    }
  });
});
