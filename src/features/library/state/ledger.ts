import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { LedgerEvent, LedgerVerdict } from '../../../models/library/types.ts';
import { useServices } from '../../services.ts';

/** The ledger's lines, oldest first, and whether each follows from the one before. */
export interface LedgerReading {
  readonly lines: readonly LedgerEvent[];
  readonly verdict: LedgerVerdict;
}

/** The ledger with every hash computed anew: when it is opened and after the library changed. */
export function useLedger(): UseQueryResult<LedgerReading> {
  const { library } = useServices();
  return useQuery({
    queryKey: ['library', 'ledger'],
    queryFn: async (): Promise<LedgerReading> => ({
      lines: await library.ledger(),
      verdict: await library.verifyLedger(),
    }),
    retry: false,
    refetchOnMount: 'always',
    networkMode: 'always',
  });
}
