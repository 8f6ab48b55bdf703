import { sha256Hex } from '../../core/integrity/digest.ts';
import { describeWrongFile } from '../../core/integrity/wrong-file.ts';
import { limitOf } from '../../core/limits.ts';
import { parseContentRange } from './answers.ts';
import {
  chunkError,
  emptyError,
  htmlError,
  lengthError,
  tooLargeError,
  wrongFileError,
} from './transfer-errors.ts';
import type { Line } from './transfer-line.ts';
import type { ChunkDigests } from './types.ts';

/** Bytes by which web pages and pointers are told from files. */
export const START_BYTES = 512;

/**
 * Judges a first answer before a byte of it is kept.
 * @param total the size it promises, where it does.
 * @throws AppError `download/html`, `download/lfs-pointer`, `download/empty`, `download/too-large`,
 * `integrity/length-mismatch`.
 */
export async function judgeStart(
  line: Line,
  response: Response,
  total: number | null,
  publishedBytes: number | null,
): Promise<void> {
  const { url } = line;
  if (/^(text\/html|application\/xhtml\+xml)\b/i.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel();
    throw htmlError(url);
  }
  if (total === 0) {
    await response.body?.cancel();
    throw emptyError(url);
  }
  const limit = limitOf('modelBytes');
  const isTooLarge = total !== null && total > limit;
  const isOther = total !== null && publishedBytes !== null && total !== publishedBytes;
  if (!isTooLarge && !isOther) return;
  const start = await line.readUpTo(response, START_BYTES);
  throw (
    wrongFileError(url, start) ??
    (isOther && !isTooLarge
      ? lengthError(url, { bytes: total, looksLike: describeWrongFile(start) }, publishedBytes)
      : tooLargeError(url, total, limit))
  );
}

/**
 * Judges a whole answer of which no length was known before, and of which nothing was kept yet. One that is merely
 * short may have broken off; but a text in place of a file of known size is no part of it.
 * @throws AppError `integrity/length-mismatch`.
 */
export function judgeWhole(url: string, body: Uint8Array, publishedBytes: number | null): void {
  if (publishedBytes === null || body.length >= publishedBytes) return;
  const looksLike = wrongFileError(url, body) ? null : describeWrongFile(body);
  if (looksLike === null) return;
  throw lengthError(url, { bytes: body.length, looksLike }, publishedBytes);
}

/** @throws AppError `integrity/length-mismatch`, `download/too-large` when more came than there may be. */
export function judgeSize(url: string, bytes: number, publishedBytes: number | null): void {
  if (publishedBytes !== null && bytes > publishedBytes) {
    throw lengthError(url, { bytes, orMore: true }, publishedBytes);
  }
  const limit = limitOf('modelBytes');
  if (bytes > limit) throw tooLargeError(url, bytes, limit);
}

/**
 * The piece that begins at `from` when its digest is right; otherwise it alone is fetched again, at most
 * `LIMITS.chunkTries` times in all.
 * @throws AppError `integrity/chunk-mismatch`, `integrity/length-mismatch`, or what the line throws.
 */
export async function soundPiece(
  line: Line,
  chunks: ChunkDigests,
  from: number,
  first: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const index = from / chunks.bytes;
  const expected = chunks.sha256[index];
  if (expected === undefined) {
    throw lengthError(line.url, { bytes: from + first.length, orMore: true }, from);
  }
  const tries = limitOf('chunkTries');
  let piece = first;
  for (let attempt = 1; (await sha256Hex(piece)) !== expected; attempt += 1) {
    if (attempt >= tries) throw chunkError(line.url, index, tries, expected);
    const again = await fetchPiece(line, from, first.length);
    if (!again) throw chunkError(line.url, index, attempt, expected);
    piece = again;
  }
  return piece;
}

/** Fetches `length` bytes from `from` on; null when the server gives no parts. */
async function fetchPiece(line: Line, from: number, length: number) {
  const range = `bytes=${String(from)}-${String(from + length - 1)}`;
  const response = await line.fetch({ Range: range });
  const header = response.headers.get('content-range');
  const isPart = header === null || parseContentRange(header)?.span?.[0] === from;
  if (response.status === 200 || (response.status === 206 && !isPart)) {
    await response.body?.cancel();
    return null;
  }
  if (response.status !== 206) throw await line.refusal(response);
  return line.readUpTo(response, length);
}
