import type { ModelEntry } from '../tasks/registry.ts';

/**
 * What a session and an answer stand for: the whole declaration, not the file or the id alone. Two entries may name
 * the same file with other labels, another input or another golden answer, and a model may be removed and added
 * again under its id; each is checked and answers for itself.
 */
export function declarationKey(entry: ModelEntry): string {
  return JSON.stringify(entry);
}
