import { AppError } from '../core/errors.ts';
import { createEngine } from '../engine/client/engine.ts';
import { prefetch } from '../engine/client/prefetch.ts';
import type { Services } from '../features/services.ts';
import { loadCatalog } from '../models/catalog.ts';
import { tidyStore } from '../models/housekeeping.ts';

/**
 * Without a secure context there is no SubtleCrypto: nothing could be verified, so nothing may run.
 * @throws AppError `app/insecure-context`.
 */
function requireSecureContext(): void {
  if (window.isSecureContext) return;
  throw new AppError(
    'app/insecure-context',
    `This page was opened over plain HTTP (${window.location.origin}). Browsers verify files and run threads only over HTTPS or on localhost, and no model runs unverified. Open it over HTTPS, or on this machine as http://localhost.`,
    { details: { origin: window.location.origin } },
  );
}

/** The page's one engine and its catalogue of models. */
export const services: Services = {
  engine: createEngine(),
  loadCatalog: async (signal) => {
    requireSecureContext();
    const catalog = await loadCatalog(document.baseURI, signal);
    void tidyStore(catalog); // nobody waits for it
    return catalog;
  },
  prefetch: (catalog, signal) => prefetch(catalog, document.baseURI, signal),
};
