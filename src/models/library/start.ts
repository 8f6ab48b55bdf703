import { openLocks } from '../store/locks.ts';
import { openFiles } from '../store/open.ts';
import { openDatabase } from './database.ts';
import { createLibrary } from './library.ts';
import { pageNet } from './net.ts';
import type { LibraryRules } from './parts.ts';
import { storedSequences } from './counters.ts';
import type { Sequences } from '../../core/manifest/freshness.ts';
import type { Library } from './types.ts';
import { LibraryClient } from './worker/client.ts';

export interface LibrarySetup {
  /** Starts the library's worker, `worker/library.worker.ts`. */
  readonly startWorker: () => Worker;
  /** Absolute URL of the page. */
  readonly pageUrl: string;
  /** The operator's configuration. */
  readonly rules: () => Promise<LibraryRules>;
}

/**
 * The page's library on what this browser gives: files in the origin's private file system, else the Cache API, else
 * memory; rows in IndexedDB, else memory. Call it once, before anything is loaded or pruned.
 */
export function startLibrary({ startWorker, pageUrl, rules }: LibrarySetup): {
  readonly library: Library;
  /** Numbers of signed manifests, kept across visits. */
  readonly sequences: Sequences;
} {
  const locks = openLocks();
  const client = new LibraryClient(startWorker);
  const database = openDatabase();
  const library = createLibrary({
    files: openFiles(() => client.openDisk(), locks),
    database,
    locks,
    examine: (file, expected) => client.examine(file, expected),
    rules,
    labelsBaseUrl: pageUrl, // the catalogue names its lists from there
    net: pageNet(new URL(pageUrl).origin),
    // Typed as always there; insecure contexts have none.
    storage: 'storage' in navigator ? navigator.storage : null,
    channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel('gluon-lens-library') : null,
  });
  return { library, sequences: storedSequences(database, locks) };
}
