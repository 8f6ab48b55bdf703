import type { Sequences } from '../../core/manifest/freshness.ts';
import { connectStore } from '../store.ts';
import { connectChunkedFetcher } from '../verify.ts';
import { inBackground } from './background.ts';
import type { OpenLibrary } from './open.ts';
import type { LibraryDependencies, LibraryRules } from './parts.ts';
import { InstallStates } from './states.ts';
import type { Library } from './types.ts';

export interface LibrarySetup {
  /** Starts the library's worker, `worker/library.worker.ts`. */
  readonly startWorker: () => Worker;
  /** Absolute URL of the page. */
  readonly pageUrl: string;
  /** The operator's configuration. */
  readonly rules: () => Promise<LibraryRules>;
  /** See `LibraryDependencies.catalogue`. */
  readonly catalogue: LibraryDependencies['catalogue'];
}

/**
 * The page's library. Its program is loaded behind the first paint; what is asked before waits for it. Call it once,
 * before anything is loaded or pruned: the store is its own from the first moment.
 */
export function startLibrary(setup: LibrarySetup): {
  readonly library: Library;
  /** Numbers of signed manifests, kept across visits. */
  readonly sequences: Sequences;
} {
  const states = new InstallStates();
  const opened = import('./open.ts').then(({ openLibrary }) => openLibrary(setup, states));
  const files = opened.then(({ files: kept }) => kept);
  files.catch((thrown: unknown) => {
    console.error('The program of the model library could not be loaded.', thrown);
  });
  connectStore(files, async () => {
    await opened; // which connects the store anew, with the names that must stay
    throw new TypeError('The library did not name its files.');
  });
  connectChunkedFetcher(async (file, options) => (await opened).fetchChunked(file, options));
  return { library: waiting(opened, states), sequences: waitingSequences(opened) };
}

/** A library whose every answer waits until the real one is open; states are shared. */
function waiting(opened: Promise<OpenLibrary>, states: InstallStates): Library {
  const open = async () => (await opened).library;
  return {
    state: (id) => states.get(id),
    subscribe: (listener) => states.subscribe(listener),
    pause: (id) => {
      const paused = opened.then(({ library }) => {
        library.pause(id);
      });
      inBackground(paused);
    },
    offer: (items) => {
      const offered = opened.then(({ library }) => {
        library.offer(items);
      });
      inBackground(offered);
    },
    installed: async () => (await open()).installed(),
    install: async (item, options) => (await open()).install(item, options),
    cancel: async (id) => (await open()).cancel(id),
    installOwn: async (file, entry, labels) => (await open()).installOwn(file, entry, labels),
    inspect: async (file, of, picture) => (await open()).inspect(file, of, picture),
    remove: async (id, why) => (await open()).remove(id, why),
    revoke: async (sha256s) => (await open()).revoke(sha256s),
    revoked: async () => (await open()).revoked(),
    touch: async (sha256) => (await open()).touch(sha256),
    storage: async () => (await open()).storage(),
    persist: async () => (await open()).persist(),
    missingBytes: async (item) => (await open()).missingBytes(item),
    evictionPlan: async (bytes) => (await open()).evictionPlan(bytes),
    noteManifest: async (verdict) => (await open()).noteManifest(verdict),
    ledger: async () => (await open()).ledger(),
    verifyLedger: async () => (await open()).verifyLedger(),
    exportLedger: async () => (await open()).exportLedger(),
  };
}

function waitingSequences(opened: Promise<OpenLibrary>): Sequences {
  return {
    highest: async (keyId, url) => (await opened).sequences.highest(keyId, url),
    record: async (keyId, url, sequence) => (await opened).sequences.record(keyId, url, sequence),
  };
}
