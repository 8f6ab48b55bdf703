import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { chooseModel } from '../../workbench/state/bench.ts';
import { INSTALLED } from './library.ts';

/**
 * Chooses an installed model for the bench. What was installed a moment ago may not be listed there yet, and the bench
 * would take its first model instead: so the list is read anew before.
 */
export function useChooseInstalled(): (id: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (id) => {
      await client.refetchQueries({ queryKey: INSTALLED });
      chooseModel(id);
    },
    [client],
  );
}
