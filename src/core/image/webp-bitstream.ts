import type { ByteReader } from './bytes.ts';
import { corrupt } from './intake-error.ts';
import type { Size } from './types.ts';

/** What a WebP bitstream says about itself. */
export interface WebpBitstream extends Size {
  readonly alpha: boolean;
}

const VP8_START_CODE = '\x9d\x01\x2a';
const VP8L_SIGNATURE = 0x2f;

/**
 * Reads the head of a lossy (`VP8 `) or lossless (`VP8L`) bitstream.
 *
 * @returns undefined when `type` is some other chunk
 * @throws AppError `intake/corrupt-header`, `intake/header-not-found`
 */
export function readWebpBitstream(type: string, data: ByteReader): WebpBitstream | undefined {
  if (type === 'VP8 ') return readVp8(data);
  if (type === 'VP8L') return readVp8l(data);
  return undefined;
}

/** RFC 6386 section 9.1: a 3-byte frame tag, a start code, and 14 bits each of width and height. */
function readVp8(data: ByteReader): WebpBitstream {
  const tag = data.u24le(0);
  const keyFrame = (tag & 1) === 0;
  const version = (tag >> 1) & 7;
  const shown = ((tag >> 4) & 1) === 1;
  const firstPartition = tag >> 5;
  data.u24le(7);
  if (!keyFrame || version > 3 || !shown || !data.startsWith(VP8_START_CODE, 3)) {
    throw corrupt('webp', 'its VP8 data does not begin with a visible key frame');
  }
  if (firstPartition >= data.length) {
    throw corrupt(
      'webp',
      `a VP8 partition of ${String(firstPartition)} bytes does not fit its chunk of ${String(data.length)}`,
      { needed: firstPartition, actual: data.length },
    );
  }
  // The upper two bits are an upscaling hint for displays that decoders ignore.
  const width = data.u16le(6) & 0x3fff;
  const height = data.u16le(8) & 0x3fff;
  if (width === 0 || height === 0) {
    throw corrupt('webp', `it claims ${String(width)} × ${String(height)} pixels`);
  }
  return { width, height, alpha: false };
}

/** RFC 9649 section 3.4: a signature, 14 bits each of width − 1 and height − 1, alpha hint, 3-bit version. */
function readVp8l(data: ByteReader): WebpBitstream {
  if (data.u8(0) !== VP8L_SIGNATURE) {
    throw corrupt('webp', 'its VP8L data lacks the signature byte');
  }
  const bits = data.u32le(1);
  const version = Math.floor(bits / 2 ** 29);
  if (version !== 0) throw corrupt('webp', `VP8L version ${String(version)} does not exist`);
  return {
    width: 1 + (bits & 0x3fff),
    height: 1 + ((bits >> 14) & 0x3fff),
    alpha: ((bits >> 28) & 1) === 1,
  };
}
