import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors.ts';
import { withDeadline } from './deadline.ts';
import { deferred } from './testing/deferred.ts';

const late = () => new AppError('engine/deadline', 'Too long.');

/** Work that never ends. */
const forever = () => new Promise<never>(() => undefined);

describe('withDeadline', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('gives the value of work that is in time, and leaves no timer behind', async () => {
    const onLate = vi.fn(late);
    await expect(withDeadline(Promise.resolve(7), 100, onLate)).resolves.toBe(7);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(onLate).not.toHaveBeenCalled();
  });

  it('gives the failure of work that fails in time, and leaves no timer behind', async () => {
    const failure = new AppError('engine/run-failed', 'No.');
    await expect(withDeadline(Promise.reject(failure), 100, late)).rejects.toBe(failure);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the error of onLate when the time has passed, not before', async () => {
    const onLate = vi.fn(late);
    const done = withDeadline(forever(), 100, onLate);
    done.catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(99);
    expect(onLate).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await expect(done).rejects.toMatchObject({ code: 'engine/deadline' });
    expect(onLate).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ignores work that fails after its deadline', async () => {
    const work = deferred<never>();
    const done = expect(withDeadline(work.promise, 10, late)).rejects.toMatchObject({
      code: 'engine/deadline',
    });
    await vi.advanceTimersByTimeAsync(10);
    await done;
    work.reject(new AppError('engine/worker-lost', 'Ended.')); // must not be an unhandled rejection
    await vi.advanceTimersByTimeAsync(0);
  });
});
