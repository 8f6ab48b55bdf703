import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { withInstalled } from '../../../models/library/catalog-model.ts';
import type { Catalog, CatalogModel } from '../../../models/types.ts';
import { useInstalled, usePolicy } from '../../library/state/library.ts';
import { useServices } from '../../services.ts';
import { useBench } from './bench.ts';

/** The catalogue of models with what is installed on this device behind it; the page's part is loaded once. */
export function useCatalog() {
  const { loadCatalog } = useServices();
  const page = useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => loadCatalog(signal),
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
  });
  const installed = useInstalled().data;
  const policy = usePolicy();
  const data = useMemo<Catalog | undefined>(
    () => page.data && withInstalled(page.data, installed ?? [], policy, document.baseURI),
    [page.data, installed, policy],
  );
  return { ...page, data };
}

/** The chosen model; the catalogue's first while nothing, or nothing that exists, is chosen. */
export function useModel(): CatalogModel | null {
  const catalog = useCatalog().data;
  const chosen = useBench((state) => state.modelId);
  return catalog?.models.find(({ entry }) => entry.id === chosen) ?? catalog?.models[0] ?? null;
}
