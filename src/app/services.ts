import { AppError, asAppError } from '../core/errors.ts';
import { createEngine } from '../engine/client/engine.ts';
import { prefetch } from '../engine/client/prefetch.ts';
import { startWorker } from '../engine/client/trusted-worker.ts';
import type { Services } from '../features/services.ts';
import { loadManifests } from '../models/catalog.ts';
import { loadConfig } from '../models/config.ts';
import { tidyStore } from '../models/housekeeping.ts';
import { startLibrary } from '../models/library/start.ts';
import type { ManifestVerdict } from '../models/manifest-verdict.ts';
import type { Catalog } from '../models/types.ts';
import { shareConfiguration } from './configuration.ts';

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

const pageUrl = document.baseURI;
const configuration = shareConfiguration(() => loadConfig(pageUrl));

const { library, sequences } = startLibrary({
  startWorker: () => startWorker('library'),
  pageUrl,
  rules: configuration.current,
});

/** Puts a verdict into the ledger. Nobody waits for it; a ledger that cannot be written says so where it is shown. */
function note(verdict: ManifestVerdict): void {
  library.noteManifest(verdict).catch((thrown: unknown) => {
    console.error('The ledger could not be written.', thrown);
  });
}

/** Removes what was revoked; where that fails, the page says so, and the models are not offered all the same. */
async function withdrawn(catalog: Catalog): Promise<Catalog> {
  if (catalog.revoked.size === 0) return catalog;
  try {
    await library.revoke([...catalog.revoked.keys()]);
    return catalog;
  } catch (thrown) {
    return { ...catalog, problems: [...catalog.problems, asAppError(thrown)] };
  }
}

/** The page's one engine, its catalogue of models and its library. */
export const services: Services = {
  engine: createEngine(),
  library,
  loadPolicy: async () => (await configuration.current()).policy,
  loadCatalog: async (signal) => {
    requireSecureContext();
    const config = await configuration.forCatalogue();
    const catalog = await loadManifests(config, pageUrl, { signal, sequences, onVerdict: note });
    void tidyStore(catalog); // nobody waits for it
    return withdrawn(catalog);
  },
  prefetch: (catalog, signal) => prefetch(catalog, pageUrl, signal),
};
