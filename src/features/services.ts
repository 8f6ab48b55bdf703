import { createContext, use } from 'react';
import { AppError } from '../core/errors.ts';
import type { Readiness } from '../engine/client/prefetch.ts';
import type { Engine } from '../engine/protocol.ts';
import type { Catalog } from '../models/types.ts';

/** What the features need from below; the app provides it once. */
export interface Services {
  readonly engine: Engine;
  readonly loadCatalog: (signal?: AbortSignal) => Promise<Catalog>;
  /** Fetches ahead what the page needs to go on without the network. */
  readonly prefetch: (catalog: Catalog, signal: AbortSignal) => Promise<Readiness>;
}

export const ServicesContext = createContext<Services | null>(null);

/** The services of the page. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) {
    throw new AppError('app/no-services', 'The page was put together wrongly. Reload it.');
  }
  return services;
}
