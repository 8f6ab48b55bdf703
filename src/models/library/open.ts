import type { Sequences } from '../../core/manifest/freshness.ts';
import { openLocks } from '../store/locks.ts';
import { openFiles } from '../store/open.ts';
import type { FileStore } from '../store/types.ts';
import type { ChunkedFile, LoadOptions } from '../verify.ts';
import { fetchChunked } from './chunked.ts';
import { storedSequences } from './counters.ts';
import { openDatabase } from './database.ts';
import { createLibrary } from './library.ts';
import { pageNet } from './net.ts';
import type { LibrarySetup } from './start.ts';
import type { InstallStates } from './states.ts';
import type { Library } from './types.ts';
import { LibraryClient } from './worker/client.ts';

/** A library on what this browser gives. */
export interface OpenLibrary {
  readonly library: Library;
  readonly files: Promise<FileStore>;
  readonly sequences: Sequences;
  /** See {@link connectChunkedFetcher}. */
  readonly fetchChunked: (
    file: ChunkedFile,
    options: LoadOptions,
  ) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens the library: files in the origin's private file system, else the Cache API, else memory; rows in IndexedDB,
 * else memory.
 */
export function openLibrary(
  { startWorker, pageUrl, rules, catalogue }: LibrarySetup,
  states: InstallStates,
): OpenLibrary {
  const net = pageNet(new URL(pageUrl).origin);
  const locks = openLocks();
  const client = new LibraryClient(startWorker);
  const database = openDatabase();
  const files = openFiles(() => client.openDisk(), locks);
  const library = createLibrary(
    {
      files,
      database,
      locks,
      examine: (file, expected, picture) => client.examine(file, expected, picture),
      rules,
      labelsBaseUrl: pageUrl, // the catalogue names its lists from there
      catalogue,
      net,
      // Typed as always there; insecure contexts have none.
      storage: 'storage' in navigator ? navigator.storage : null,
      channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel('gluon-lens-library') : null,
      window: globalThis,
    },
    states,
  );
  return {
    library,
    files,
    sequences: storedSequences(database, locks),
    fetchChunked: (file, options) => fetchChunked(file, options, { net, rules }),
  };
}
