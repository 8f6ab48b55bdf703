import type { RgbImage } from '../image/pixels.ts';

/**
 * OpenCV INTER_NEAREST (`resizeNN`): the source pixel at floor(target × scale), which is not the nearest pixel
 * centre but what OpenCV takes.
 *
 * @param scaleX source pixels a target pixel, horizontally
 * @param scaleY the same, vertically
 */
export function resizeNearest(
  image: RgbImage,
  width: number,
  height: number,
  scaleX: number,
  scaleY: number,
): RgbImage {
  const source = image.data;
  const data = new Uint8Array(width * height * 3);
  const columns = Int32Array.from({ length: width }, (_, x) =>
    Math.min(Math.floor(x * scaleX), image.width - 1),
  );
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(Math.floor(y * scaleY), image.height - 1) * image.width;
    for (const column of columns) {
      const from = (row + column) * 3;
      data[to] = source[from] ?? 0;
      data[to + 1] = source[from + 1] ?? 0;
      data[to + 2] = source[from + 2] ?? 0;
      to += 3;
    }
  }
  return { width, height, data };
}
