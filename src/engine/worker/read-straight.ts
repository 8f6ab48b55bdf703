import type { RgbImage } from '../../core/image/pixels.ts';
import { dropAlpha } from './drop-alpha.ts';

/**
 * RGB of a bitmap with transparency, colours under alpha 0 included.
 *
 * A 2D canvas, and WebCodecs too, store premultiplied colours and lose those; a WebGL texture keeps the bitmap's
 * straight ones (`premultiplyAlpha: 'none'`).
 * @returns null where there is no WebGL 2 or the picture is larger than a texture can be.
 */
export function readStraight(bitmap: ImageBitmap): RgbImage | null {
  const { width, height } = bitmap;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl || Math.max(width, height) > Number(gl.getParameter(gl.MAX_TEXTURE_SIZE))) return null;
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const rgba = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
  const failed = gl.getError() !== gl.NO_ERROR;
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return failed ? null : { width, height, data: dropAlpha(rgba) };
}
