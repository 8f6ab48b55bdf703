import { describe, expect, it } from 'vitest';
import type { Golden, InputContract } from '../../core/manifest/schema.ts';
import { goldenInput } from './golden-input.ts';

const golden = (seed: number): Golden => ({
  generator: 'lcg-u8',
  seed,
  runtime: 'test',
  outputs: [{ name: 'y', head: [0], tolerance: 1 }],
});
const contract: InputContract = {
  name: 'data',
  layout: 'NHWC',
  range: '0-255',
  channels: 'RGB',
  resize: { rule: 'squash', width: 10, height: 8, filter: 'auto' },
  normalise: null,
};

/** The generator written out with whole numbers of any size. */
function bytesFrom(seed: number, count: number): number[] {
  let state = BigInt(seed);
  return Array.from({ length: count }, () => {
    const byte = Number(state >> 24n);
    state = (state * 1664525n + 1013904223n) % (1n << 32n);
    return byte;
  });
}

describe('goldenInput', () => {
  it.each([0, 1, 42, 0x7fffffff, 0xffffffff])('follows lcg-u8 from seed %i', (seed) => {
    const { data, dims } = goldenInput(golden(seed), contract);
    expect(dims).toEqual([1, 8, 10, 3]);
    expect([...data]).toEqual(bytesFrom(seed, 240));
  });

  it('fills in memory order and normalises by channel in either layout', () => {
    const shaped: InputContract = {
      ...contract,
      range: '0-1',
      normalise: { mean: [0, 0.25, 0.5], std: [1, 0.5, 0.25] },
    };
    const bytes = bytesFrom(7, 240);
    const value = (at: number, channel: number) =>
      Math.fround(((bytes[at] ?? NaN) / 255 - channel * 0.25) / 0.5 ** channel);
    const planar = goldenInput(golden(7), { ...shaped, layout: 'NCHW' });
    const packed = goldenInput(golden(7), shaped);
    expect(planar.dims).toEqual([1, 3, 8, 10]);
    for (let at = 0; at < 240; at += 1) {
      expect(planar.data[at]).toBeCloseTo(value(at, Math.floor(at / 80)), 6);
      expect(packed.data[at]).toBeCloseTo(value(at, at % 3), 6);
    }
  });

  it('is short × short where the size depends on the picture', () => {
    const { dims } = goldenInput(golden(1), {
      ...contract,
      resize: { rule: 'short-within', short: 16, max: 64, multiple: 8, filter: 'bicubic' },
    });
    expect(dims).toEqual([1, 16, 16, 3]);
  });
});
