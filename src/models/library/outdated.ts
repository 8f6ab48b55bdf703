import { aloneOrNot } from './alone.ts';
import type { LibraryParts } from './parts.ts';
import type { PartialRecord } from './records.ts';
import { forgetInstall } from './removal.ts';
import { setReason } from './settle.ts';
import { movedError } from './transfer-errors.ts';
import type { Installable } from './types.ts';

/** Whether the catalogue does not name the file of an unfinished download. A file of the person's own has no address. */
export function isOutdated(
  { id, url }: PartialRecord,
  offered: readonly Pick<Installable, 'id' | 'url'>[],
): boolean {
  return url !== null && !offered.some((item) => item.id === id && item.url === url);
}

/**
 * Settles an unfinished download whose file the catalogue does not name. One whose id has another address there is
 * paused and says why; any other is forgotten, as no row is left that could remove it. What this page or
 * another tab is at, or has changed meanwhile, is left alone.
 * @param offered everything that the catalogue names, whatever the policy says of it.
 */
export async function settleOutdated(
  parts: LibraryParts,
  { id, url }: PartialRecord,
  offered: readonly Pick<Installable, 'id' | 'title'>[],
): Promise<void> {
  const { records, states, dependencies } = parts;
  await aloneOrNot(dependencies.locks, id, async () => {
    const partial = await records.partial(id);
    const isPaused = states.get(id).state === 'paused'; // and not begun on this page meanwhile
    if (!isPaused || partial?.url !== url) return;
    const item = offered.find((one) => one.id === id);
    if (!item) {
      await forgetInstall(parts, id);
      states.set(id, { state: 'available' });
      return;
    }
    await records.setStranded(id, false);
    setReason(parts, id, movedError(item.title, url ?? ''));
  });
}
