import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { limitOf } from '../limits.ts';
import { readHeader } from './header.ts';
import { grouped, inMiB } from './intake-error.ts';
import type { PictureHeader, Size } from './types.ts';

/**
 * The judge at the door: decides from a file's first bytes whether it may be decoded.
 *
 * In this order: file size, kind of file, soundness of the header, sides, area, aspect ratio. The first
 * objection is thrown, with the numbers in its sentence and as `limit` and `actual` in its details.
 *
 * @param head the file's first bytes; `LIMITS.headerBytes` of them suffice
 * @param fileBytes the length of the whole file in bytes
 * @throws AppError `intake/too-large`, those of {@link readHeader}, `intake/side-too-long`,
 *   `intake/side-too-short`, `intake/too-many-pixels`, `intake/too-thin`
 */
export function judgePicture(head: Uint8Array, fileBytes: number): PictureHeader {
  checkBytes(fileBytes);
  const header = readHeader(head, fileBytes);
  checkSides(header);
  checkPixels(header);
  checkAspect(header);
  return header;
}

/** The size as a viewer shows it: EXIF orientations 5 to 8 turn a picture by 90° and so swap its sides. */
export function uprightSize(header: PictureHeader): Size {
  const { width, height, orientation } = header;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/**
 * Compares what the decoder made with what the header promised, so that a file that shows one size to the
 * judge and another to the decoder is found out.
 *
 * Every browser turns a JPEG upright by its EXIF orientation, so a JPEG must have the upright size. In PNG
 * (eXIf), WebP (EXIF) and AVIF (irot, imir) some apply the orientation and some do not; there the stored
 * size is right as well. Both have the same number of pixels, so no limit is evaded.
 *
 * @throws AppError `intake/size-mismatch`
 */
export function checkDecodedSize(header: PictureHeader, decoded: Size): void {
  const expected = uprightSize(header);
  if (sameSize(decoded, expected)) return;
  if (header.format !== 'jpeg' && sameSize(decoded, header)) return;
  throw new AppError(
    'intake/size-mismatch',
    `The picture’s header promises ${inPixels(expected)}, but decoding gave ${inPixels(decoded)}. The file ` +
      'contradicts itself; open it in another program and save it anew.',
    {
      details: {
        expectedWidth: expected.width,
        expectedHeight: expected.height,
        actualWidth: decoded.width,
        actualHeight: decoded.height,
      },
    },
  );
}

function checkBytes(actual: number): void {
  const limit = limitOf('pictureBytes');
  if (actual <= limit) return;
  throw overLimit(
    'intake/too-large',
    `The file has ${inMiB(actual)} (${grouped(actual)} bytes); at most ${inMiB(limit)} are read. Save the ` +
      'picture smaller or with stronger compression.',
    limit,
    actual,
  );
}

function checkSides(size: Size): void {
  const longest = Math.max(size.width, size.height);
  const shortest = Math.min(size.width, size.height);
  const most = limitOf('pictureSide');
  const least = limitOf('pictureMinSide');
  if (longest > most) {
    throw overLimit(
      'intake/side-too-long',
      `The picture has ${inPixels(size)} (${megapixels(size)}); a side may have at most ${grouped(most)} ` +
        'pixels. Scale it down and try again.',
      most,
      longest,
    );
  }
  if (shortest < least) {
    throw overLimit(
      'intake/side-too-short',
      `The picture has ${inPixels(size)}; each side needs at least ${grouped(least)} pixels for a model to ` +
        'see anything. Choose a larger picture.',
      least,
      shortest,
    );
  }
}

function checkPixels(size: Size): void {
  const limit = limitOf('picturePixels');
  const actual = size.width * size.height;
  if (actual <= limit) return;
  throw overLimit(
    'intake/too-many-pixels',
    `The picture has ${inPixels(size)} (${megapixels(size)}); at most ${grouped(limit / 1e6)} megapixels are ` +
      'decoded. Scale it down and try again.',
    limit,
    actual,
  );
}

function checkAspect(size: Size): void {
  const limit = limitOf('pictureAspect');
  const actual = Math.max(size.width, size.height) / Math.min(size.width, size.height);
  if (actual <= limit) return;
  throw overLimit(
    'intake/too-thin',
    `The picture has ${inPixels(size)}, an aspect ratio of ${grouped(tenthsUp(actual))}:1; at most ${grouped(limit)}:1 ` +
      'is of use to a model. Crop it and try again.',
    limit,
    actual,
  );
}

function overLimit(code: ErrorCode, message: string, limit: number, actual: number): AppError {
  return new AppError(code, message, { details: { limit, actual } });
}

function sameSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function inPixels({ width, height }: Size): string {
  return `${grouped(width)} × ${grouped(height)} pixels`;
}

function megapixels({ width, height }: Size): string {
  return `${grouped(tenthsUp((width * height) / 1e6))} megapixels`;
}

/** Rounded up to tenths, so that what is just above a limit does not read as the limit itself. */
function tenthsUp(value: number): number {
  return Math.ceil(value * 10) / 10;
}
