import type { ByteReader } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { exifOrientation } from './exif.ts';
import { corrupt, unsupported } from './intake-error.ts';
import type { PictureHeader } from './types.ts';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
const IHDR_LENGTH = 13;
const MAX_LENGTH = 0x7fff_ffff;
/** Length, type and CRC around a chunk's data. */
const CHUNK_OVERHEAD = 12;
/** An fcTL chunk with its overhead: no animation frame takes less. */
const FCTL_BYTES = 26 + CHUNK_OVERHEAD;

interface ColourType {
  readonly colour: PictureHeader['colour'];
  readonly alpha: boolean;
  readonly depths: readonly number[];
}

/** Colour types and their bit depths: PNG third edition, table 12. */
const COLOUR_TYPES: ReadonlyMap<number, ColourType> = new Map([
  [0, { colour: 'grey', alpha: false, depths: [1, 2, 4, 8, 16] }],
  [2, { colour: 'rgb', alpha: false, depths: [8, 16] }],
  [3, { colour: 'palette', alpha: false, depths: [1, 2, 4, 8] }],
  [4, { colour: 'grey', alpha: true, depths: [8, 16] }],
  [6, { colour: 'rgb', alpha: true, depths: [8, 16] }],
]);

type Ihdr = Pick<PictureHeader, 'width' | 'height' | 'bitDepth' | 'colour' | 'alpha'>;

/**
 * Reads a PNG's header: W3C PNG third edition (chunks, IHDR, tRNS, eXIf, acTL, fcTL).
 *
 * IHDR is checked against its CRC; every chunk whose beginning is visible must end inside the file, so a PNG
 * of up to 1 MiB that was cut off anywhere is noticed. Of an APNG only the first frame will be used.
 *
 * @throws AppError `intake/truncated`, `intake/corrupt-header`, `intake/header-not-found`, `intake/unsupported`
 */
export function readPng(file: ByteReader): PictureHeader {
  if (!file.startsWith(SIGNATURE)) {
    file.part(0, SIGNATURE.length, 'the signature');
    throw corrupt('png', 'its signature was changed, as happens when it is copied as text');
  }
  const ihdr = readIhdr(file, SIGNATURE.length);
  return { format: 'png', ...ihdr, ...readChunks(file, ihdr) };
}

function readIhdr(file: ByteReader, at: number): Ihdr {
  const type = file.fourCc(at + 4);
  if (type === 'CgBI') {
    throw unsupported(
      'png-cgbi',
      'a PNG in the private form of iOS apps (CgBI)',
      'Export it anew from the original.',
    );
  }
  const length = file.u32be(at);
  if (type !== 'IHDR' || length !== IHDR_LENGTH) {
    throw corrupt(
      'png',
      `it begins with a chunk “${type}” of ${String(length)} bytes instead of IHDR of ${String(IHDR_LENGTH)}`,
    );
  }
  const data = file.part(at + 8, IHDR_LENGTH, 'IHDR');
  const stored = file.u32be(at + 8 + IHDR_LENGTH);
  const computed = crc32(file, at + 4, 4 + IHDR_LENGTH);
  if (stored !== computed) {
    throw corrupt('png', 'the checksum of its IHDR does not match', { stored, computed });
  }
  const width = data.u32be(0);
  const height = data.u32be(4);
  if (width < 1 || height < 1 || width > MAX_LENGTH || height > MAX_LENGTH) {
    throw corrupt('png', `it claims ${String(width)} × ${String(height)} pixels`);
  }
  const bitDepth = data.u8(8);
  const colourType = COLOUR_TYPES.get(data.u8(9));
  if (!colourType?.depths.includes(bitDepth)) {
    throw corrupt(
      'png',
      `colour type ${String(data.u8(9))} with ${String(bitDepth)} bits does not exist`,
    );
  }
  if (data.u8(10) !== 0 || data.u8(11) !== 0 || data.u8(12) > 1) {
    throw corrupt('png', 'its compression, filter or interlace method does not exist');
  }
  return { width, height, bitDepth, colour: colourType.colour, alpha: colourType.alpha };
}

type ChunkFacts = Pick<PictureHeader, 'orientation' | 'frames' | 'animated' | 'alpha'>;

/** Walks the chunks behind IHDR as far as they are visible; each costs one step, whatever its length. */
function readChunks(file: ByteReader, ihdr: Ihdr): ChunkFacts {
  let facts: ChunkFacts = { orientation: 1, frames: 1, animated: false, alpha: ihdr.alpha };
  let palette = false;
  let pixels = false;
  let at = SIGNATURE.length + CHUNK_OVERHEAD + IHDR_LENGTH;
  // Beyond the visible part there can only be pixels and metadata: the size is known. But a visible *end* of
  // the file must not come before IEND.
  while (file.sees(at, 8) || at + 8 > file.length) {
    const length = file.u32be(at);
    const type = file.fourCc(at + 4);
    if (!/^[A-Za-z]{4}$/.test(type) || length > MAX_LENGTH) {
      throw corrupt('png', `at byte ${String(at)} there is no valid chunk`);
    }
    const data = file.part(at + 8, length, `chunk ${type}`);
    file.part(at, length + CHUNK_OVERHEAD, `chunk ${type}`);
    if (type === 'IEND') {
      if (!pixels) throw corrupt('png', 'it has no pixels');
      break;
    }
    if (type === 'IHDR') throw corrupt('png', 'it has two IHDR chunks');
    if (type === 'PLTE') palette = true;
    if (type === 'eXIf') facts = { ...facts, orientation: exifOrientation(data) };
    if (type === 'IDAT') {
      if (ihdr.colour === 'palette' && !palette) throw corrupt('png', 'its palette is missing');
      pixels = true;
    }
    if (!pixels) {
      if (type === 'tRNS') facts = { ...facts, alpha: true };
      if (type === 'acTL') facts = { ...facts, animated: true, frames: frameCount(data, file) };
      if (type === 'fcTL') checkFirstFrame(data, ihdr);
    }
    at += length + CHUNK_OVERHEAD;
  }
  return facts;
}

/** acTL: the number of frames, which must at least fit the file. */
function frameCount(acTL: ByteReader, file: ByteReader): number {
  const frames = acTL.u32be(0);
  if (frames < 1 || frames * FCTL_BYTES > file.length) {
    throw corrupt('png', `it claims ${String(frames)} animation frames`, {
      needed: frames * FCTL_BYTES,
      actual: file.length,
    });
  }
  return frames;
}

/** An fcTL before the first IDAT makes the still picture the first frame: it must cover the whole canvas. */
function checkFirstFrame(fcTL: ByteReader, { width, height }: Ihdr): void {
  const fits = fcTL.u32be(4) === width && fcTL.u32be(8) === height;
  if (!fits || fcTL.u32be(12) !== 0 || fcTL.u32be(16) !== 0) {
    throw corrupt(
      'png',
      `its first frame does not cover the ${String(width)} × ${String(height)} canvas`,
    );
  }
}
