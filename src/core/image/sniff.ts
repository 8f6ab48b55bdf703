import type { FileKind } from './kinds.ts';
import { matches } from './signature.ts';
import { sniffText } from './sniff-text.ts';

/** Signatures at fixed offsets, as Latin-1; `?` in a signature stands for any byte. First match wins. */
const SIGNATURES: readonly (readonly [signature: string, kind: FileKind])[] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['RIFF????WEBP', 'webp'],
  ['RIFF????AVI ', 'video'],
  ['\xff\x0a', 'jxl'],
  ['\0\0\0\x0cJXL \r\n\x87\n', 'jxl'],
  ['\0\0\0\x0cjP  \r\n\x87\n', 'jpeg2000'],
  ['\xff\x4f\xff\x51', 'jpeg2000'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['II+\0', 'tiff'],
  ['MM\0+', 'tiff'],
  ['8BPS\0', 'psd'],
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['\x1f\x8b\x08', 'gzip'],
  ['\x1a\x45\xdf\xa3', 'video'],
  ['BM????\0\0\0\0', 'bmp'],
  // Type 1 icon, 2 cursor; the reserved byte of the first directory entry makes it safer.
  ['\0\0\x01\0?????\0', 'ico'],
  ['\0\0\x02\0?????\0', 'ico'],
];

const HEIF_BRANDS: ReadonlySet<string> = new Set(
  'heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1'.split(' '),
);

/** Compatible brands looked at; real files list fewer than ten. */
const MAX_BRANDS = 64;
/** A PDF's signature may follow some junk (PDF 1.7, annex H.3.4.1), but beyond this it is something else. */
const PDF_SEARCH_BYTES = 1024;

/**
 * Names what a file is by its content alone; names and MIME types lie.
 *
 * A match says what a file means to be, not that it is intact: that is for the header's parser. Never throws,
 * looks at no more than the first few kilobytes.
 *
 * @param head the file's first bytes
 */
export function sniff(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty';
  for (const [signature, kind] of SIGNATURES) {
    if (matches(head, signature)) return kind;
  }
  if (matches(head, 'ftyp', 4)) return sniffBrands(head);
  return sniffText(head) ?? (hasPdfSignature(head) ? 'pdf' : 'unknown');
}

/**
 * AVIF and HEIC differ only in the brands of their ftyp box (ISO/IEC 14496-12 section 4.3; AV1 Image File
 * Format section 6). `mif1` alone says no more than "HEIF", so AVIF goes first; that the content really is AV1
 * is checked with the header.
 */
function sniffBrands(head: Uint8Array): FileKind {
  const claimed = uint32(head);
  const end = Math.min(claimed, head.length, 8 + 4 * (MAX_BRANDS + 2));
  const brands = [];
  for (let at = 8; at + 4 <= Math.max(end, 12); at += 4) {
    if (at !== 12) brands.push(latin1(head, at, 4)); // 12: the minor version
  }
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  if (brands.some((brand) => HEIF_BRANDS.has(brand))) return 'heic';
  if (brands.includes('crx ')) return 'raw';
  return 'video';
}

function hasPdfSignature(head: Uint8Array): boolean {
  const end = Math.min(head.length - 5, PDF_SEARCH_BYTES);
  for (let at = 0; at <= end; at++) if (matches(head, '%PDF-', at)) return true;
  return false;
}

function uint32(head: Uint8Array): number {
  let value = 0;
  for (let i = 0; i < 4; i++) value = value * 256 + (head[i] ?? 0);
  return value;
}

function latin1(head: Uint8Array, at: number, count: number): string {
  let text = '';
  for (let i = at; i < at + count && i < head.length; i++) {
    text += String.fromCharCode(head[i] ?? 0);
  }
  return text;
}
