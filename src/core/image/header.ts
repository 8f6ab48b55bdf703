import { AppError } from '../errors.ts';
import { readAvif } from './avif.ts';
import { ByteReader } from './bytes.ts';
import { readGif } from './gif.ts';
import { grouped, unsupported, WORKING_FORMATS } from './intake-error.ts';
import { readJpeg } from './jpeg.ts';
import { FOREIGN_KINDS } from './kinds.ts';
import type { FileKind } from './kinds.ts';
import { readPng } from './png.ts';
import { sniff } from './sniff.ts';
import type { AcceptedFormat, PictureHeader } from './types.ts';
import { readWebp } from './webp.ts';

const PARSERS: Record<AcceptedFormat, (file: ByteReader) => PictureHeader> = {
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
  avif: readAvif,
  gif: readGif,
};

/**
 * Reads a picture's header without decoding anything. Judges only whether the header is sound, not whether
 * the picture is too large: that is {@link judgePicture}'s part.
 *
 * Takes time linear in the bytes given, and memory that does not depend on what the file claims.
 *
 * @param head the file's first bytes; `LIMITS.headerBytes` of them suffice, more are not looked at
 * @param fileBytes the length of the whole file in bytes
 * @throws AppError `intake/empty`, `intake/unsupported`, `intake/unknown-format`, `intake/truncated`,
 *   `intake/corrupt-header`, `intake/header-not-found`, `intake/changed-while-reading`
 */
export function readHeader(head: Uint8Array, fileBytes: number): PictureHeader {
  return readHeaderOf(acceptedFormat(head, fileBytes), head, fileBytes);
}

function readHeaderOf(format: AcceptedFormat, head: Uint8Array, fileBytes: number): PictureHeader {
  return PARSERS[format](ByteReader.ofFile(head, fileBytes, format));
}

/** The format, or the refusal of what is not an accepted picture. */
function acceptedFormat(head: Uint8Array, fileBytes: number): AcceptedFormat {
  const tooShort = head.length === 0 && fileBytes > 0;
  if (!Number.isSafeInteger(fileBytes) || fileBytes < head.length || tooShort) {
    throw new AppError(
      'intake/changed-while-reading',
      `The file changed while it was read: ${grouped(head.length)} bytes came of a file of ` +
        `${grouped(fileBytes)}. Choose it again.`,
      { details: { read: head.length, fileBytes } },
    );
  }
  const kind = sniff(head);
  if (isAccepted(kind)) return kind;
  if (kind === 'empty') {
    throw new AppError(
      'intake/empty',
      'The file is empty (0 bytes). Choose another one, or copy it again.',
      { details: { fileBytes } },
    );
  }
  if (kind === 'unknown') throw unknownFormat(head);
  throw unsupported(kind, FOREIGN_KINDS[kind].looksLike, FOREIGN_KINDS[kind].advice);
}

function isAccepted(kind: FileKind): kind is AcceptedFormat {
  return Object.hasOwn(PARSERS, kind);
}

function unknownFormat(head: Uint8Array): AppError {
  let start = '';
  for (let i = 0; i < Math.min(4, head.length); i++) {
    start += ` ${(head[i] ?? 0).toString(16).padStart(2, '0').toUpperCase()}`;
  }
  return new AppError(
    'intake/unknown-format',
    `This file is not a picture in any known format (it begins with the bytes${start}). Choose another file; ` +
      `${WORKING_FORMATS}.`,
    { details: { start: start.trim() } },
  );
}
