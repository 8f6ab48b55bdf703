import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgePicture } from './policy.ts';
import { headerOf } from './testing/outcome.ts';
import { realFile } from './testing/real-files.ts';
import type { REAL_FILES } from './testing/real-files.ts';
import type { PictureHeader } from './types.ts';

const EXPECTED: Record<keyof typeof REAL_FILES, Partial<PictureHeader>> = {
  'turned.jpg': { format: 'jpeg', orientation: 6, colour: 'rgb' },
  'progressive.jpg': { format: 'jpeg', colour: 'grey' },
  'cmyk.jpg': { format: 'jpeg', colour: 'cmyk' },
  'palette.png': { format: 'png', bitDepth: 2, colour: 'palette', alpha: true },
  'deep.png': { format: 'png', bitDepth: 16, colour: 'grey', alpha: false },
  'apng.png': { format: 'png', frames: 3, animated: true },
  'turned.png': { format: 'png', orientation: 8, alpha: true },
  'lossy.webp': { format: 'webp', alpha: false, frames: 1 },
  'lossless.webp': { format: 'webp', alpha: true },
  'alpha.webp': { format: 'webp', alpha: true },
  'animated.webp': { format: 'webp', frames: 3, animated: true },
  'turned.webp': { format: 'webp', orientation: 5 },
  'still.gif': { format: 'gif', frames: 1, animated: false, alpha: false },
  'animated.gif': { format: 'gif', frames: 3, animated: true, alpha: true },
  'still.avif': { format: 'avif', bitDepth: 8, colour: 'rgb', alpha: false, animated: false },
  'alpha.avif': { format: 'avif', alpha: true },
  'grey.avif': { format: 'avif', colour: 'grey' },
  'animated-alpha.avif': { format: 'avif', frames: 3, animated: true, alpha: true },
  'turned6.avif': { format: 'avif', orientation: 6 },
  'turned7.avif': { format: 'avif', orientation: 7 },
};

describe('files of real encoders', () => {
  it.each(Object.entries(EXPECTED))('%s', (name, expected) => {
    const header = headerOf(realFile(name as keyof typeof REAL_FILES));
    expect(header).toMatchObject({ width: 40, height: 24, ...expected });
  });
});

const PHOTOS = path.resolve(process.cwd(), '../shared/photos');
const SIZES: readonly (readonly [name: string, width: number, height: number])[] = [
  ['car.jpg', 799, 533],
  ['chelsea.png', 451, 300],
  ['coffee.png', 600, 400],
  ['dog.jpg', 768, 576],
  ['mt_baker.jpg', 3000, 1458],
  ['rocket.jpg', 640, 427],
  ['street_small.jpg', 480, 480],
];

describe('photos', () => {
  it.for(SIZES)('%s has %i × %i pixels', ([name, width, height], { skip }) => {
    const file = path.join(PHOTOS, name);
    // On CI the photos are part of the set-up: there their absence is a failure, and readFileSync says so.
    skip(
      !existsSync(file) && process.env['CI'] === undefined,
      `${name} is not at ../shared/photos beside the repository`,
    );
    const bytes = Uint8Array.from(readFileSync(file));
    expect(judgePicture(bytes, bytes.length)).toMatchObject({
      ...{ width, height, orientation: 1, bitDepth: 8, colour: 'rgb', alpha: false, frames: 1 },
    });
  });
});
