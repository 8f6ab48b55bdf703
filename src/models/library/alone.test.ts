import { describe, expect, it } from 'vitest';
import { deferred } from '../../core/flow/testing/deferred.ts';
import { pageLocks } from '../store/locks.ts';
import { alone, isAtWork, whenFree } from './alone.ts';

describe('who is at work with a model', () => {
  it('is neither whoever looks nor whoever waits', async () => {
    const locks = pageLocks();
    const looks = [isAtWork(locks, 'a'), whenFree(locks, 'a'), isAtWork(locks, 'a')];
    expect(await Promise.all(looks)).toEqual([false, undefined, false]);
  });

  it('is whoever works, until the end', async () => {
    const locks = pageLocks();
    const work = deferred<undefined>();
    const begun = deferred<undefined>();
    const done = alone(locks, 'a', () => {
      begun.resolve(undefined);
      return work.promise;
    });
    await begun.promise;
    expect(await Promise.all([isAtWork(locks, 'a'), isAtWork(locks, 'b')])).toEqual([true, false]);
    let isFree = false;
    const waiting = [whenFree(locks, 'a'), whenFree(locks, 'a')].map((free) =>
      free.then(() => {
        isFree = true;
      }),
    );
    expect(await isAtWork(locks, 'a')).toBe(true);
    expect(isFree).toBe(false);
    work.resolve(undefined);
    await Promise.all([done, ...waiting]);
    expect(await isAtWork(locks, 'a')).toBe(false);
  });
});
