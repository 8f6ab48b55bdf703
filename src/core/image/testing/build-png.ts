import { crc32, deflateSync } from 'node:zlib';
import { be, bytes } from './bytes.ts';
import type { Piece } from './bytes.ts';

/** What can be varied in a built PNG. */
export interface PngOptions {
  readonly width?: number;
  readonly height?: number;
  readonly bitDepth?: number;
  readonly colourType?: number;
  /** Compression, filter and interlace method. */
  readonly methods?: readonly [number, number, number];
  /** Chunks between IHDR and IDAT, and between IDAT and IEND. */
  readonly before?: Piece;
  readonly after?: Piece;
  readonly idat?: Piece;
}

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

/** A chunk with length and CRC, which Node computes independently of the code under test. */
export function chunk(type: string, ...data: readonly Piece[]): Uint8Array {
  const body = bytes(...data);
  const named = bytes(type, body);
  return bytes(be(body.length, 4), named, be(crc32(named), 4));
}

/** acTL: the number of frames of an APNG. */
export function animationControl(frames: number): Uint8Array {
  return chunk('acTL', be(frames, 4), be(0, 4));
}

/** fcTL: the rectangle of an APNG frame. */
export function frameControl(width: number, height: number, left = 0, top = 0): Uint8Array {
  const rectangle = [width, height, left, top].flatMap((value) => be(value, 4));
  return chunk('fcTL', be(0, 4), rectangle, be(1, 2), be(10, 2), [0, 0]);
}

/** The smallest PNG whose header is sound; by default its pixels are a token. */
export function png(options: PngOptions = {}): Uint8Array {
  const { width = 40, height = 24, bitDepth = 8, colourType = 2 } = options;
  const methods = options.methods ?? [0, 0, 0];
  return bytes(
    PNG_SIGNATURE,
    chunk('IHDR', be(width, 4), be(height, 4), [bitDepth, colourType, ...methods]),
    options.before ?? '',
    chunk('IDAT', options.idat ?? [1, 2, 3]),
    options.after ?? '',
    chunk('IEND'),
  );
}

/** A real, decodable black-and-white PNG of any size: some 64 kB for half a gigapixel. */
export function blackPng(width: number, height: number): Uint8Array {
  const row = 1 + Math.ceil(width / 8);
  const idat = deflateSync(Buffer.alloc(row * height), { level: 9 });
  return png({ width, height, bitDepth: 1, colourType: 0, idat });
}
