import { AppError } from '../../core/errors.ts';
import type { Locks } from '../store/locks.ts';

/** The lock that whoever changes a model or its install holds, across tabs. */
function installLock(id: string): string {
  return `install-${id}`;
}

/**
 * The lock held beside it while somebody is at work, for those who wait for the end: were they to wait for the lock
 * above, they would hold it for a moment, and whoever asked for it then would be told that another tab is busy. Who
 * waits shares it, and whoever only looks takes none: neither is taken for somebody at work.
 */
function workLock(id: string): string {
  return `work-${id}`;
}

/**
 * Does `work` alone with a model, across tabs.
 * @throws AppError `store/busy` when another tab is at it.
 */
export function alone<T>(locks: Locks, id: string, work: () => Promise<T>): Promise<T> {
  const watched = () => locks.run(workLock(id), 'exclusive', work);
  return locks.runIfFree(installLock(id), watched, () => {
    throw new AppError(
      'store/busy',
      `Another tab of this page is busy with ${id}. Wait until it has finished, or go on there.`,
      { retryable: true, details: { id } },
    );
  });
}

/** Whether somebody is at work with a model, in whatever tab. */
export function isAtWork(locks: Locks, id: string): Promise<boolean> {
  return locks.isTaken(workLock(id));
}

/** Resolves once nobody is at work with a model: also when the tab that was has been closed. */
export async function whenFree(locks: Locks, id: string): Promise<void> {
  await locks.run(workLock(id), 'shared', () => Promise.resolve());
}

/** Does `work` alone with a model, or not at all when somebody else is at it. */
export async function aloneOrNot(
  locks: Locks,
  id: string,
  work: () => Promise<unknown>,
): Promise<void> {
  await locks.runIfFree<unknown>(installLock(id), work, () => undefined);
}
