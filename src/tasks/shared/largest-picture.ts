import type { InputContract } from '../../core/manifest/schema.ts';
import type { GivenPicture } from '../../core/onnx/types.ts';

/**
 * The largest picture that a contract lets through to its network. Where the size depends on the picture
 * (`short-within`), that is `short` × `max`, rounded up; upright or lying takes the same memory.
 */
export function largestPicture({ name, layout, resize }: InputContract): GivenPicture {
  if (resize.rule !== 'short-within') {
    return { input: name, layout, width: resize.width, height: resize.height };
  }
  const { short, max, multiple } = resize;
  const roundedUp = (side: number) => Math.ceil(side / multiple) * multiple;
  return { input: name, layout, width: roundedUp(Math.max(short, max)), height: roundedUp(short) };
}
