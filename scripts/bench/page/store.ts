import { startWorker } from '../../../src/engine/client/trusted-worker.ts';
import { loadConfig } from '../../../src/models/config.ts';
import { startLibrary } from '../../../src/models/library/start.ts';
import { loadOffers } from '../../../src/models/zoo/offers.ts';

/** Where the served app begins: its configuration, its models. */
export const APP_URL = new URL('/', window.location.href).href;

/** The page's library, started as the app does it: from here on every load goes through its store. */
export const { library } = startLibrary({
  startWorker: () => startWorker('library'),
  pageUrl: APP_URL,
  rules: () => loadConfig(APP_URL),
  catalogue: () => loadOffers(APP_URL),
});
