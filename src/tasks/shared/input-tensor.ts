import type { RgbImage } from '../../core/image/pixels.ts';
import type { InputContract } from '../../core/manifest/schema.ts';

/** A network's input: one picture, float32. `dims` is [1, 3, height, width] or [1, height, width, 3]. */
export interface InputTensor {
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: readonly [number, number, number, number];
}

/** The part of a contract that decides tensor values, sizes aside. */
export type ValueContract = Pick<InputContract, 'layout' | 'range' | 'channels' | 'normalise'>;

/** The dims of one picture in a layout. */
export function inputDims(
  layout: InputContract['layout'],
  width: number,
  height: number,
): InputTensor['dims'] {
  return layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
}

/**
 * The tensor value of each of the 256 bytes, one table a channel in the contract's channel order.
 *
 * Each step rounds to float32 as MXNet's `to_tensor` (byte ÷ 255) and `normalize` ((x − mean) ÷ std) do
 * (src/operator/image/image_random-inl.h), so a look-up is that arithmetic bit for bit.
 */
export function channelTables({
  range,
  normalise,
}: Pick<InputContract, 'range' | 'normalise'>): readonly [
  Float32Array,
  Float32Array,
  Float32Array,
] {
  const table = (channel: 0 | 1 | 2) => {
    const mean = Math.fround(normalise?.mean[channel] ?? 0);
    const std = Math.fround(normalise?.std[channel] ?? 1);
    return Float32Array.from({ length: 256 }, (_, byte) => {
      const value = range === '0-1' ? Math.fround(byte / 255) : byte;
      return Math.fround(value - mean) / std;
    });
  };
  return [table(0), table(1), table(2)];
}

/** A picture of exactly the input's size → tensor: range, channel order, normalisation, layout. */
export function tensorOfPixels(image: RgbImage, contract: ValueContract): InputTensor {
  const pixels = image.width * image.height;
  const data = new Float32Array(pixels * 3);
  const planar = contract.layout === 'NCHW';
  const bytes = image.data; // read once: the loop below is hot
  channelTables(contract).forEach((table, channel) => {
    let from = contract.channels === 'RGB' ? channel : 2 - channel;
    let to = planar ? channel * pixels : channel;
    const step = planar ? 1 : 3;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      data[to] = table[bytes[from] ?? 0] ?? 0;
      from += 3;
      to += step;
    }
  });
  return { data, dims: inputDims(contract.layout, image.width, image.height) };
}
