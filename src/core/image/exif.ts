import type { ByteReader } from './bytes.ts';
import type { PictureHeader } from './types.ts';

/** How a viewer must turn the stored picture: EXIF 2.32, tag 0x0112. */
export type Orientation = PictureHeader['orientation'];

const ORIENTATION_TAG = 0x0112;
const TYPE_SHORT = 3;
const ENTRY_BYTES = 12;

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * The orientation in a block of EXIF data (TIFF 6.0 section 2: byte order, magic 42, offset of IFD 0).
 *
 * Deliberately forgiving, unlike the parsers of pixels: browsers show pictures whose EXIF is nonsense, and
 * editors write much of it. Anything unreadable counts as 1; a browser that understands it differently is
 * caught by the comparison of the decoded size. Never throws; looks at IFD 0 only, each entry at most once.
 *
 * @param tiff a reader that begins at the byte order mark, with or without `Exif\0\0` before it
 */
export function exifOrientation(tiff: ByteReader): Orientation {
  const start = tiff.startsWith('Exif\0') ? 6 : 0;
  const little = tiff.startsWith('II*\0', start);
  if (!little && !tiff.startsWith('MM\0*', start)) return 1;
  const u16 = (at: number): number => (little ? tiff.u16le(at) : tiff.u16be(at));

  if (!tiff.sees(start + 4, 4)) return 1;
  const ifd = start + (little ? tiff.u32le(start + 4) : tiff.u32be(start + 4));
  if (!tiff.sees(ifd, 2)) return 1;
  const entries = u16(ifd);
  for (let i = 0; i < entries; i++) {
    const entry = ifd + 2 + i * ENTRY_BYTES;
    if (!tiff.sees(entry, ENTRY_BYTES)) return 1;
    if (u16(entry) !== ORIENTATION_TAG) continue;
    if (u16(entry + 2) !== TYPE_SHORT) return 1;
    const value = u16(entry + 8);
    return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
  }
  return 1;
}
