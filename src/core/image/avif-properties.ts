import type { ByteReader } from './bytes.ts';
import { corrupt } from './intake-error.ts';
import { FULL_BOX_BYTES } from './isobmff.ts';
import type { PictureHeader, Size } from './types.ts';

/** What an item and a track of an AVIF both declare. */
export type AvifPicture = Pick<PictureHeader, 'width' | 'height' | 'bitDepth' | 'colour' | 'alpha'>;

/** Names of the alpha channel in auxC: MPEG's (ISO/IEC 23091-2) and the older one of HEVC. */
const ALPHA_URNS = [
  'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0',
  'urn:mpeg:hevc:2015:auxid:1\0',
];

/** True when an auxC box (ISO/IEC 23008-12 section 6.5.8) names an alpha channel. */
export function hasAlphaUrn(auxC: ByteReader): boolean {
  return ALPHA_URNS.some((urn) => auxC.startsWith(urn, FULL_BOX_BYTES));
}

/** Bit depth and colour from av1C, the AV1 codec configuration (AV1 in ISOBMFF 1.2, section 2.3). */
export function avifCodec(av1C: ByteReader): Pick<AvifPicture, 'bitDepth' | 'colour'> {
  const marker = av1C.u8(0);
  const flags = av1C.u8(2);
  av1C.u8(3);
  if (marker !== 0x81) throw corrupt('avif', 'its AV1 configuration has an unknown version');
  const high = (flags & 0x40) !== 0;
  const twelve = (flags & 0x20) !== 0;
  const monochrome = (flags & 0x10) !== 0;
  if (twelve && !high) throw corrupt('avif', 'its AV1 configuration has no valid bit depth');
  const highDepth = twelve ? 12 : 10;
  return { bitDepth: high ? highDepth : 8, colour: monochrome ? 'grey' : 'rgb' };
}

/** A size, which must not be empty. */
export function checkSize(width: number, height: number): Size {
  if (width === 0 || height === 0) {
    throw corrupt('avif', `it claims ${String(width)} × ${String(height)} pixels`);
  }
  return { width, height };
}
