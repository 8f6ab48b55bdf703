import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMiB } from './image/intake-error.ts';
import { formatBytes, NBSP } from './quantity.ts';

describe('bytes', () => {
  it.each([
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1_119_369, '1.07 MiB'],
    [32 * 1024 * 1024, '32 MiB'],
    [512 * 1024 * 1024, '512 MiB'],
  ])('%d are %s', (bytes, text) => {
    expect(formatBytes(bytes).replace(NBSP, ' ')).toBe(text);
  });

  it('are the same in a sentence and in a row', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (bytes) => {
        expect(inMiB(bytes)).toBe(formatBytes(bytes).replace(NBSP, ' '));
      }),
    );
  });
});
