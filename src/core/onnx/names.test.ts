import { describe, expect, it } from 'vitest';
import { escapedName, isBadName } from './names.ts';

describe('isBadName', () => {
  it.each([
    ['a control character', 'a\u0007b'],
    ['a line feed', 'a\nb'],
    ['a bidirectional override', 'a\u202eb'],
    ['a zero-width space', 'a\u200bb'],
    ['a tag', 'a\u{e0041}b'],
    ['a variation selector', 'a\ufe0fb'],
    ['a Hangul filler', 'a\u3164b'],
    ['a private character', 'a\ue000b'],
    ['a no-break space', 'a\u00a0b'],
    ['what was no UTF-8', 'a\ufffdb'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('finds %s', (_, name) => {
    expect(isBadName(name)).toBe(true);
    expect(escapedName(name)).toMatch(/^a\\u\{[0-9a-f]+\}b$/);
  });

  it.each(['conv0_fwd', 'resnet/block 1:0', 'Schicht ä', '层_1', 'été', 'слой'])(
    'lets %s pass',
    (name) => {
      expect(isBadName(name)).toBe(false);
      expect(escapedName(name)).toBe(name);
    },
  );
});
