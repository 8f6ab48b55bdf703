import { avifCodec, checkSize, hasAlphaUrn } from './avif-properties.ts';
import type { AvifPicture } from './avif-properties.ts';
import type { ByteReader } from './bytes.ts';
import type { Orientation } from './exif.ts';
import { corrupt, unsupported } from './intake-error.ts';
import { boxesIn, FULL_BOX_BYTES, only, requiredChildOf } from './isobmff.ts';
import type { Box } from './isobmff.ts';

/** The primary item of an AVIF: the picture that a viewer shows. */
export interface AvifItem extends AvifPicture {
  readonly orientation: Orientation;
}

/**
 * EXIF orientation for irot's quarter turns (counter-clockwise) followed by imir (ISO/IEC 23008-12 sections
 * 6.5.10 and 6.5.12): no mirror, axis 0 (top and bottom exchanged), axis 1 (left and right exchanged).
 */
const ORIENTATIONS: readonly (readonly [Orientation, Orientation, Orientation])[] = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
];

/**
 * Reads what the `meta` box says about the primary item: pitm names it, ipma lists its properties, ipco holds
 * them (ISO/IEC 14496-12 section 8.11, ISO/IEC 23008-12 section 9.3).
 *
 * @throws AppError `intake/corrupt-header`, `intake/header-not-found`, `intake/unsupported`
 */
export function readAvifItem(meta: ByteReader): AvifItem {
  const hdlr = requiredChildOf(meta, 'hdlr', FULL_BOX_BYTES);
  if (hdlr.fourCc(8) !== 'pict') throw corrupt('avif', 'its metadata does not describe a picture');
  const pitm = requiredChildOf(meta, 'pitm', FULL_BOX_BYTES);
  const primary = pitm.u8(0) === 0 ? pitm.u16be(4) : pitm.u32be(4);
  const iprp = requiredChildOf(meta, 'iprp', FULL_BOX_BYTES);
  const properties = [...boxesIn(requiredChildOf(iprp, 'ipco'))];
  return describe(propertiesOf(primary, iprp, properties), properties);
}

/** The properties that the ipma boxes associate with an item. */
function propertiesOf(item: number, iprp: ByteReader, properties: readonly Box[]): Box[] {
  let found: Box[] | undefined;
  for (const { type, body: ipma } of boxesIn(iprp)) {
    if (type !== 'ipma') continue;
    const idBytes = ipma.u8(0) === 0 ? 2 : 4;
    const indexBytes = (ipma.u8(3) & 1) === 0 ? 1 : 2;
    const entries = ipma.u32be(4);
    let at = 8;
    for (let entry = 0; entry < entries; entry++) {
      const id = idBytes === 2 ? ipma.u16be(at) : ipma.u32be(at);
      const count = ipma.u8(at + idBytes);
      at += idBytes + 1;
      const list = ipma.part(at, count * indexBytes, 'an entry');
      at += list.length;
      if (id !== item) continue;
      if (found !== undefined) throw corrupt('avif', 'its primary item is described twice');
      found = associated(list, indexBytes, properties);
    }
  }
  return found ?? [];
}

/** Resolves 1-based property indices of 7 or 15 bits, the topmost bit being the “essential” flag; 0 is none. */
function associated(list: ByteReader, indexBytes: number, properties: readonly Box[]): Box[] {
  const found: Box[] = [];
  for (let at = 0; at < list.length; at += indexBytes) {
    const index = indexBytes === 1 ? list.u8(at) & 0x7f : list.u16be(at) & 0x7fff;
    if (index === 0) continue;
    const property = properties[index - 1];
    if (property === undefined) {
      throw corrupt(
        'avif',
        `it refers to property ${String(index)} of ${String(properties.length)}`,
      );
    }
    found.push(property);
  }
  return found;
}

function describe(own: readonly Box[], all: readonly Box[]): AvifItem {
  const single = (type: string): ByteReader | undefined => {
    let found: ByteReader | undefined;
    for (const box of own) if (box.type === type) found = only(box, found);
    return found;
  };
  const ispe = single('ispe');
  if (ispe === undefined) throw corrupt('avif', 'its size (“ispe” box) is missing');
  const size = checkSize(ispe.u32be(4), ispe.u32be(8));
  checkCrop(single('clap'), size.width, size.height);

  // A grid has no codec of its own; its tiles have, and must all share one (AV1 Image File Format 4.2.1).
  const av1C = single('av1C') ?? all.find(({ type }) => type === 'av1C')?.body;
  if (av1C === undefined) throw corrupt('avif', 'it holds no AV1 picture (“av1C” box)');
  const codec = avifCodec(av1C);
  checkDepth(single('pixi'), codec.bitDepth);

  const turns = single('irot');
  const mirror = single('imir');
  const row = ORIENTATIONS[turns === undefined ? 0 : turns.u8(0) & 3];
  const orientation = row?.[mirror === undefined ? 0 : 1 + (mirror.u8(0) & 1)] ?? 1;
  const alpha = all.some(({ type, body }) => type === 'auxC' && hasAlphaUrn(body));
  return { ...size, ...codec, alpha, orientation };
}

/** pixi lists the bits of each channel; AV1 has the same for all. */
function checkDepth(pixi: ByteReader | undefined, bitDepth: number): void {
  if (pixi === undefined) return;
  const channels = pixi.u8(FULL_BOX_BYTES);
  for (let i = 0; i < channels; i++) {
    const claimed = pixi.u8(FULL_BOX_BYTES + 1 + i);
    if (claimed !== bitDepth) {
      throw corrupt(
        'avif',
        `it claims ${String(claimed)} bits per channel in one place and ${String(bitDepth)} in another`,
      );
    }
  }
}

/** A clean aperture that crops is refused: browsers disagree on it, so its size could not be foretold. */
function checkCrop(clap: ByteReader | undefined, width: number, height: number): void {
  if (clap === undefined) return;
  const whole =
    clap.u32be(0) === width * clap.u32be(4) && clap.u32be(8) === height * clap.u32be(12);
  if (whole) return;
  throw unsupported(
    'avif-cropped',
    'an AVIF picture with a crop mark, which browsers treat differently',
    'Save the picture anew as it should be seen.',
  );
}
