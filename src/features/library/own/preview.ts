import { autoFilter } from '../../../core/geometry/resize.ts';
import type { Size } from '../../../core/image/types.ts';
import type { GivenPicture } from '../../../core/onnx/types.ts';
import type { PictureInput } from '../../../tasks/propose/picture-input.ts';
import { largestPicture } from '../../../tasks/shared/largest-picture.ts';
import { inputOf, type Draft } from './draft.ts';
import { contractProblems } from './problems.ts';
import type { InputContract, ResizeFilter } from '../../../core/manifest/schema.ts';
import { inputDims } from '../../../tasks/shared/input-tensor.ts';
import { planResize } from '../../../tasks/shared/resize-rule.ts';

const FILTERS: Readonly<Record<Exclude<ResizeFilter, 'auto'>, string>> = {
  nearest: 'by nearest neighbour',
  bilinear: 'bilinearly',
  bicubic: 'bicubically',
  area: 'by area',
  lanczos4: 'by Lanczos',
};

/** What a contract does to a picture of a given size, in a sentence, with that picture's own numbers. */
export function previewSentence(input: InputContract, example: Size): string {
  const { resized, crop, input: size } = planResize(example, input.resize);
  const { filter } = input.resize;
  const how = filter === 'auto' ? autoFilter(example, resized.width, resized.height) : filter;
  const cut =
    crop.width === resized.width && crop.height === resized.height
      ? ''
      : `, its centre of ${print(crop)} is cut out`;
  const grown =
    crop.width === size.width && crop.height === size.height
      ? ''
      : ` and enlarged to ${print(size)}`;
  const dims = inputDims(input.layout, size.width, size.height).join(' × ');
  return `A picture of ${print(example)} is resized to ${print(resized)} ${FILTERS[how]}${cut}${grown}; ${values(input)}; the network gets them as ${dims} in “${input.name}”.`;
}

function values({ range, channels, normalise }: InputContract): string {
  const order = channels === 'RGB' ? 'red, green and blue' : 'blue, green and red';
  const scale = range === '0-1' ? 'are divided by 255' : 'stay 0 to 255';
  if (normalise === null) return `the values of ${order} ${scale}`;
  const { mean, std } = normalise;
  const divided = std.every((value) => value === 1) ? '' : `, divided by ${std.join(', ')}`;
  return `the values of ${order} ${scale}, less ${mean.join(', ')}${divided}`;
}

function print({ width, height }: Size): string {
  return `${String(width)} × ${String(height)}`;
}

/** Fields without which there is no size. */
export const SIZES: ReadonlySet<string> = new Set(['width', 'height', 'short', 'max', 'multiple']);

/**
 * The largest picture that a draft lets through to its network.
 * @returns null where the draft's sizes do not hold.
 */
export function pictureOf(
  draft: Draft,
  picture: Pick<PictureInput, 'name' | 'layout'>,
): GivenPicture | null {
  if (contractProblems(draft).some(({ field }) => SIZES.has(field))) return null;
  return largestPicture(inputOf(draft, picture));
}
