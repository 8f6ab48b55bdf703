import { avifCodec, checkSize } from './avif-properties.ts';
import type { AvifPicture } from './avif-properties.ts';
import type { ByteReader } from './bytes.ts';
import { corrupt } from './intake-error.ts';
import { boxesIn, childOf, FULL_BOX_BYTES, requiredChildOf } from './isobmff.ts';
import type { Size } from './types.ts';

/** The image sequence of an animated AVIF. */
export interface AvifSequence extends AvifPicture {
  readonly frames: number;
}

/** Offsets of width and height (16.16 fixed point) in tkhd, by its version (ISO/IEC 14496-12 section 8.3.2). */
const TKHD_SIZE_OFFSETS = [76, 88] as const;
/** Bytes of a VisualSampleEntry before its child boxes (section 12.1.3). */
const SAMPLE_ENTRY_BYTES = 78;

/**
 * Reads an image sequence along moov / trak / mdia / minf / stbl. The picture track (handler `pict`) gives size,
 * frames and codec; a track of handler `auxv` is its alpha channel. All must have one size.
 *
 * @param moov the body of the `moov` box
 * @param fileBytes length of the file in bytes, which the claimed number of frames must fit
 * @throws AppError `intake/corrupt-header`, `intake/header-not-found`
 */
export function readAvifSequence(moov: ByteReader, fileBytes: number): AvifSequence {
  let first: Size | undefined;
  let picture: AvifSequence | undefined;
  let alpha = false;
  for (const { type, body: trak } of boxesIn(moov)) {
    if (type !== 'trak') continue;
    const mdia = requiredChildOf(trak, 'mdia');
    const handler = requiredChildOf(mdia, 'hdlr').fourCc(8);
    if (handler !== 'pict' && handler !== 'auxv') continue;
    const track = readTrack(trak, mdia, fileBytes);
    checkSameSize(track, first ?? track);
    first ??= track;
    if (handler === 'pict') picture ??= track;
    else alpha = true;
  }
  if (picture === undefined) throw corrupt('avif', 'its animation has no picture track');
  return { ...picture, alpha };
}

function readTrack(trak: ByteReader, mdia: ByteReader, fileBytes: number): AvifSequence {
  const tkhd = requiredChildOf(trak, 'tkhd');
  const at = TKHD_SIZE_OFFSETS[tkhd.u8(0) === 1 ? 1 : 0];
  // Fractions of a pixel make no sense here; the integer part is what decoders use.
  const shown = checkSize(tkhd.u16be(at), tkhd.u16be(at + 4));
  tkhd.u16be(at + 6);

  const stbl = requiredChildOf(requiredChildOf(mdia, 'minf'), 'stbl');
  const av01 = childOf(requiredChildOf(stbl, 'stsd'), 'av01', FULL_BOX_BYTES + 4);
  if (av01 === undefined) throw corrupt('avif', 'its animation is not coded as AV1');
  checkSameSize({ width: av01.u16be(24), height: av01.u16be(26) }, shown);
  const codec = avifCodec(requiredChildOf(av01, 'av1C', SAMPLE_ENTRY_BYTES));
  return { ...shown, ...codec, alpha: false, frames: readFrames(stbl, fileBytes) };
}

/** stsz (section 8.7.3): one common sample size, or a table with the size of each sample. */
function readFrames(stbl: ByteReader, fileBytes: number): number {
  const stsz = requiredChildOf(stbl, 'stsz');
  const sampleSize = stsz.u32be(FULL_BOX_BYTES);
  const frames = stsz.u32be(FULL_BOX_BYTES + 4);
  const table = stsz.length - FULL_BOX_BYTES - 8;
  const fits = sampleSize === 0 ? frames * 4 <= table : frames * sampleSize <= fileBytes;
  if (frames < 1 || !fits) {
    throw corrupt('avif', `it claims ${String(frames)} animation frames, which it cannot hold`, {
      frames,
    });
  }
  return frames;
}

function checkSameSize(one: Size, other: Size): void {
  if (one.width === other.width && one.height === other.height) return;
  throw corrupt(
    'avif',
    `its animation claims ${String(one.width)} × ${String(one.height)} and ` +
      `${String(other.width)} × ${String(other.height)} pixels`,
  );
}
