import { bytes, le } from './bytes.ts';
import type { Piece } from './bytes.ts';

/** What can be varied in a built GIF. */
export interface GifOptions {
  readonly width?: number;
  readonly height?: number;
  /** Everything between the global colour table and the trailer. */
  readonly blocks?: readonly Piece[];
  readonly trailer?: Piece;
}

/** What can be varied in a GIF's image. */
export interface GifImageOptions {
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
  /** Bits of a local colour table; none by default. */
  readonly localTableBits?: number;
  readonly codeSize?: number;
  readonly data?: Piece;
}

/** An image: descriptor, LZW code size, one data block. */
export function gifImage(options: GifImageOptions = {}): Uint8Array {
  const {
    left = 0,
    top = 0,
    width = 40,
    height = 24,
    localTableBits: bits,
    codeSize = 2,
  } = options;
  return bytes(
    [0x2c, ...le(left, 2), ...le(top, 2), ...le(width, 2), ...le(height, 2)],
    bits === undefined ? [0] : [0x80 | (bits - 1), ...new Uint8Array(3 * 2 ** bits)],
    [codeSize],
    options.data ?? [2, 0x4c, 1, 0],
  );
}

/** A graphic control extension, with or without a transparent colour. */
export function graphicControl(transparent: boolean): Uint8Array {
  return bytes([0x21, 0xf9, 4, transparent ? 1 : 0, 10, 0, 0, 0]);
}

/** The extension that makes browsers repeat an animation. */
export function looping(): Uint8Array {
  return bytes([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0]);
}

/** The smallest GIF whose header is sound: a screen, four colours, one image. */
export function gif(options: GifOptions = {}): Uint8Array {
  const { width = 40, height = 24 } = options;
  return bytes(
    'GIF89a',
    [...le(width, 2), ...le(height, 2), 0x81, 0, 0],
    new Uint8Array(12),
    ...(options.blocks ?? [gifImage({ width, height })]),
    options.trailer ?? [0x3b],
  );
}
