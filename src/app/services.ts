import { createEngine } from '../engine/client/engine.ts';
import type { Services } from '../features/services.ts';
import { loadCatalog } from '../models/catalog.ts';
import { tidyStore } from '../models/housekeeping.ts';

/** The page's one engine and its catalogue of models. */
export const services: Services = {
  engine: createEngine(),
  loadCatalog: async (signal) => {
    const catalog = await loadCatalog(document.baseURI, signal);
    void tidyStore(catalog); // nobody waits for it
    return catalog;
  },
};
