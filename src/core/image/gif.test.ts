import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import { gif, gifImage, graphicControl, looping } from './testing/build-gif.ts';
import { bytes } from './testing/bytes.ts';
import { codeOf, headerOf } from './testing/outcome.ts';

const CORRUPT = 'intake/corrupt-header';
const TRUNCATED = 'intake/truncated';

describe('GIF', () => {
  it('gives the size of the screen', () => {
    expect(headerOf(gif({ width: 300, height: 200 }))).toEqual({
      format: 'gif',
      width: 300,
      height: 200,
      orientation: 1,
      frames: 1,
      animated: false,
      bitDepth: 8,
      colour: 'palette',
      alpha: false,
    });
  });

  it('counts frames, whatever their colour tables and data', () => {
    const long = gifImage({
      localTableBits: 8,
      data: bytes([255], new Uint8Array(255), [1, 0, 0]),
    });
    const blocks = [gifImage(), graphicControl(true), long, gifImage({ localTableBits: 1 })];
    expect(headerOf(gif({ blocks }))).toMatchObject({ frames: 3, animated: true, alpha: false });
  });

  it('takes a looping extension for an animation', () => {
    const file = gif({ blocks: [looping(), gifImage()] });
    expect(headerOf(file)).toMatchObject({ frames: 1, animated: true });
  });

  it('is transparent by its first frame’s colour, or where that leaves the screen uncovered', () => {
    expect(headerOf(gif({ blocks: [graphicControl(true), gifImage()] })).alpha).toBe(true);
    expect(headerOf(gif({ blocks: [graphicControl(false), gifImage()] })).alpha).toBe(false);
    expect(headerOf(gif({ blocks: [gifImage({ top: 1, height: 23 })] })).alpha).toBe(true);
  });

  it('counts only what is visible of a large animation', () => {
    const file = gif({ blocks: [gifImage(), gifImage(), gifImage()] });
    for (let seen = 45; seen < file.length; seen++) {
      const { frames } = readHeader(file.subarray(0, seen), file.length);
      expect(frames).toBeGreaterThanOrEqual(1);
      expect(frames).toBeLessThanOrEqual(3);
    }
  });

  it('tolerates a missing trailer and junk after the frames', () => {
    expect(headerOf(gif({ trailer: '' })).frames).toBe(1);
    expect(headerOf(gif({ trailer: '\0\0;' })).frames).toBe(1);
  });

  it.each([
    ['no width', CORRUPT, gif({ width: 0 })],
    ['no height', CORRUPT, gif({ height: 0 })],
    ['no frame', CORRUPT, gif({ blocks: [] })],
    ['junk before the frame', CORRUPT, gif({ blocks: [[0]] })],
    ['a frame wider than the screen', CORRUPT, gif({ blocks: [gifImage({ width: 41 })] })],
    ['a frame beyond the right edge', CORRUPT, gif({ blocks: [gifImage({ left: 1 })] })],
    ['a frame below the screen', CORRUPT, gif({ blocks: [gifImage({ top: 65_535 })] })],
    ['a frame without area', CORRUPT, gif({ blocks: [gifImage({ width: 0 })] })],
    ['an LZW code size of 0', CORRUPT, gif({ blocks: [gifImage({ codeSize: 0 })] })],
    ['an LZW code size of 12', CORRUPT, gif({ blocks: [gifImage({ codeSize: 12 })] })],
    ['an end within the colour table', TRUNCATED, gif().subarray(0, 20)],
    ['an end before the frame', TRUNCATED, gif().subarray(0, 25)],
    ['an end within the pixels', TRUNCATED, gif({ blocks: [gifImage({ data: [200, 1] })] })],
    [
      'an end within a later frame',
      TRUNCATED,
      gif({ blocks: [gifImage(), [0x2c, 0]], trailer: '' }),
    ],
    ['an end within an extension', TRUNCATED, gif({ blocks: [[0x21, 0xfe, 9]], trailer: '' })],
  ])('refuses %s (%s)', (_what, code, file) => {
    expect(codeOf(file)).toBe(code);
  });
});
