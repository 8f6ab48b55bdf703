/**
 * An 8-bit RGB picture: `data[(y * width + x) * 3 + c]`, c = 0 red, 1 green, 2 blue, each 0..255.
 * The product's one pixel format between decoder and tensor; alpha is dropped at decode, as OpenCV's
 * IMREAD_COLOR does.
 */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}
