import { describe, expect, it } from 'vitest';
import { formatLimit, formatMs, formatOperations, plural, formatBytesOf } from './format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('numbers as printed', () => {
  it('prints times with three significant digits', () => {
    expect(plain(formatMs(0.0421))).toBe('0.04 ms');
    expect(plain(formatMs(12.34))).toBe('12.3 ms');
    expect(plain(formatMs(345.6))).toBe('346 ms');
    expect(plain(formatMs(2345))).toBe('2.35 s');
    expect(plain(formatMs(180_000))).toBe('180 s');
  });

  it('prints limits with their units', () => {
    expect(plain(formatLimit({ value: 64, unit: 'ratio' }))).toBe('64 : 1');
    expect(plain(formatLimit({ value: 40_000_000, unit: 'pixels' }))).toBe('40,000,000 pixels');
    expect(plain(formatLimit({ value: 5000, unit: 'ms' }))).toBe('5 s');
  });

  it('prints multiply-adds and plurals', () => {
    expect(formatOperations(41_362_304)).toBe('41 million');
    expect(formatOperations(1_820_000_000)).toBe('1.82 billion');
    expect(plural(1, 'box', 'boxes')).toBe('1 box');
    expect(plural(0, 'box', 'boxes')).toBe('0 boxes');
  });
});

describe('a part of a whole', () => {
  it('says the unit once where it is the same', () => {
    const plain = (text: string) => text.replaceAll('\u00a0', ' ');
    const mib = 1024 ** 2;
    expect(plain(formatBytesOf(13.6 * mib, 14.6 * mib))).toBe('13.6 of 14.6 MiB');
    expect(plain(formatBytesOf(2048, 14.6 * mib))).toBe('2 KiB of 14.6 MiB');
  });
});
