import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { MadeFile } from './workbench.ts';

/** RGBA of a pixel, 0..255. */
export type Paint = (x: number, y: number) => readonly [number, number, number, number];

/** A PNG painted by a function: the tests' own pictures. */
export function png(name: string, width: number, height: number, paint: Paint): MadeFile {
  const picture = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) picture.data.set(paint(x, y), (y * width + x) * 4);
  }
  return { name, mimeType: 'image/png', buffer: PNG.sync.write(picture) };
}

/** A soft gradient: any valid picture. */
export function plainPng(name: string): MadeFile {
  return png(name, 64, 48, (x, y) => [x * 4, y * 5, 128, 255]);
}

/**
 * A valid one-bit PNG of `side`² pixels, all black: about 64 kB for 23,000², which decodes to 2.1 GB.
 */
export function pixelBomb(name: string, side: number): MadeFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 });
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return { name, mimeType: 'image/png', buffer: Buffer.concat([signature, ...chunks]) };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
