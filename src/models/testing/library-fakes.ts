import { onTestFinished, vi } from 'vitest';
import { SOUND } from '../../core/onnx/testing/inspection.ts';
import type { GateVerdict } from '../../core/onnx/types.ts';
import type { Database } from '../library/database.ts';
import { examine, type ModelReader } from '../library/examine.ts';
import { createLibrary } from '../library/library.ts';
import type { LibraryDependencies, LibraryRules } from '../library/parts.ts';
import type { Claim, Installable } from '../library/types.ts';
import { disconnectStore } from '../store.ts';
import { diskFiles, type Disk } from '../store/disk.ts';
import { pageLocks, type Locks } from '../store/locks.ts';
import type { FileStore } from '../store/types.ts';
import { parseEntry } from '../manifest.ts';
import { rawEntry } from './entries.ts';
import { testNet, sha256Of } from './transfer-fakes.ts';

export const ACCEPTED: GateVerdict = { accepted: true, reasons: [], warnings: [] };

/** The labels that {@link rawEntry} names. */
export const LABELS = new TextEncoder().encode('cat\ndog\n');

export interface Setup {
  readonly disk: Disk;
  /** What the disk is said to be; the private file system where absent. */
  readonly backend?: FileStore['backend'];
  readonly database: Database;
  readonly locks?: Locks;
  readonly pageUrl: string;
  /** What differs from the standard rules, or how all of them are asked for. */
  readonly rules?: Partial<LibraryRules> | LibraryDependencies['rules'];
  /** The reader of models; one that finds nothing where absent. */
  readonly reader?: ModelReader;
  readonly verdict?: GateVerdict;
  readonly net?: Parameters<typeof testNet>[1];
  readonly storage?: LibraryDependencies['storage'];
  readonly channel?: LibraryDependencies['channel'];
  readonly window?: LibraryDependencies['window'];
  /** What can be installed, for what goes on by itself after a reload. */
  readonly catalogue?: LibraryDependencies['catalogue'] | readonly Installable[];
}

/** A library on fakes of the disk and the database; models are read by a reader that finds nothing. */
export function openLibrary(setup: Setup) {
  const { locks = pageLocks(), rules } = setup;
  const files = diskFiles(setup.backend ?? 'opfs', setup.disk, locks);
  const library = createLibrary({
    files: Promise.resolve(files),
    database: Promise.resolve(setup.database),
    locks,
    examine: async (file, expected, picture) => {
      const bytes = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
      const blind = { inspect: () => SOUND, judge: () => setup.verdict ?? ACCEPTED };
      return examine(bytes, expected, picture, setup.reader ?? blind);
    },
    rules:
      typeof rules === 'function'
        ? rules
        : () => Promise.resolve({ hosts: [], policy: 'standard', ...rules }),
    labelsBaseUrl: new URL('labels/', setup.pageUrl).href,
    net: testNet(new URL(setup.pageUrl).origin, setup.net),
    catalogue: async () =>
      typeof setup.catalogue === 'function' ? setup.catalogue() : (setup.catalogue ?? []),
    storage: setup.storage ?? null,
    channel: setup.channel ?? null,
    window: setup.window ?? null,
  });
  return { library, files };
}

/** Detaches a library from the page's store when the test is over. */
export function closeAtEnd(library: { readonly close: () => void }): void {
  onTestFinished(() => {
    library.close();
    disconnectStore();
    vi.restoreAllMocks();
  });
}

/** Something to install: by its full SHA-256 unless told otherwise. */
export function itemOf(
  id: string,
  url: string,
  body: Uint8Array,
  changes: Partial<Installable> = {},
): Installable {
  const claim: Claim = { kind: 'sha256', sha256: sha256Of(body), chunks: null };
  return {
    id,
    title: `Model ${id}`,
    url,
    bytes: body.length,
    claim,
    grade: 'B',
    vouchedBy: 'a test',
    declare: ({ sha256, bytes }) => declared(id, sha256, bytes),
    ...changes,
  };
}

/** A declaration of a file. */
export function declared(id: string, sha256: string, bytes: number) {
  return parseEntry({ ...rawEntry(id), sha256, bytes }, 'A test’s declaration');
}
