import { be, bytes } from './bytes.ts';
import type { Piece } from './bytes.ts';

/** What can be varied in a built JPEG. */
export interface JpegOptions {
  readonly width?: number;
  readonly height?: number;
  readonly components?: number;
  readonly precision?: number;
  /** The frame marker: 0xc0 baseline, 0xc2 progressive, … */
  readonly frame?: number;
  /** H and V packed in one byte, for each component. */
  readonly sampling?: number;
  /** Segments between SOI and the frame header, and between that and the scan. */
  readonly before?: Piece;
  readonly after?: Piece;
}

/** A marker segment with its length. */
export function segment(marker: number, ...data: readonly Piece[]): Uint8Array {
  const body = bytes(...data);
  return bytes([0xff, marker], be(body.length + 2, 2), body);
}

/** An APP1 segment with EXIF data. */
export function exifSegment(...tiff: readonly Piece[]): Uint8Array {
  return segment(0xe1, 'Exif\0\0', ...tiff);
}

/** A frame header segment (ITU-T T.81 B.2.2). */
export function frameSegment(options: JpegOptions = {}): Uint8Array {
  const { width = 40, height = 24, components = 3, precision = 8, sampling = 0x11 } = options;
  const list = Array.from({ length: components }, (_, i) => [i + 1, sampling, 0]);
  return segment(
    options.frame ?? 0xc0,
    [precision, ...be(height, 2), ...be(width, 2), components],
    list.flat(),
  );
}

/** The smallest JPEG whose header is sound; its scan holds nothing. */
export function jpeg(options: JpegOptions = {}): Uint8Array {
  const components = options.components ?? 3;
  const scan = Array.from({ length: components }, (_, i) => [i + 1, 0]);
  return bytes(
    [0xff, 0xd8],
    options.before ?? segment(0xe0, 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]),
    frameSegment(options),
    options.after ?? '',
    segment(0xda, [components], scan.flat(), [0, 63, 0]),
    [0, 0xff, 0xd9],
  );
}
