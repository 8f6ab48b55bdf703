import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Catalog, CatalogModel } from '../../../models/types.ts';
import { useServices } from '../../services.ts';
import { useBench } from './bench.ts';

/** The catalogue of models, loaded once. */
export function useCatalog(): UseQueryResult<Catalog> {
  const { loadCatalog } = useServices();
  return useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => loadCatalog(signal),
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
  });
}

/** The chosen model; the catalogue's first while nothing, or nothing that exists, is chosen. */
export function useModel(): CatalogModel | null {
  const catalog = useCatalog().data;
  const chosen = useBench((state) => state.modelId);
  return catalog?.models.find(({ entry }) => entry.id === chosen) ?? catalog?.models[0] ?? null;
}
