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

/**
 * Maps a box from input pixels to picture pixels. Boxes may reach beyond the picture, as GluonCV's do: nothing is
 * clipped here.
 */
export function boxToPicture(box: Box, geometry: InputGeometry): Box {
  const { scaleX, scaleY, offsetX, offsetY } = geometry;
  const x = (value: number) => (value + offsetX) / scaleX;
  const y = (value: number) => (value + offsetY) / scaleY;
  return [x(box[0]), y(box[1]), x(box[2]), y(box[3])];
}
