import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { asAppError } from '../../core/errors.ts';
import type { Readiness } from '../../engine/client/prefetch.ts';
import { useServices } from '../services.ts';
import { useCatalog } from '../workbench/state/catalog.ts';
import { prefetchSamples } from '../workbench/state/samples.ts';

/** Says whether the page can go on without the network, and fetches ahead what it needs for that. */
export function OfflineNote(): ReactElement {
  const { prefetch } = useServices();
  const client = useQueryClient();
  const catalog = useCatalog().data;
  const { data, error } = useQuery({
    queryKey: ['prefetch'],
    queryFn: async ({ signal }) => {
      if (!catalog) return null;
      const readiness = await prefetch(catalog, signal);
      if (readiness.state !== 'saving-data') await prefetchSamples(client);
      return readiness;
    },
    enabled: catalog !== undefined,
    retry: false,
    refetchOnReconnect: true,
    staleTime: ({ state }) => (state.data?.state === 'ready' ? Infinity : 0),
    gcTime: Infinity,
    networkMode: 'always',
  });
  const state = error ? 'failed' : (data?.state ?? 'fetching');
  return (
    <p data-testid="offline" data-state={state}>
      {error ? notReady(asAppError(error).message) : inWords(data ?? null)}
    </p>
  );
}

function inWords(readiness: Readiness | null): string {
  switch (readiness?.state) {
    case undefined:
      return 'Fetching what is needed to work without the network…';
    case 'ready':
      return 'Ready to work without the network while this page is open.';
    case 'partly':
      return `Ready to work without the network, but for ${readiness.missing.join(', ')}: fetched at first use.`;
    case 'saving-data':
      return 'Data saving is on: models are fetched when they are first used.';
  }
}

function notReady(reason: string): string {
  return `Not ready to work without the network. ${reason}`;
}
