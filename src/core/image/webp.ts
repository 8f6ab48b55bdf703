import type { ByteReader } from './bytes.ts';
import { exifOrientation } from './exif.ts';
import { corrupt } from './intake-error.ts';
import { readWebpBitstream } from './webp-bitstream.ts';
import type { PictureHeader, Size } from './types.ts';

const RIFF_HEADER = 8;
const CHUNK_HEADER = 8;
const VP8X_LENGTH = 10;
const FLAG_ANIMATION = 0x02;
const FLAG_ALPHA = 0x10;
/** Frame rectangle, duration and flags at the beginning of an ANMF chunk. */
const ANMF_HEADER = 16;

interface Chunk {
  readonly type: string;
  readonly data: ByteReader;
}

/** Bits per channel and colour are the same in every WebP. */
const FIXED = { format: 'webp', bitDepth: 8, colour: 'rgb' } as const;

/**
 * Reads a WebP's header: RFC 9649 (RIFF container, VP8X, ANMF), RFC 6386 (VP8 frame header).
 *
 * The canvas of an extended file must agree with the picture inside it; bytes after the RIFF chunk are
 * ignored, as decoders do.
 *
 * @throws AppError `intake/truncated`, `intake/corrupt-header`, `intake/header-not-found`
 */
export function readWebp(file: ByteReader): PictureHeader {
  const riffBytes = file.u32le(4);
  const riff = file.part(RIFF_HEADER, riffBytes, 'the RIFF chunk');
  if (!riff.startsWith('WEBP')) throw corrupt('webp', 'the RIFF chunk does not hold WebP data');
  const first = readChunk(riff, 4);
  if (first.type === 'VP8X') return readExtended(riff, first.data);
  const stream = readWebpBitstream(first.type, first.data);
  if (stream === undefined) {
    throw corrupt('webp', `its first chunk is “${first.type}”, not a picture`);
  }
  return { ...FIXED, ...stream, orientation: 1, frames: 1, animated: false };
}

function readChunk(parent: ByteReader, at: number): Chunk {
  const type = parent.fourCc(at);
  return { type, data: parent.part(at + CHUNK_HEADER, parent.u32le(at + 4), `chunk ${type}`) };
}

/** Offset of the chunk after this one: RIFF pads chunks to an even length. */
function afterChunk(at: number, { data }: Chunk): number {
  return at + CHUNK_HEADER + data.length + (data.length & 1);
}

/** RFC 9649 section 2.7: VP8X, then ICCP, ANIM and frames or ALPH and a bitstream, then EXIF and XMP. */
function readExtended(riff: ByteReader, vp8x: ByteReader): PictureHeader {
  if (vp8x.length !== VP8X_LENGTH) {
    throw corrupt('webp', `its VP8X chunk has ${String(vp8x.length)} bytes instead of 10`);
  }
  const flags = vp8x.u8(0);
  const animated = (flags & FLAG_ANIMATION) !== 0;
  const canvas = { width: 1 + vp8x.u24le(4), height: 1 + vp8x.u24le(7) };
  let frames = 0;
  let alpha = (flags & FLAG_ALPHA) !== 0;
  let orientation: PictureHeader['orientation'] = 1;
  let at = 4 + CHUNK_HEADER + VP8X_LENGTH;
  // Until the first frame is checked, an invisible chunk is an error; afterwards it is only not counted.
  while (at < riff.length && (frames === 0 || riff.sees(at, CHUNK_HEADER))) {
    const chunk = readChunk(riff, at);
    at = afterChunk(at, chunk);
    if (chunk.type === 'VP8X') throw corrupt('webp', 'it has two VP8X chunks');
    if (chunk.type === 'EXIF') orientation = exifOrientation(chunk.data);
    if (chunk.type === 'ANMF') {
      if (!animated) throw corrupt('webp', 'it has animation frames but says it is a still');
      if (frames === 0) alpha = checkFirstFrame(chunk.data, canvas) || alpha;
      frames++;
    }
    if (animated) continue;
    const stream = readWebpBitstream(chunk.type, chunk.data);
    if (stream === undefined) continue;
    if (frames > 0) throw corrupt('webp', 'it has two pictures but says it is a still');
    checkSameSize('its picture', stream, canvas);
    alpha = stream.alpha || alpha;
    frames = 1;
  }
  if (frames === 0) throw corrupt('webp', 'it has no picture in it');
  return { ...FIXED, ...canvas, orientation, frames, animated, alpha };
}

/**
 * The first ANMF chunk must lie on the canvas, and the bitstream in it must have the size it announces.
 * Returns whether the frame can leave parts of the canvas transparent.
 */
function checkFirstFrame(anmf: ByteReader, canvas: Size): boolean {
  const left = 2 * anmf.u24le(0);
  const top = 2 * anmf.u24le(3);
  const frame = { width: 1 + anmf.u24le(6), height: 1 + anmf.u24le(9) };
  if (left + frame.width > canvas.width || top + frame.height > canvas.height) {
    throw corrupt(
      'webp',
      `its first frame reaches to ${String(left + frame.width)} × ${String(top + frame.height)} on a canvas of ` +
        `${String(canvas.width)} × ${String(canvas.height)} pixels`,
    );
  }
  let alpha = frame.width < canvas.width || frame.height < canvas.height;
  let at = ANMF_HEADER;
  while (at < anmf.length) {
    const chunk = readChunk(anmf, at);
    if (chunk.type === 'ALPH') alpha = true;
    const stream = readWebpBitstream(chunk.type, chunk.data);
    if (stream !== undefined) {
      checkSameSize('the picture in its first frame', stream, frame);
      return stream.alpha || alpha;
    }
    at = afterChunk(at, chunk);
  }
  throw corrupt('webp', 'its first frame has no picture in it');
}

function checkSameSize(what: string, inner: Size, outer: Size): void {
  if (inner.width === outer.width && inner.height === outer.height) return;
  throw corrupt(
    'webp',
    `${what} has ${String(inner.width)} × ${String(inner.height)} pixels where ` +
      `${String(outer.width)} × ${String(outer.height)} are announced`,
    { width: inner.width, height: inner.height },
  );
}
