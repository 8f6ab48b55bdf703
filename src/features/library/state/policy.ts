import { matchQuery, type QueryClient } from '@tanstack/react-query';

/** The key under which the policy is remembered. */
export const POLICY = ['policy'] as const;

const CATALOG = { queryKey: ['catalog'] };

/**
 * Asks for the policy again whenever the page's catalogue was read, or could not be: each reading after the first
 * begins with the configuration, and the policy in it may be another one by then.
 * @returns what stops it.
 */
export function followCatalogue(client: QueryClient): () => void {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || !matchQuery(CATALOG, event.query)) return;
    if (event.action.type !== 'success' && event.action.type !== 'error') return;
    // Whoever else follows asks too; one answer is enough.
    void client.invalidateQueries({ queryKey: POLICY }, { cancelRefetch: false });
  });
}
