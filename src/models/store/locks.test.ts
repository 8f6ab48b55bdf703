import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { deferred, settled } from '../../core/flow/testing/deferred.ts';
import { openLocks, pageLocks } from './locks.ts';

/** Holds a lock until told otherwise, and says whether it is held. */
function hold(locks: ReturnType<typeof pageLocks>, name: string, mode: LockMode) {
  const end = deferred<undefined>();
  const state = { held: false };
  const done = locks.run(name, mode, async () => {
    state.held = true;
    await end.promise;
    state.held = false;
  });
  done.catch((reason: unknown) => reason);
  return { state, done, end };
}

describe('locks within a page', () => {
  it('are what there is without Web Locks', async () => {
    expect(await openLocks().run('a', 'exclusive', () => Promise.resolve(1))).toBe(1);
  });

  it('let one exclusive holder in at a time, in order', async () => {
    const locks = pageLocks();
    const [first, second, third] = [1, 2, 3].map(() => hold(locks, 'a', 'exclusive'));
    await settled();
    expect([first, second, third].map((one) => one?.state.held)).toEqual([true, false, false]);
    first?.end.resolve(undefined);
    await first?.done;
    await settled();
    expect([second, third].map((one) => one?.state.held)).toEqual([true, false]);
  });

  it('let shared holders in together, but not past one who waits to be alone', async () => {
    const locks = pageLocks();
    const readers = [hold(locks, 'a', 'shared'), hold(locks, 'a', 'shared')];
    const writer = hold(locks, 'a', 'exclusive');
    const late = hold(locks, 'a', 'shared');
    await settled();
    expect(readers.map(({ state }) => state.held)).toEqual([true, true]);
    expect([writer.state.held, late.state.held]).toEqual([false, false]);
    for (const { end, done } of readers) {
      end.resolve(undefined);
      await done;
    }
    await settled();
    expect([writer.state.held, late.state.held]).toEqual([true, false]);
  });

  it('keep names apart and are free again after a failure', async () => {
    const locks = pageLocks();
    const one = hold(locks, 'a', 'exclusive');
    const other = hold(locks, 'b', 'exclusive');
    await settled();
    expect([one.state.held, other.state.held]).toEqual([true, true]);
    const busy = await locks.runIfFree(
      'a',
      () => Promise.resolve('ran'),
      () => 'busy',
    );
    expect(busy).toBe('busy');
    one.end.reject(new AppError('app/test', 'No.'));
    await Promise.allSettled([one.done]);
    expect(
      await locks.runIfFree(
        'a',
        () => Promise.resolve('ran'),
        () => 'busy',
      ),
    ).toBe('ran');
  });
});
