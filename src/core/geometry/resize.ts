import { AppError } from '../errors.ts';
import type { RgbImage } from '../image/pixels.ts';
import { LIMITS } from '../limits.ts';
import type { ResizeFilter } from '../manifest/schema.ts';
import { cropImage, type Crop } from './crop.ts';
import { boxMeans, isWholeShrink, weightedAreaMeans } from './resize-area.ts';
import { resizeNearest } from './resize-nearest.ts';
import { resizeSeparable } from './resize-separable.ts';
import { KERNELS } from './resize-taps.ts';

/**
 * Resizes a picture as OpenCV 4.x `cv::resize` does for 8-bit three-channel pictures (modules/imgproc/src/
 * resize.cpp): half-pixel centres, replicated border, no antialias, OpenCV's own fixed-point rounding. The same
 * size gives the same picture back, whatever the filter.
 *
 * @param width of the result in pixels, a whole number from 1
 * @param height of the result in pixels, a whole number from 1
 * @throws AppError `app/bad-resize` for a size that is not a whole number from 1 or a picture whose data does
 * not have its size; `intake/too-elongated` for a result beyond the pixel limit of a picture.
 */
export function resize(
  image: RgbImage,
  width: number,
  height: number,
  filter: ResizeFilter,
): RgbImage {
  checkSizes(image, width, height);
  if (width === image.width && height === image.height) return image;
  const scaleX = openCvScale(image.width, width);
  const scaleY = openCvScale(image.height, height);
  switch (filter === 'auto' ? autoFilter(image, width, height) : filter) {
    case 'nearest':
      return resizeNearest(image, width, height, scaleX, scaleY);
    case 'bilinear':
      // OpenCV hands a shrink by exactly 2 × 2 to the box filter, which rounds differently.
      return scaleX === 2 && scaleY === 2
        ? boxMeans(image, width, height, 2, 2)
        : resizeSeparable(image, width, height, scaleX, scaleY, KERNELS.bilinear);
    case 'bicubic':
      return resizeSeparable(image, width, height, scaleX, scaleY, KERNELS.bicubic);
    case 'lanczos4':
      return resizeSeparable(image, width, height, scaleX, scaleY, KERNELS.lanczos4);
    case 'area':
      // Where a side grows, OpenCV falls back to two taps with weights of its own.
      if (scaleX < 1 || scaleY < 1) {
        return resizeSeparable(image, width, height, scaleX, scaleY, KERNELS.areaGrow);
      }
      return isWholeShrink(scaleX) && isWholeShrink(scaleY)
        ? boxMeans(image, width, height, Math.round(scaleX), Math.round(scaleY))
        : weightedAreaMeans(image, width, height, scaleX, scaleY);
  }
}

/**
 * A rectangle of what {@link resize} gives, computed without the rest where the filter allows it (bilinear, the one
 * that GluonCV crops after).
 * @throws AppError as {@link resize}.
 */
export function resizeRegion(
  image: RgbImage,
  width: number,
  height: number,
  filter: ResizeFilter,
  region: Crop,
): RgbImage {
  const isSame = width === image.width && height === image.height;
  const scaleX = openCvScale(image.width, width);
  const scaleY = openCvScale(image.height, height);
  if (filter !== 'bilinear' || isSame || (scaleX === 2 && scaleY === 2)) {
    return cropImage(resize(image, width, height, filter), region);
  }
  checkSizes(image, width, height);
  return resizeSeparable(image, width, height, scaleX, scaleY, KERNELS.bilinear, region);
}

/**
 * The filter GluonCV's interp 9 stands for (python/mxnet/image/image.py `_get_interp_method`): bicubic when both
 * sides grow, area when both shrink, else bilinear.
 */
export function autoFilter(
  source: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): 'bicubic' | 'area' | 'bilinear' {
  if (width > source.width && height > source.height) return 'bicubic';
  if (width < source.width && height < source.height) return 'area';
  return 'bilinear';
}

/** Source pixels a target pixel, by OpenCV's two divisions: `source / target` may differ in the last bit. */
function openCvScale(source: number, target: number): number {
  return 1 / (target / source);
}

function checkSizes(image: RgbImage, width: number, height: number): void {
  const sides = [image.width, image.height, width, height];
  const sane = sides.every((side) => Number.isSafeInteger(side) && side >= 1);
  if (!sane || image.data.length !== image.width * image.height * 3) {
    throw new AppError(
      'app/bad-resize',
      `A picture of ${String(image.width)} × ${String(image.height)} pixels (${String(image.data.length)} bytes) cannot be resized to ${String(width)} × ${String(height)}. Reload the page and try again.`,
      { details: { width, height, sourceWidth: image.width, sourceHeight: image.height } },
    );
  }
  if (width * height > LIMITS.picturePixels) {
    throw new AppError(
      'intake/too-elongated',
      `The model needs this picture at ${String(width)} × ${String(height)} pixels, more than the ${String(LIMITS.picturePixels)} that fit. Crop the picture to a less elongated shape.`,
      { details: { width, height, maxPixels: LIMITS.picturePixels } },
    );
  }
}
