import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { InstallPolicy } from '../../../core/integrity/provenance.ts';
import type { InstalledModel, InstallState, StorageReport } from '../../../models/library/types.ts';
import type { Zoo } from '../../../models/zoo/schema.ts';
import { useServices } from '../../services.ts';
import { countDownloads, downloadsText, missingOf } from '../words.ts';
import { followCatalogue, POLICY } from './policy.ts';

/** Shortest time between two looks at what is installed, while something changes, in ms. */
const LOOK_AGAIN_MS = 500;

/** The catalogue of the zoo, loaded once. */
export function useZoo(): UseQueryResult<Zoo> {
  const { loadZoo } = useServices();
  return useQuery({
    queryKey: ['zoo'],
    queryFn: ({ signal }) => loadZoo(signal),
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
  });
}

/** What this device may install and use. */
export function usePolicy(): InstallPolicy {
  return useKnownPolicy() ?? 'unknown';
}

/** The policy of the configuration that was read last; undefined until one was. */
export function useKnownPolicy(): InstallPolicy | undefined {
  const { loadPolicy } = useServices();
  const client = useQueryClient();
  useEffect(() => followCatalogue(client), [client]);
  const { data } = useQuery({
    queryKey: POLICY,
    queryFn: () => loadPolicy(),
    retry: 2,
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
  });
  return data;
}

/** How the install of one model is going. */
export function useInstallState(id: string): InstallState {
  const { library } = useServices();
  return useSyncExternalStore(
    library.subscribe,
    useCallback(() => library.state(id), [library, id]),
  );
}

/** Which of these models are installed; the set changes only when one comes or goes. */
export function useInstalledAmong(ids: readonly string[]): ReadonlySet<string> {
  return useAmong(ids, isInstalled);
}

/** Ids of those of these models whose file is no longer on this device. */
export function useMissing(models: readonly InstalledModel[]): ReadonlySet<string> {
  const ids = useMemo(() => models.map(({ entry }) => entry.id), [models]);
  return useAmong(ids, isFileMissing);
}

function isFileMissing(state: InstallState): boolean {
  return missingOf(state) === 'file';
}

function isInstalled({ state }: InstallState): boolean {
  return state === 'installed';
}

/** The ids whose state passes; the set changes only when one comes or goes. @param passes the same each time. */
function useAmong(
  ids: readonly string[],
  passes: (state: InstallState) => boolean,
): ReadonlySet<string> {
  const { library } = useServices();
  const joined = useSyncExternalStore(
    library.subscribe,
    useCallback(
      () => ids.filter((id) => passes(library.state(id))).join('\n'),
      [library, ids, passes],
    ),
  );
  return useMemo(() => new Set(joined.split('\n').filter(Boolean)), [joined]);
}

/** What is being downloaded of these models, waits or is paused, in words; they change only when a count does. */
export function useDownloads(ids: readonly string[]): string {
  const { library } = useServices();
  return useSyncExternalStore(
    library.subscribe,
    useCallback(
      () => downloadsText(countDownloads(ids.map((id) => library.state(id)))),
      [library, ids],
    ),
  );
}

/** The key under which what is installed is remembered. */
export const INSTALLED = ['library', 'installed'] as const;
const STORAGE = ['library', 'storage'] as const;

/** Everything on this device, newest first. */
export function useInstalled(): UseQueryResult<readonly InstalledModel[]> {
  const { library } = useServices();
  return useQuery({
    queryKey: INSTALLED,
    queryFn: () => library.installed(),
    retry: false,
    refetchOnMount: 'always',
    networkMode: 'always',
  });
}

/** Where and how much is kept. */
export function useStorage(): UseQueryResult<StorageReport> {
  const { library } = useServices();
  return useQuery({
    queryKey: STORAGE,
    queryFn: () => library.storage(),
    retry: false,
    refetchOnMount: 'always',
    networkMode: 'always',
  });
}

/** Looks again at what is installed and kept after the library changed. Used once, by the screen. */
export function useLibraryChanges(): void {
  const { library } = useServices();
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = library.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ['library'] });
      }, LOOK_AGAIN_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [library, client]);
}
