import { describe, expect, it } from 'vitest';
import type { PictureHeader } from '../../core/image/types.ts';
import { describePicture } from './describe.ts';

const header: PictureHeader = {
  format: 'jpeg',
  width: 640,
  height: 480,
  orientation: 1,
  frames: 1,
  animated: false,
  bitDepth: 8,
  colour: 'rgb',
  alpha: false,
};
const size = { width: 640, height: 480 };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('describing a picture', () => {
  it('says size, format and bytes', () => {
    expect(plain(describePicture({ header, size, alpha: 'none' }, 107_520))).toBe(
      '640 × 480, JPEG, 105 KiB',
    );
  });

  it('says what was changed', () => {
    expect(
      plain(
        describePicture(
          { header: { ...header, orientation: 6, animated: true }, size, alpha: 'dropped' },
          1024,
        ),
      ),
    ).toBe(
      '640 × 480, JPEG, 1 KiB, turned upright, first frame of an animation, transparency dropped',
    );
  });
});
