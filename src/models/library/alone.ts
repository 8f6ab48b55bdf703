import { AppError } from '../../core/errors.ts';
import type { Locks } from '../store/locks.ts';

/** The lock that whoever changes a model or its install holds, across tabs. */
function installLock(id: string): string {
  return `install-${id}`;
}

/**
 * Does `work` alone with a model, across tabs.
 * @throws AppError `store/busy` when another tab is at it.
 */
export function alone<T>(locks: Locks, id: string, work: () => Promise<T>): Promise<T> {
  return locks.runIfFree(installLock(id), work, () => {
    throw new AppError(
      'store/busy',
      `Another tab of this page is busy with ${id}. Wait until it has finished, or go on there.`,
      { retryable: true, details: { id } },
    );
  });
}

/** Does `work` alone with a model, or not at all when somebody else is at it. */
export async function aloneOrNot(
  locks: Locks,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  await locks.runIfFree(installLock(id), work, () => undefined);
}
