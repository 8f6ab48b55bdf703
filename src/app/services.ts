import { createEngine } from '../engine/client/engine.ts';
import type { Engine } from '../engine/protocol.ts';
import type { Services } from '../features/services.ts';
import { loadCatalog as loadCatalogFor } from '../models/catalog.ts';
import type { Catalog } from '../models/types.ts';

/** The page's one engine. */
export const engine: Engine = createEngine();

/** The catalogue of models beside this page. */
export function loadCatalog(signal?: AbortSignal): Promise<Catalog> {
  return loadCatalogFor(document.baseURI, signal);
}

export const services: Services = { engine, loadCatalog };
