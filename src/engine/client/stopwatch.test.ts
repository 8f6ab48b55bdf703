import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { STAGES } from '../protocol.ts';
import { Stopwatch } from './stopwatch.ts';

/** Work that takes `ms` on the fake clock. */
function taking<T>(ms: number, result: () => T): () => Promise<T> {
  return () => {
    vi.advanceTimersByTime(ms);
    return Promise.resolve().then(result);
  };
}

describe('Stopwatch', () => {
  afterEach(() => vi.useRealTimers());

  it('knows of every stage that it was not needed', () => {
    const { times } = new Stopwatch();
    expect(Object.keys(times)).toEqual(STAGES);
    expect(Object.values(times).every((time) => time === null)).toBe(true);
  });

  it('takes a stage of no time for one that was needed', () => {
    const stopwatch = new Stopwatch();
    stopwatch.add('run', 0);
    expect(stopwatch.times.run).toBe(0);
  });

  it('measures a stage, hands on its value, and counts a second time in', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const stopwatch = new Stopwatch();
    expect(
      await stopwatch.measure(
        'load',
        taking(20, () => 'ready'),
      ),
    ).toBe('ready');
    await stopwatch.measure(
      'load',
      taking(5, () => 'again'),
    );
    stopwatch.add('load', 0.5);
    expect(stopwatch.times).toMatchObject({ load: 25.5, run: null });
  });

  it('counts a stage that fails, and hands on the failure', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const stopwatch = new Stopwatch();
    const failure = new AppError('download/failed', 'No.');
    const failing = taking(7, () => {
      throw failure;
    });
    await expect(stopwatch.measure('verify', failing)).rejects.toBe(failure);
    expect(stopwatch.times.verify).toBe(7);
  });

  it('hands out times that do not change any more', () => {
    const stopwatch = new Stopwatch();
    const before = stopwatch.times;
    stopwatch.add('run', 1);
    expect(before.run).toBeNull();
  });
});
