import type { Crop } from '../../core/geometry/crop.ts';
import { roundHalfEven } from '../../core/geometry/rounding.ts';
import type { Size } from '../../core/image/types.ts';
import type { ResizeRule } from '../../core/manifest/schema.ts';

/**
 * The steps from a picture to a network's input: resize to `resized`, cut `crop` out of it, and, where the crop
 * is not yet `input`, resize that to `input`.
 */
export interface ResizePlan {
  readonly resized: Size;
  readonly crop: Crop;
  readonly input: Size;
}

/** What a rule of the manifest means for a picture of this size. Every side is at least 1. */
export function planResize(picture: Size, rule: ResizeRule): ResizePlan {
  switch (rule.rule) {
    case 'squash':
      return uncropped({ width: rule.width, height: rule.height });
    case 'short-within':
      return uncropped(shortWithin(picture, rule.short, rule.max, rule.multiple));
    case 'short-side-crop': {
      const resized = shortSide(picture, rule.short);
      const input = { width: rule.width, height: rule.height };
      return { resized, crop: centreCrop(resized, input), input };
    }
  }
}

/**
 * Short side to `short`, long side truncated: MXNet `Resize(keep_ratio)` (src/operator/image/resize-inl.h,
 * GetHeightAndWidth), the first step of GluonCV's ImageNet `transform_eval`.
 */
export function shortSide({ width, height }: Size, short: number): Size {
  return width > height
    ? { width: Math.trunc((width * short) / height), height: short }
    : { width: short, height: Math.trunc((height * short) / width) };
}

/**
 * The centre of a picture, of the wanted size; from a picture that is smaller, the largest part of the wanted
 * shape (MXNet python/mxnet/image/image.py `center_crop`, `scale_down`).
 */
export function centreCrop(source: Size, wanted: Size): Crop {
  const { width, height } = scaleDown(source, wanted);
  return {
    x: Math.trunc((source.width - width) / 2),
    y: Math.trunc((source.height - height) / 2),
    width,
    height,
  };
}

/** The largest size of the wanted shape within `source`; a side is at least 1, where MXNet would cut out nothing. */
function scaleDown(source: Size, wanted: Size): Size {
  let { width, height } = wanted;
  if (source.height < height) {
    width = (width * source.height) / height;
    height = source.height;
  }
  if (source.width < width) {
    height = (height * source.width) / width;
    width = source.width;
  }
  return { width: Math.max(Math.trunc(width), 1), height: Math.max(Math.trunc(height), 1) };
}

/**
 * GluonCV `resize_short_within` (gluoncv/data/transforms/image.py): the short side becomes `short` unless the long
 * side would pass `max`; both sides are rounded to a multiple, ties to even, as numpy does. A side never becomes
 * less than one multiple, where GluonCV would ask for an empty picture.
 */
export function shortWithin(picture: Size, short: number, max: number, multiple: number): Size {
  const shortest = Math.min(picture.width, picture.height);
  const longest = Math.max(picture.width, picture.height);
  const toMultiple = (side: number, scale: number) =>
    roundHalfEven((side * scale) / multiple) * multiple;
  let scale = short / shortest;
  if (toMultiple(longest, scale) > max) {
    scale = (Math.floor(max / multiple) * multiple) / longest;
  }
  return {
    width: Math.max(toMultiple(picture.width, scale), multiple),
    height: Math.max(toMultiple(picture.height, scale), multiple),
  };
}

function uncropped(size: Size): ResizePlan {
  return { resized: size, crop: { x: 0, y: 0, ...size }, input: size };
}
