import { AppError } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';
import { limitOf } from '../limits.ts';
import { formatBytes, NBSP } from '../quantity.ts';
import type { AcceptedFormat } from './types.ts';

/** What every refusal ends with when another file is the way out. */
export const WORKING_FORMATS = 'JPEG, PNG, WebP, AVIF and GIF (its first frame) work';

const FORMAT_NAMES: Record<AcceptedFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
};

/** The name of a format as people write it, e.g. `WebP`. */
export function formatName(format: AcceptedFormat): string {
  return FORMAT_NAMES[format];
}

/**
 * A number with thousands separators and at most one decimal, e.g. `23,000`; the same in every locale, as the sentences
 * are English. Not by `toLocaleString`: its first call loads more than a whole inspection needs.
 */
export function grouped(value: number): string {
  return value
    .toFixed(1)
    .replace(/\.0$/, '')
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A number of bytes in a sentence, e.g. `33.5 MiB`. */
export function inMiB(bytes: number): string {
  return formatBytes(bytes).replace(NBSP, ' ');
}

/** `intake/truncated`: the file ends before what its header promises. Sizes in bytes, counted from the file's start. */
export function truncated(format: AcceptedFormat, needed: number, actual: number): AppError {
  return new AppError(
    'intake/truncated',
    `The file ends too early: this ${formatName(format)} needs at least ${grouped(needed)} bytes, but the file ` +
      `has only ${grouped(actual)}. It was probably cut off on the way; download or copy it again.`,
    { details: { format, needed, actual } },
  );
}

/**
 * `intake/corrupt-header`: the header contradicts itself or its format's rules.
 *
 * @param problem a clause that fits after "…: ", with numbers where there are any
 */
export function corrupt(
  format: AcceptedFormat,
  problem: string,
  details: ErrorDetails = {},
): AppError {
  return new AppError(
    'intake/corrupt-header',
    `The header of this ${formatName(format)} is damaged: ${problem}. Open the picture in another program and ` +
      'save it anew, or take another file.',
    { details: { format, problem, ...details } },
  );
}

/** `intake/header-not-found`: what must be known before decoding lies beyond the part that is searched for it. */
export function headerNotFound(format: AcceptedFormat, searched: number): AppError {
  return new AppError(
    'intake/header-not-found',
    `The size of this ${formatName(format)} does not appear in its first ${inMiB(searched)}; something very ` +
      'large, probably metadata, comes before it. Save the picture without metadata and try again.',
    { details: { format, searched, limit: limitOf('headerBytes') } },
  );
}

/**
 * `intake/unsupported`: the file is known for what it is, and it is not something Gluon Lens reads.
 *
 * @param kind machine-readable name for `details.kind`
 * @param looksLike a noun phrase with its article, e.g. "a PDF document"
 * @param advice a full sentence on the way out
 */
export function unsupported(kind: string, looksLike: string, advice: string): AppError {
  return new AppError(
    'intake/unsupported',
    `Unsupported: it looks like ${looksLike}. ${advice} ${WORKING_FORMATS}.`,
    { details: { kind } },
  );
}
