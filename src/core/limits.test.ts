import { describe, expect, it } from 'vitest';
import { ALL_LIMITS, type LimitUnit } from './limit-notes.ts';
import { LIMITS, limitOf } from './limits.ts';

const ENTRIES = ALL_LIMITS.map((limit) => [limit.name, limit] as const);

/** What a limit's name ends in, where the ending names a unit. */
const UNIT_OF_ENDING: readonly (readonly [RegExp, LimitUnit])[] = [
  [/Bytes$/, 'bytes'],
  [/Ms$/, 'ms'],
  [/Side$/, 'px'],
  [/Pixels$/, 'pixels'],
  [/Aspect$/, 'ratio'],
];

describe('limits', () => {
  it.each(ENTRIES)('%s is a positive whole number with a unit and a reason', (name, limit) => {
    expect(limit.value).toBeGreaterThan(0);
    expect(limit.value).toSatisfy(Number.isSafeInteger);
    expect(limit.unit).toBe(UNIT_OF_ENDING.find(([ending]) => ending.test(name))?.[1] ?? 'count');
    expect(limit.what).toMatch(/^[A-Z].*[^.]$/);
    expect(limit.why).toMatch(/^\S.{20,}\.$/);
    expect(limitOf(name)).toBe(limit.value);
  });

  it('are all noted', () => {
    expect(ALL_LIMITS.map(({ name }) => name)).toEqual(Object.keys(LIMITS));
  });

  it('say each thing once', () => {
    expect(new Set(ENTRIES.map(([, { what }]) => what)).size).toBe(ENTRIES.length);
    expect(new Set(ENTRIES.map(([, { why }]) => why)).size).toBe(ENTRIES.length);
  });

  it('do not contradict each other', () => {
    expect(limitOf('headerBytes')).toBeLessThanOrEqual(limitOf('pictureBytes'));
    expect(limitOf('pictureMinSide')).toBeLessThan(limitOf('pictureSide'));
    expect(limitOf('picturePixels')).toBeLessThan(limitOf('pictureSide') ** 2);
    expect(limitOf('previewSide')).toBeLessThan(limitOf('pictureSide'));
    expect(limitOf('labelsBytes')).toBeLessThan(limitOf('modelBytes'));
    expect(limitOf('decodeMs')).toBeLessThan(limitOf('runMs'));
    // The strip must hold a full queue, the running picture included.
    expect(limitOf('recentPictures')).toBeGreaterThan(limitOf('queueLength'));
  });

  it('keep to what the engine can do: one run, one load', () => {
    expect(limitOf('concurrentRuns')).toBe(1);
    expect(limitOf('concurrentLoads')).toBe(1);
  });
});
