import type { AppError } from '../errors.ts';
import type { ByteReader } from './bytes.ts';
import { exifOrientation } from './exif.ts';
import type { Orientation } from './exif.ts';
import { corrupt, unsupported } from './intake-error.ts';
import type { PictureHeader } from './types.ts';

/** Markers of ITU-T T.81 table B.1 that end, or do not belong in, the part before the pixels. */
const TEM = 0x01;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;

/** Frame types a browser decodes: baseline, extended sequential and progressive, all Huffman-coded. */
const DECODABLE_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

/** Frame types that exist but that no browser decodes, by marker. */
const FOREIGN_FRAMES: ReadonlyMap<number, string> = new Map([
  [0xc3, 'a lossless JPEG'],
  [0xc5, 'a hierarchical JPEG'],
  [0xc6, 'a hierarchical JPEG'],
  [0xc7, 'a hierarchical JPEG'],
  [0xc9, 'an arithmetic-coded JPEG'],
  [0xca, 'an arithmetic-coded JPEG'],
  [0xcb, 'an arithmetic-coded lossless JPEG'],
  [0xcd, 'an arithmetic-coded hierarchical JPEG'],
  [0xce, 'an arithmetic-coded hierarchical JPEG'],
  [0xcf, 'an arithmetic-coded hierarchical JPEG'],
  [0xde, 'a hierarchical JPEG'],
  [0xf7, 'a JPEG-LS picture'],
]);

type Frame = Pick<PictureHeader, 'width' | 'height' | 'bitDepth' | 'colour'>;

const COLOURS: ReadonlyMap<number, Frame['colour']> = new Map([
  [1, 'grey'],
  [3, 'rgb'],
  [4, 'cmyk'],
]);

/**
 * Reads a JPEG's header: ITU-T T.81 annex B (markers, frame header), EXIF 2.32 (orientation).
 *
 * Walks the segments from SOI to the first scan. Stricter than libjpeg, which skips garbage between segments:
 * a length that does not lead to the next marker is a lie, and what follows it is anybody's guess.
 *
 * @throws AppError `intake/truncated`, `intake/corrupt-header`, `intake/header-not-found`, `intake/unsupported`
 */
export function readJpeg(file: ByteReader): PictureHeader {
  let frame: Frame | undefined;
  let orientation: Orientation | undefined;
  let at = 2;
  // Once the size is known, what lies beyond the visible part can only be more metadata. But the *file* must
  // not end before its first scan.
  while (frame === undefined || file.sees(at, 4) || at + 4 > file.length) {
    at = toMarkerCode(file, at);
    const marker = file.u8(at++);
    if (marker === TEM) continue;
    if (marker === SOS && frame !== undefined) break;
    if (standsAlone(marker) || marker === SOS) throw misplaced(marker);

    const length = file.u16be(at);
    if (length < 2) throw corrupt('jpeg', `a segment claims a length of ${String(length)} bytes`);
    const segment = file.part(at + 2, length - 2, `segment ${hex(marker)}`);
    const foreign = FOREIGN_FRAMES.get(marker);
    if (foreign !== undefined) throw foreignJpeg(foreign);
    if (DECODABLE_FRAMES.has(marker)) {
      if (frame !== undefined) throw corrupt('jpeg', 'it describes two frames');
      frame = readFrame(segment);
    } else if (marker === APP1 && segment.startsWith('Exif\0')) {
      orientation ??= exifOrientation(segment);
    }
    at += length;
  }
  return {
    format: 'jpeg',
    ...frame,
    orientation: orientation ?? 1,
    frames: 1,
    animated: false,
    alpha: false,
  };
}

/** T.81 B.1.1.2: a marker is 0xFF and a code, and any number of 0xFF may precede it. Returns the code's offset. */
function toMarkerCode(file: ByteReader, at: number): number {
  const first = file.u8(at);
  if (first !== 0xff) {
    throw corrupt('jpeg', `at byte ${String(at)} there is ${hex(first)} instead of a marker`);
  }
  let code = at + 1;
  while (file.u8(code) === 0xff) code++;
  return code;
}

/** Frame header, T.81 B.2.2: precision, lines, samples per line, components. */
function readFrame(segment: ByteReader): Frame {
  const bitDepth = segment.u8(0);
  const height = segment.u16be(1);
  const width = segment.u16be(3);
  const components = segment.u8(5);
  if (segment.length !== 6 + 3 * components) {
    throw corrupt(
      'jpeg',
      `${String(components)} components do not fit a frame header of ${String(segment.length)} bytes`,
    );
  }
  // Lines may be 0 where a DNL marker gives them after the first scan; no browser reads that.
  if (width === 0 || height === 0) {
    throw corrupt('jpeg', `it claims ${String(width)} × ${String(height)} pixels`);
  }
  const colour = COLOURS.get(components);
  if (colour === undefined) {
    throw foreignJpeg(`a JPEG with ${String(components)} colour components`);
  }
  if (bitDepth !== 8) throw foreignJpeg(`a ${String(bitDepth)}-bit JPEG`);
  for (let i = 0; i < components; i++) checkSampling(segment.u8(7 + 3 * i));
  return { width, height, bitDepth, colour };
}

function checkSampling(factors: number): void {
  const horizontal = factors >> 4;
  const vertical = factors & 15;
  if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
    throw corrupt('jpeg', `a sampling factor is ${String(horizontal)} × ${String(vertical)}`);
  }
}

/** Markers without a length: RST0–7, SOI, EOI and the escaped 0xFF00; none belongs before the first scan. */
function standsAlone(marker: number): boolean {
  return marker === 0x00 || (marker >= 0xd0 && marker <= EOI);
}

function misplaced(marker: number): AppError {
  if (marker === SOS) return corrupt('jpeg', 'its pixels begin before their size is given');
  if (marker === EOI) return corrupt('jpeg', 'it ends before any pixels');
  if (marker === SOI) return corrupt('jpeg', 'a second picture starts inside the header');
  return corrupt('jpeg', `marker ${hex(marker)} has no place in a header`);
}

function foreignJpeg(looksLike: string): AppError {
  return unsupported(
    'jpeg-variant',
    `${looksLike}, which browsers cannot show`,
    'Save it as an ordinary JPEG.',
  );
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0').toUpperCase()}`;
}
