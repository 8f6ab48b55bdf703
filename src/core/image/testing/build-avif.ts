import { be, bytes } from './bytes.ts';
import type { Piece } from './bytes.ts';

/** A box of the ISO base media file format. */
export function box(type: string, ...content: readonly Piece[]): Uint8Array {
  const body = bytes(...content);
  return bytes(be(body.length + 8, 4), type, body);
}

/** A box with version and flags. */
export function fullBox(
  type: string,
  version: number,
  flags: number,
  ...content: Piece[]
): Uint8Array {
  return box(type, [version], be(flags, 3), ...content);
}

/** ftyp: major brand, minor version, compatible brands. */
export function ftyp(major = 'avif', ...compatible: readonly string[]): Uint8Array {
  return box('ftyp', major, be(0, 4), ...compatible);
}

/** ispe: the size of an item. */
export function ispe(width: number, height: number): Uint8Array {
  return fullBox('ispe', 0, 0, be(width, 4), be(height, 4));
}

/** av1C: the codec configuration; `flags` are those of its third byte. */
export function av1C(flags = 0x0c, marker = 0x81): Uint8Array {
  return box('av1C', [marker, 0, flags, 0]);
}

/** pixi: the bits of each channel. */
export function pixi(...depths: readonly number[]): Uint8Array {
  return fullBox('pixi', 0, 0, [depths.length, ...depths]);
}

/** clap: a crop, given as width and height (the offsets are 0). */
export function clap(width: number, height: number): Uint8Array {
  const fractions = [width, 1, height, 1, 0, 1, 0, 1]; // numerator, denominator
  return box(
    'clap',
    fractions.flatMap((n) => be(n, 4)),
  );
}

/** hdlr: what a meta box or a track is for. */
export function hdlr(handler: string): Uint8Array {
  return fullBox('hdlr', 0, 0, be(0, 4), handler, be(0, 12), [0]);
}

/** One entry of ipma with 7-bit property indices. */
export function association(item: number, ...indices: readonly number[]): Uint8Array {
  return bytes(be(item, 2), [indices.length, ...indices]);
}

/** ipma of any entries. */
export function ipma(...entries: readonly Piece[]): Uint8Array {
  return fullBox('ipma', 0, 0, be(entries.length, 4), ...entries);
}

/** What can be varied in a built meta box. */
export interface MetaOptions {
  readonly properties?: readonly Uint8Array[];
  /** Replaces the ipma box that gives all properties to item 1. */
  readonly ipma?: Uint8Array;
  readonly handler?: string;
  readonly extra?: Piece;
}

/** meta: a primary item, number 1, that has all the properties. */
export function meta(options: MetaOptions = {}): Uint8Array {
  const properties = options.properties ?? [ispe(40, 24), pixi(8, 8, 8), av1C()];
  const all = properties.map((_, i) => i + 1);
  return fullBox(
    'meta',
    ...([0, 0] as const),
    hdlr(options.handler ?? 'pict'),
    fullBox('pitm', 0, 0, be(1, 2)),
    box('iprp', box('ipco', ...properties), options.ipma ?? ipma(association(1, ...all))),
    options.extra ?? '',
  );
}

/** What can be varied in a built track. */
export interface TrackOptions {
  readonly width?: number;
  readonly height?: number;
  readonly handler?: string;
  readonly frames?: number;
  readonly codec?: string;
  /** Width in the sample entry, where it is to differ from the track's. */
  readonly codedWidth?: number;
  /** Version of tkhd. */
  readonly version?: 0 | 1;
}

/** trak: a sequence of AV1 pictures. */
export function trak(options: TrackOptions = {}): Uint8Array {
  const { width = 40, height = 24, handler = 'pict', frames = 3, version = 0 } = options;
  const coded = [...be(options.codedWidth ?? width, 2), ...be(height, 2)];
  const entry = box(options.codec ?? 'av01', new Uint8Array(24), coded, new Uint8Array(50), av1C());
  const sizes = Array.from({ length: Math.min(frames, 100) }, () => be(7, 4)).flat();
  const stbl = box(
    'stbl',
    fullBox('stsd', 0, 0, be(1, 4), entry),
    fullBox('stsz', 0, 0, be(0, 4), be(frames, 4), sizes),
  );
  const fixed = [...be(width, 2), 0, 0, ...be(height, 2), 0, 0];
  return box(
    'trak',
    fullBox('tkhd', version, 0, new Uint8Array(version === 1 ? 84 : 72), fixed),
    box('mdia', hdlr(handler), box('minf', stbl)),
  );
}

/** The smallest AVIF whose header is sound. */
export function avif(options: MetaOptions = {}): Uint8Array {
  return bytes(ftyp('avif', 'mif1', 'miaf'), meta(options), box('mdat', [1, 2, 3, 4]));
}

/** The smallest animated AVIF whose header is sound. */
export function animatedAvif(...tracks: readonly Uint8Array[]): Uint8Array {
  const moov = box('moov', fullBox('mvhd', 0, 0), ...(tracks.length > 0 ? tracks : [trak()]));
  return bytes(ftyp('avis', 'avif', 'mif1'), meta(), moov, box('mdat', [1, 2, 3, 4]));
}
