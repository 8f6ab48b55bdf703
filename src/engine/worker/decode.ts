import { AppError } from '../../core/errors.ts';
import type { RgbImage } from '../../core/image/pixels.ts';
import { checkDecodedSize } from '../../core/image/policy.ts';
import type { PictureHeader } from '../../core/image/types.ts';
import type { DecodedPicture, DecodeRequest } from '../worker-protocol.ts';
import { dropAlpha } from './drop-alpha.ts';
import { readStraight } from './read-straight.ts';

/** MIME types by sniffed format: the decoder is told what the bytes are, not what their name says. */
const MIME: Readonly<Record<PictureHeader['format'], string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
};

/**
 * Decodes a judged picture to upright 8-bit RGB.
 *
 * As OpenCV's imread: embedded colour profiles are ignored and transparency is dropped, not composited, so the
 * colours under it count. Unlike GluonCV (IMREAD_IGNORE_ORIENTATION) EXIF orientation is applied: people expect
 * upright pictures. Metadata ends here: only pixels leave.
 *
 * @throws AppError `intake/decode-failed`, `intake/size-mismatch`.
 */
export async function decode({
  picture,
  header,
  previewSide,
}: DecodeRequest): Promise<DecodedPicture> {
  const typed = picture.slice(0, picture.size, MIME[header.format]);
  const bitmap = await decodeBitmap(typed, header);
  try {
    const size = { width: bitmap.width, height: bitmap.height };
    checkDecodedSize(header, size);
    const straight = header.alpha ? readStraight(bitmap) : null;
    const image = straight ?? readPixels(bitmap);
    const preview = await shrink(bitmap, previewSide);
    const dropped = straight ? 'dropped' : 'dropped-premultiplied';
    return { image, size, alpha: header.alpha ? dropped : 'none', preview };
  } finally {
    bitmap.close();
  }
}

async function decodeBitmap(picture: Blob, header: PictureHeader): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(picture, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    throw decodeFailed(header, cause);
  }
}

function readPixels(bitmap: ImageBitmap): RgbImage {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new AppError(
      'intake/decode-failed',
      `There is not enough memory for a picture of ${String(width)} × ${String(height)} pixels. Close other tabs or use a smaller picture.`,
      { retryable: true, details: { width, height } },
    );
  }
  context.drawImage(bitmap, 0, 0); // 1:1, no resampling
  return { width, height, data: dropAlpha(context.getImageData(0, 0, width, height).data) };
}

/** A copy for the screen, its longest side at most `side` px. Never used for answers. */
async function shrink(bitmap: ImageBitmap, side: number): Promise<ImageBitmap> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  if (scale === 1) return createImageBitmap(bitmap);
  return createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
    resizeQuality: 'medium',
  });
}

function decodeFailed(header: PictureHeader, cause: unknown): AppError {
  const { format, width, height } = header;
  return new AppError(
    'intake/decode-failed',
    `The ${format.toUpperCase()} (${String(width)} × ${String(height)} pixels by its header) could not be decoded: the file is damaged or uses a variant this browser does not know. Save it again as PNG or JPEG and try that.`,
    { details: { format, width, height }, cause },
  );
}
