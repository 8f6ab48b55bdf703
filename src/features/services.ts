import { createContext, use } from 'react';
import { AppError } from '../core/errors.ts';
import type { Readiness } from '../engine/client/prefetch.ts';
import type { InstallPolicy } from '../core/integrity/provenance.ts';
import type { Engine } from '../engine/protocol.ts';
import type { Library } from '../models/library/types.ts';
import type { Catalog } from '../models/types.ts';
import type { Zoo } from '../models/zoo/schema.ts';

/** What the features need from below; the app provides it once. */
export interface Services {
  readonly engine: Engine;
  /** The page's own models and the operator's; what is installed comes from the library. */
  readonly loadCatalog: (signal?: AbortSignal) => Promise<Catalog>;
  /** The catalogue of GluonCV's models. */
  readonly loadZoo: (signal?: AbortSignal) => Promise<Zoo>;
  /** What whoever serves the page decided. */
  readonly loadPolicy: () => Promise<InstallPolicy>;
  /** The models on this device and how they get there. */
  readonly library: Library;
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
