import type { InputGeometry } from '../../core/geometry/boxes.ts';
import { resize, resizeRegion } from '../../core/geometry/resize.ts';
import type { RgbImage } from '../../core/image/pixels.ts';
import type { InputContract } from '../../core/manifest/schema.ts';
import { tensorOfPixels, type InputTensor } from './input-tensor.ts';
import { planResize } from './resize-rule.ts';

/** A network's input and how its pixels relate to the picture's. */
export interface PreparedInput extends InputTensor {
  readonly geometry: InputGeometry;
}

/**
 * GluonCV's preprocessing as the contract declares it: resize, crop, range, channel order, normalisation, layout.
 *
 * @param image 8-bit RGB, upright, of any size from 1 × 1
 * @throws AppError `intake/too-elongated` when the resized picture would pass the pixel limit; `app/bad-resize` when
 * the picture's bytes are not its size.
 */
export function prepareInput(image: RgbImage, contract: InputContract): PreparedInput {
  const { resized, crop, input } = planResize(image, contract.resize);
  const { filter } = contract.resize;
  const cropped = resizeRegion(image, resized.width, resized.height, filter, crop);
  const pixels = resize(cropped, input.width, input.height, filter);
  const cropScaleX = input.width / crop.width;
  const cropScaleY = input.height / crop.height;
  return {
    ...tensorOfPixels(pixels, contract),
    geometry: {
      pictureWidth: image.width,
      pictureHeight: image.height,
      scaleX: (resized.width / image.width) * cropScaleX,
      scaleY: (resized.height / image.height) * cropScaleY,
      offsetX: crop.x * cropScaleX,
      offsetY: crop.y * cropScaleY,
    },
  };
}
