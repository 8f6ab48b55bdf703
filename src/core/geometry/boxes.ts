/** [x1, y1, x2, y2]: left, top, right, bottom in pixels; the right and bottom edges are exclusive coordinates. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * How a network input relates to the picture it was made from:
 * `inputX = pictureX * scaleX - offsetX` (and the same for y). Without a crop the offsets are 0.
 */
export interface InputGeometry {
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Maps a box from input pixels to picture pixels and clips it to the picture. */
export function boxToPicture(box: Box, geometry: InputGeometry): Box {
  const { pictureWidth, pictureHeight, scaleX, scaleY, offsetX, offsetY } = geometry;
  const x = (value: number) => clamp((value + offsetX) / scaleX, pictureWidth);
  const y = (value: number) => clamp((value + offsetY) / scaleY, pictureHeight);
  return [x(box[0]), y(box[1]), x(box[2]), y(box[3])];
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
