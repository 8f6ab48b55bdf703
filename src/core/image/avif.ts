import { readAvifItem } from './avif-item.ts';
import { readAvifSequence } from './avif-sequence.ts';
import type { ByteReader } from './bytes.ts';
import { corrupt, headerNotFound } from './intake-error.ts';
import { boxesOfFile, only } from './isobmff.ts';
import { limitOf } from '../limits.ts';
import type { PictureHeader } from './types.ts';

interface TopLevel {
  readonly brands: ReadonlySet<string>;
  readonly meta: ByteReader | undefined;
  readonly moov: ByteReader | undefined;
}

/**
 * Reads an AVIF's header: AV1 Image File Format 1.1 on HEIF (ISO/IEC 23008-12) on ISO/IEC 14496-12.
 *
 * A still takes its size from the primary item; an image sequence (brand `avis`) from its track, and where it
 * has both they must agree, because decoders differ in which of the two they show.
 *
 * @throws AppError `intake/truncated`, `intake/corrupt-header`, `intake/header-not-found`, `intake/unsupported`
 */
export function readAvif(file: ByteReader): PictureHeader {
  const { brands, meta, moov } = readTopLevel(file);
  const animated = brands.has('avis');
  const item = meta === undefined ? undefined : readAvifItem(meta);
  const sequence = animated && moov !== undefined ? readAvifSequence(moov, file.length) : undefined;

  const missing = animated && sequence === undefined ? 'moov' : 'meta';
  const main = item ?? sequence;
  if (main === undefined || (animated && sequence === undefined)) {
    // Whether the box comes later or never can only be told when all of the file is visible.
    if (!file.sees(0, file.length)) throw headerNotFound('avif', limitOf('headerBytes'));
    throw corrupt('avif', `its “${missing}” box is missing`);
  }
  if (
    sequence !== undefined &&
    (main.width !== sequence.width || main.height !== sequence.height)
  ) {
    throw corrupt(
      'avif',
      `its picture has ${String(main.width)} × ${String(main.height)} pixels but its animation ` +
        `${String(sequence.width)} × ${String(sequence.height)}`,
    );
  }
  return {
    format: 'avif',
    width: main.width,
    height: main.height,
    bitDepth: main.bitDepth,
    colour: main.colour,
    alpha: main.alpha || sequence?.alpha === true,
    orientation: item?.orientation ?? 1,
    frames: sequence?.frames ?? 1,
    animated,
  };
}

/** Walks the file's own boxes; mdat and whatever else is skipped, but must end inside the file. */
function readTopLevel(file: ByteReader): TopLevel {
  let brands: ReadonlySet<string> | undefined;
  let meta: ByteReader | undefined;
  let moov: ByteReader | undefined;
  for (const box of boxesOfFile(file)) {
    brands ??= readBrands(box.body, box.type);
    if (box.type === 'meta') meta = only(box, meta);
    if (box.type === 'moov') moov = only(box, moov);
  }
  return { brands: brands ?? new Set(), meta, moov };
}

/** Only these decide anything, so that a huge list of brands costs no memory. */
const KNOWN_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis']);

/** ftyp (ISO/IEC 14496-12 section 4.3): major brand, minor version, compatible brands. */
function readBrands(ftyp: ByteReader, type: string): ReadonlySet<string> {
  if (type !== 'ftyp' || ftyp.length < 8 || ftyp.length % 4 !== 0) {
    throw corrupt('avif', 'it does not begin with a well-formed “ftyp” box');
  }
  const brands = new Set<string>();
  for (let at = 0; at < ftyp.length; at += 4) {
    const brand = ftyp.fourCc(at);
    if (at !== 4 && KNOWN_BRANDS.has(brand)) brands.add(brand);
  }
  return brands;
}
