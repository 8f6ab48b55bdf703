import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { asAppError, type AppError } from '../../../core/errors.ts';
import { offeredModels } from '../../../models/library/catalog-model.ts';
import type { Catalog, CatalogModel } from '../../../models/types.ts';
import { useInstalled, useKnownPolicy } from '../../library/state/library.ts';
import { useServices } from '../../services.ts';
import { useBench } from './bench.ts';

/** What can be chosen on this page, and what became of the last reading of its catalogue. */
interface CatalogReading {
  /** Undefined while nothing was read, and where nothing can be chosen since the reading failed. */
  readonly data: Catalog | undefined;
  /** Why there is no data; null while it is waited for. */
  readonly failure: AppError | null;
  /** When the last reading failed, in ms since 1970; 0 when none did. */
  readonly failedAt: number;
  /** True while it is read, for the first time or again. */
  readonly isFetching: boolean;
  /** Reads it again. */
  readonly refetch: () => void;
}

/**
 * The page's catalogue, loaded once, with what is installed on this device behind it. Where the page's part cannot be
 * read at all, what is installed can be used all the same: that it stays usable is what it was installed for. A page
 * whose configuration cannot be read offers nothing: which policy holds, nobody knows.
 */
export function useCatalog(): CatalogReading {
  const { loadCatalog } = useServices();
  const page = useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => loadCatalog(signal),
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
  });
  const { data: read, error, errorUpdatedAt: failedAt, isFetching, refetch } = page;
  const { data: installed, isPending: isLooking } = useInstalled();
  const policy = useKnownPolicy();
  const offered = useMemo<Catalog | undefined>(() => {
    if (!read && !error) return undefined;
    const catalog = read ?? { models: [], problems: [], revoked: new Map() };
    const models = offeredModels(catalog, installed ?? [], policy, document.baseURI);
    if (!read && models.length === 0) return undefined;
    // A reading that failed later left the old catalogue, and is a problem of its own.
    const problems = error ? [...catalog.problems, asAppError(error)] : catalog.problems;
    return { ...catalog, models, problems };
  }, [read, error, installed, policy]);
  return {
    data: offered,
    // Not said before it is known whether something installed can be used instead.
    failure: offered || !error || isLooking ? null : asAppError(error),
    failedAt,
    isFetching,
    refetch: () => void refetch(),
  };
}

/** The chosen model; the catalogue's first while nothing, or nothing that exists, is chosen. */
export function useModel(): CatalogModel | null {
  const catalog = useCatalog().data;
  const chosen = useBench((state) => state.modelId);
  return catalog?.models.find(({ entry }) => entry.id === chosen) ?? catalog?.models[0] ?? null;
}

/** The id of the model that was chosen here, now or in an earlier visit, and is offered no more; null otherwise. */
export function useLostChoice(): string | null {
  const catalog = useCatalog().data;
  const installedIsKnown = !useInstalled().isPending;
  const chosen = useBench((state) => state.modelId);
  if (!catalog || !installedIsKnown || chosen === null) return null;
  return catalog.models.some(({ entry }) => entry.id === chosen) ? null : chosen;
}
