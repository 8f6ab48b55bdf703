import { AppError, asAppError } from '../core/errors.ts';
import { createEngine } from '../engine/client/engine.ts';
import { prefetch } from '../engine/client/prefetch.ts';
import { startWorker } from '../engine/client/trusted-worker.ts';
import type { Services } from '../features/services.ts';
import { loadManifests, withoutWithdrawn } from '../models/catalog.ts';
import { loadConfig } from '../models/config.ts';
import { tidyStore } from '../models/housekeeping.ts';
import { withdrawnError } from '../models/library/notes.ts';
import { startLibrary } from '../models/library/start.ts';
import { refusalsOf, type ManifestVerdict } from '../models/manifest-verdict.ts';
import type { Catalog } from '../models/types.ts';
import { loadZoo } from '../models/zoo/load.ts';
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
const configuration = shareConfiguration(() => noting(() => loadConfig(pageUrl)));

const { library, sequences } = startLibrary({
  startWorker: () => startWorker('library'),
  pageUrl,
  rules: configuration.current,
  catalogue: () => noting(async () => (await import('./library-chunk.ts')).loadOffers(pageUrl)),
});

/** Puts a verdict into the ledger. Nobody waits for it; a ledger that cannot be written says so where it is shown. */
function note(verdict: ManifestVerdict): void {
  library.noteManifest(verdict).catch((thrown: unknown) => {
    console.error('The ledger could not be written.', thrown);
  });
}

/** Reads a file that decides about models; when it is refused, that goes into the ledger. */
async function noting<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    refusalsOf([asAppError(thrown)]).forEach(note);
    throw thrown;
  }
}

/**
 * Leaves out what was withdrawn, now or in an earlier visit, and removes what of it is installed; where that fails,
 * the page says so, and the models are not offered all the same.
 */
async function withoutRevoked(
  catalog: Catalog,
  remembered: ReadonlySet<string> | AppError,
): Promise<Catalog> {
  if (remembered instanceof AppError) {
    return { ...catalog, problems: [...catalog.problems, remembered] };
  }
  const rest = withoutWithdrawn(catalog, remembered);
  refusalsOf(rest.problems.slice(catalog.problems.length)).forEach(note);
  if (rest.revoked.size === 0) return rest;
  try {
    const withdrawn = await library.revoke(rest.revoked.keys());
    const named = new Set(rest.problems.map(({ details }) => details['id']));
    const dropped = withdrawn.filter(({ id }) => !named.has(id)); // no manifest names them any more
    return { ...rest, problems: [...rest.problems, ...dropped.map(withdrawnError)] };
  } catch (thrown) {
    return { ...rest, problems: [...rest.problems, asAppError(thrown)] };
  }
}

/** The page's one engine, its catalogue of models and its library. */
export const services: Services = {
  engine: createEngine(),
  library,
  loadPolicy: async () => (await configuration.current()).policy,
  loadZoo: (signal) => noting(() => loadZoo(pageUrl, signal)),
  loadCatalog: async (signal) => {
    requireSecureContext();
    const config = await configuration.forCatalogue();
    const [catalog, remembered] = await Promise.all([
      loadManifests(config, pageUrl, { signal, sequences, onVerdict: note }),
      library.revoked().catch(asAppError),
    ]);
    const offered = await withoutRevoked(catalog, remembered);
    void tidyStore(offered); // nobody waits for it
    return offered;
  },
  prefetch: (catalog, signal) => prefetch(catalog, pageUrl, signal),
};
