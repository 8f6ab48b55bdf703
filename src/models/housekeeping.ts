import { runtimeDigests } from './runtime.ts';
import { pruneStore } from './store.ts';
import type { Catalog } from './types.ts';

/**
 * Removes from the store what neither this version of the app nor its catalogue names any more: older runtimes and
 * replaced models. A catalogue with problems may be missing entries, so then nothing is removed.
 * @returns how many files went.
 */
export async function tidyStore({ models, problems }: Catalog): Promise<number> {
  if (problems.length > 0) return 0;
  const named = models.flatMap(({ entry }) => [entry.sha256, entry.labels.sha256]);
  return pruneStore(new Set([...named, ...runtimeDigests()]));
}
