import { sniff } from '../image/sniff.ts';

const PICTURES: Readonly<Partial<Record<ReturnType<typeof sniff>, string>>> = {
  jpeg: 'a JPEG picture',
  png: 'a PNG picture',
  webp: 'a WebP picture',
  gif: 'a GIF picture',
  avif: 'an AVIF picture',
};

/** A picture is known by far less. */
const HEAD_BYTES = 512;

/** What may stand before a page's first tag; a comment that does not end in sight is a page's, too. */
const BEFORE = '(?:\\s|<\\?xml[^>]*>|<!--(?:(?!-->)[^])*-->)*';
/** The MIME Sniffing Standard's tags (https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type), and two more. */
const TAGS =
  '(?:!doctype\\s+html|html|head|meta|link|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)';
const HTML = new RegExp(`^${BEFORE}<(?:${TAGS}(?:[\\s/>]|$)|!--(?![^]*-->))`, 'i');

/** Whether a text begins as a web page does, behind an XML declaration and comments too. */
export function isHtml(text: string): boolean {
  return HTML.test(text);
}

/**
 * Names what a file probably is that should have been something else: hosts answer missing files with a web page,
 * Git hosts answer large ones with a pointer, and people pick the file beside the one they mean.
 * @returns words for a sentence, or null when there is no telling.
 */
export function describeWrongFile(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'an empty file';
  const head = bytes.subarray(0, HEAD_BYTES);
  const start = new TextDecoder().decode(head).trimStart().toLowerCase();
  if (isHtml(start)) return 'a web page (HTML), as servers send for a missing file or a login';
  if (start.startsWith('version https://git-lfs')) return 'a Git LFS pointer, not the file itself';
  if (start.startsWith('<?xml')) return 'an XML error message';
  if (start.startsWith('{') || start.startsWith('[')) return 'a JSON text';
  if (start.startsWith('pk\u0003\u0004')) return 'a ZIP archive';
  return PICTURES[sniff(head)] ?? null;
}
