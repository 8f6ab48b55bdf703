import type { FileKind } from './kinds.ts';
import { matches } from './signature.ts';

/** As much text as is looked at; an SVG's root may follow licence comments and a DOCTYPE. */
const TEXT_BYTES = 4096;

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
const HTML_STARTS = ['<!doctype html', '<html', '<head', '<body', '<script', '<title', '<meta'];

/**
 * Names textual content: HTML, SVG, XML, PDF, Git LFS pointers, or just text; undefined when it is binary.
 *
 * @param head the file's first bytes
 */
export function sniffText(head: Uint8Array): FileKind | undefined {
  const text = decode(head);
  if (text === undefined) return undefined;
  const start = text.trimStart().toLowerCase();
  if (start.startsWith(LFS_POINTER)) return 'lfs-pointer';
  if (start.startsWith('%pdf-')) return 'pdf';
  if (HTML_STARTS.some((tag) => start.startsWith(tag))) return 'html';
  if (start.startsWith('<')) return sniffMarkup(start);
  return 'text';
}

/** Markup behind an XML declaration, a comment or a DOCTYPE. Substring searches only: no backtracking. */
function sniffMarkup(start: string): FileKind {
  const svg = firstOf(start, ['<svg', '<!doctype svg']);
  const html = firstOf(start, ['<html', '<!doctype html']);
  if (svg < html) return 'svg'; // a page may well contain a drawing, so the first one counts
  if (html < Infinity) return 'html';
  return start.startsWith('<?xml') || start.startsWith('<!') ? 'xml' : 'text';
}

function firstOf(text: string, tags: readonly string[]): number {
  const places = tags.map((tag) => text.indexOf(tag)).filter((place) => place >= 0);
  return Math.min(Infinity, ...places);
}

/**
 * The beginning as Latin-1 (all the names looked for are ASCII), without a byte order mark; UTF-16 by dropping
 * the zero bytes. Undefined when control characters show that it is not text. A PDF's binary comment, in its
 * second line, has none.
 */
function decode(head: Uint8Array): string | undefined {
  const utf16 = matches(head, '\xff\xfe') || matches(head, '\xfe\xff');
  const utf8Bom = matches(head, '\xef\xbb\xbf') ? 3 : 0;
  const end = Math.min(head.length, TEXT_BYTES);
  let text = '';
  for (let i = utf16 ? 2 : utf8Bom; i < end; i++) {
    const byte = head[i] ?? 0;
    if (utf16 && byte === 0) continue;
    if (!isTextByte(byte)) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Printable ASCII, bytes of UTF-8 or Latin-1, and the controls that occur in text: tab, line ends, form feed, escape. */
function isTextByte(byte: number): boolean {
  if (byte >= 0x20) return byte !== 0x7f;
  return (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
}
