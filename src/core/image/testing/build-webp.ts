import { bytes, le } from './bytes.ts';
import type { Piece } from './bytes.ts';

/** A RIFF chunk, padded to an even length. */
export function riffChunk(type: string, ...data: readonly Piece[]): Uint8Array {
  const body = bytes(...data);
  return bytes(type, le(body.length, 4), body, body.length % 2 === 1 ? [0] : []);
}

/** A WebP file of these chunks. */
export function webp(...chunks: readonly Piece[]): Uint8Array {
  return bytes(riffChunk('RIFF', 'WEBP', ...chunks));
}

/** What can be varied in a lossy bitstream. */
export interface Vp8Options {
  readonly keyFrame?: boolean;
  readonly version?: number;
  readonly partition?: number;
  readonly startCode?: Piece;
}

/** A lossy bitstream's head with four bytes of data (RFC 6386 section 9.1). */
export function vp8(width: number, height: number, options: Vp8Options = {}): Uint8Array {
  const { keyFrame = true, version = 0, partition = 4, startCode = '\x9d\x01\x2a' } = options;
  const tag = (keyFrame ? 0 : 1) + (version << 1) + (1 << 4) + (partition << 5);
  const size = [...le(width, 2), ...le(height, 2)];
  return riffChunk('VP8 ', le(tag, 3), startCode, size, [1, 2, 3, 4]);
}

/** A lossless bitstream's head with two bytes of data (RFC 9649 section 3.4). */
export function vp8l(width: number, height: number, alpha = false, version = 0): Uint8Array {
  const bits = width - 1 + (height - 1) * 2 ** 14 + (alpha ? 2 ** 28 : 0) + version * 2 ** 29;
  return riffChunk('VP8L', [0x2f], le(bits, 4), [1, 2]);
}

/** Flags of a VP8X chunk. */
export const VP8X_FLAGS = { animation: 0x02, exif: 0x08, alpha: 0x10 } as const;

/** The chunk that makes a WebP an extended one. */
export function vp8x(width: number, height: number, flags = 0): Uint8Array {
  return riffChunk('VP8X', [flags, 0, 0, 0], le(width - 1, 3), le(height - 1, 3));
}

/** An animation frame at an even position. */
export function anmf(
  rectangle: { left?: number; top?: number; width: number; height: number },
  ...chunks: readonly Piece[]
): Uint8Array {
  const { left = 0, top = 0, width, height } = rectangle;
  const numbers = [left / 2, top / 2, width - 1, height - 1, 100].flatMap((n) => le(n, 3));
  return riffChunk('ANMF', numbers, [0], ...chunks);
}

/** The ANIM chunk: background and loop count. */
export function anim(): Uint8Array {
  return riffChunk('ANIM', [0, 0, 0, 0, 0, 0]);
}
