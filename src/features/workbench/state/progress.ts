import { useCallback, useSyncExternalStore } from 'react';
import type { Progress } from '../../../engine/protocol.ts';

/*
 * Progress of jobs under way, by the hash of their answer's key. Transient by nature: set by the job, gone with
 * it; so neither a query's data nor something the person set.
 */
const current = new Map<string, Progress>();
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Notes how far a job is. */
export function reportProgress(key: string, progress: Progress): void {
  current.set(key, progress);
  changed();
}

/** Forgets a job that has ended. */
export function clearProgress(key: string): void {
  if (current.delete(key)) changed();
}

/** How far a job is, kept up to date; undefined when none with this key is under way. */
export function useProgress(key: string | null): Progress | undefined {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => (key === null ? undefined : current.get(key)), [key]),
  );
}
