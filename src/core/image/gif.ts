import type { ByteReader } from './bytes.ts';
import { corrupt } from './intake-error.ts';
import type { PictureHeader } from './types.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Header and logical screen descriptor. */
const SCREEN_END = 13;
/** Image descriptor with its separator. */
const DESCRIPTOR_BYTES = 10;

interface Screen {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a GIF's header: GIF89a specification (CompuServe, 1990), sections 17–26.
 *
 * Counts frames over what is visible, stepping over data sub-blocks by their lengths, so `frames` is a lower
 * bound for a large animation. A missing trailer, or junk after the first frame, is tolerated as in browsers.
 *
 * @throws AppError `intake/truncated`, `intake/corrupt-header`, `intake/header-not-found`
 */
export function readGif(file: ByteReader): PictureHeader {
  const width = file.u16le(6);
  const height = file.u16le(8);
  if (width === 0 || height === 0) {
    throw corrupt('gif', `it claims ${String(width)} × ${String(height)} pixels`);
  }
  const screen = { width, height };
  let frames = 0;
  let loops = false;
  let alpha = false;
  let at = SCREEN_END + colourTableBytes(file.u8(10));
  file.part(0, at, 'the colour table');
  // The first frame must be visible; after it, counting goes on while blocks are. 2 bytes start any block.
  while (frames === 0 || file.sees(at, 2)) {
    const block = file.u8(at);
    if (block === EXTENSION) {
      const label = file.u8(at + 1);
      if (label === GRAPHIC_CONTROL && frames === 0) alpha = (file.u8(at + 3) & 1) === 1;
      if (label === APPLICATION) loops ||= file.startsWith('\x0bNETSCAPE2.0', at + 2);
      at = afterSubBlocks(file, at + 2, frames > 0);
    } else if (block === IMAGE) {
      file.part(at, DESCRIPTOR_BYTES + 1, 'an image descriptor');
      // A later frame whose descriptor is only half visible is one more frame nobody needs.
      if (frames > 0 && !file.sees(at, DESCRIPTOR_BYTES + 1)) break;
      if (frames === 0) alpha = !checkFirstImage(file, at, screen) || alpha;
      frames++;
      at += DESCRIPTOR_BYTES + colourTableBytes(file.u8(at + 9));
      if (file.sees(at, 1)) checkCodeSize(file.u8(at));
      at = afterSubBlocks(file, at + 1, true);
    } else if (frames === 0) {
      throw corrupt(
        'gif',
        block === TRAILER ? 'it has no frame' : `at byte ${String(at)} there is no valid block`,
      );
    } else break;
  }
  return {
    format: 'gif',
    width,
    height,
    orientation: 1,
    frames,
    animated: frames > 1 || loops,
    bitDepth: 8, // a colour table always holds 8 bits per channel
    colour: 'palette',
    alpha,
  };
}

/** Size of the colour table that a packed-fields byte announces: bit 7 presence, bits 0–2 size. */
function colourTableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

/**
 * Offset behind a chain of data sub-blocks (section 15).
 *
 * @param mayLeave whether the chain may go on beyond the visible part; it must never leave the file
 */
function afterSubBlocks(file: ByteReader, start: number, mayLeave: boolean): number {
  let at = start;
  while (!mayLeave || file.sees(at, 1) || at >= file.length) {
    const size = file.u8(at);
    at += 1;
    if (size === 0) break;
    file.part(at, size, 'a data block');
    at += size;
  }
  return at;
}

/**
 * The first image must lie inside the screen: browsers enlarge the screen otherwise, each in its own way.
 * Returns whether it covers the screen; what it leaves uncovered is transparent.
 */
function checkFirstImage(file: ByteReader, at: number, screen: Screen): boolean {
  const left = file.u16le(at + 1);
  const top = file.u16le(at + 3);
  const width = file.u16le(at + 5);
  const height = file.u16le(at + 7);
  if (width === 0 || height === 0) {
    throw corrupt('gif', `its first frame claims ${String(width)} × ${String(height)} pixels`);
  }
  if (left + width > screen.width || top + height > screen.height) {
    throw corrupt(
      'gif',
      `its first frame reaches to ${String(left + width)} × ${String(top + height)} on a screen of ` +
        `${String(screen.width)} × ${String(screen.height)} pixels`,
    );
  }
  return width === screen.width && height === screen.height;
}

/** LZW minimum code size (appendix F): codes have at most 12 bits, one more than this. */
function checkCodeSize(size: number): void {
  if (size < 1 || size > 11) throw corrupt('gif', `its LZW code size is ${String(size)}`);
}
