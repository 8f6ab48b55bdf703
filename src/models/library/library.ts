import { AppError } from '../../core/errors.ts';
import { connectStore } from '../store.ts';
import { observeVerifications } from '../verify.ts';
import { alone } from './alone.ts';
import { inBackground } from './background.ts';
import { withoutFileRows } from './database.ts';
import { Installs } from './installs.ts';
import { Ledger } from './ledger.ts';
import { noteOfManifest } from './notes.ts';
import { addOwn, inspectFile } from './own-files.ts';
import type { LibraryDependencies, LibraryParts } from './parts.ts';
import { Records } from './records.ts';
import { removeModel, revokeDigests } from './removal.ts';
import { evictionPlan, missingBytes, storageReport } from './space.ts';
import { StateKeeper } from './state-keeper.ts';
import { InstallStates } from './states.ts';
import type { Library, WithdrawnModel } from './types.ts';
import { noteVerification, touchModel } from './usage.ts';

/**
 * Makes the page's library. Connects the store of verified files to it, so call it before anything is loaded.
 * It opens in the background; what is asked before waits for it.
 */
export function createLibrary(
  dependencies: LibraryDependencies,
  states = new InstallStates(),
): Library & {
  /** Stops listening to verifications and other tabs. */ readonly close: () => void;
} {
  const opened = open(dependencies, states);
  const library = new PageLibrary(dependencies, states, opened);
  connectStore(dependencies.files, async () => {
    const { records, files } = await opened;
    const { persistent } = await dependencies.database;
    if (persistent || files.backend === 'memory') return records.named();
    throw rowsUnknown();
  });
  return { ...library.api(), close: library.close };
}

async function open(
  dependencies: LibraryDependencies,
  states: InstallStates,
): Promise<LibraryParts> {
  const [files, database] = await Promise.all([dependencies.files, dependencies.database]);
  const ledger = new Ledger(database, dependencies.locks, () => new Date(dependencies.net.now()));
  const rows = files.backend === 'memory' ? withoutFileRows(database) : database;
  const records = new Records(rows, (table, key) =>
    ledger.append({
      kind: 'discarded',
      model: key.slice(0, 200),
      sha256: null,
      bytes: null,
      from: `unreadable row of ${table}`,
      vouchedBy: '',
      grade: null,
      code: 'store/bad-row',
    }),
  );
  return { dependencies, files, records, ledger, states };
}

/** Without the rows of earlier visits nobody can say which files are needed: nothing may be removed as unneeded. */
function rowsUnknown(): AppError {
  return new AppError(
    'store/rows-unknown',
    'The list of installed models cannot be read in this visit (another tab may run a newer version of this page), so no file is removed. Close the other tabs and reload.',
    { retryable: true },
  );
}

class PageLibrary {
  readonly #dependencies: LibraryDependencies;
  readonly #states: InstallStates;
  readonly #opened: Promise<LibraryParts>;
  /** Opened, and what an earlier visit left is brought back. */
  readonly #ready: Promise<LibraryParts>;
  readonly #installs: Installs;
  readonly #keeper = new StateKeeper((id) => this.#installs.isRunning(id));
  readonly close: () => void;

  constructor(
    dependencies: LibraryDependencies,
    states: InstallStates,
    opened: Promise<LibraryParts>,
  ) {
    this.#dependencies = dependencies;
    this.#states = states;
    this.#opened = opened;
    this.#ready = opened.then(async (parts) => {
      await this.#keeper.recover(parts);
      return parts;
    });
    this.#ready.catch((thrown: unknown) => {
      console.error('The model library could not be opened.', thrown);
    });
    const hear = () => {
      inBackground(this.#ready.then((parts) => this.#keeper.refresh(parts)));
    };
    dependencies.channel?.addEventListener('message', hear);
    dependencies.window?.addEventListener('focus', hear);
    this.#installs = new Installs({
      dependencies,
      ready: this.#ready,
      refresh: (parts, ending) => this.#keeper.refresh(parts, ending),
      announce: () => {
        this.#announce();
      },
    });
    inBackground(this.#installs.goOn());
    const stopObserving = observeVerifications((event) => {
      inBackground(this.#ready.then((parts) => noteVerification(parts, event)));
    });
    this.close = () => {
      stopObserving();
      this.#installs.close();
      dependencies.channel?.removeEventListener('message', hear);
      dependencies.window?.removeEventListener('focus', hear);
    };
  }

  api(): Library {
    return {
      installed: async () => (await this.#ready).records.models(),
      state: (id) => this.#states.get(id),
      subscribe: (listener) => this.#states.subscribe(listener),
      install: (item, { confirmed }) => this.#installs.install(item, confirmed),
      pause: (id) => {
        this.#installs.pause(id);
      },
      cancel: (id) => this.#installs.cancel(id),
      installOwn: async (...own) => {
        const parts = await this.#ready;
        return addOwn(parts, ...own).finally(() => {
          this.#announce();
        });
      },
      inspect: (...of) => inspectFile(this.#dependencies, this.#ready, ...of),
      remove: (id, why = 'removed') => this.#remove(id, why),
      offer: (items) => {
        inBackground(this.#ready.then((parts) => this.#keeper.offer(parts, items)));
        inBackground(this.#installs.offer(items));
      },
      revoke: (sha256s) => this.#revoke(new Set(sha256s)),
      revoked: async () => new Set((await (await this.#opened).records.revoked()).keys()), // the catalogue waits for it
      touch: async (sha256) => {
        await touchModel(await this.#ready, sha256);
      },
      storage: async () => storageReport(await this.#ready),
      persist: async () => (await this.#dependencies.storage?.persist()) ?? false,
      missingBytes: async (item) => missingBytes(await this.#ready, item),
      evictionPlan: async (bytes) => evictionPlan(await this.#ready, bytes),
      noteManifest: async (verdict) => {
        await (await this.#ready).ledger.append(noteOfManifest(verdict));
      },
      ledger: async () => (await this.#ready).ledger.lines(),
      verifyLedger: async () => (await this.#ready).ledger.verify(),
      exportLedger: async () => (await this.#ready).ledger.exportJson(),
    };
  }

  async #remove(id: string, why: 'removed' | 'evicted'): Promise<void> {
    const parts = await this.#ready;
    await alone(this.#dependencies.locks, id, () => removeModel(parts, id, why));
    this.#states.set(id, { state: 'available' });
    this.#announce();
  }

  async #revoke(sha256s: ReadonlySet<string>): Promise<readonly WithdrawnModel[]> {
    const parts = await this.#ready;
    const withdrawn = await revokeDigests(parts, sha256s);
    await this.#keeper.refuseWithdrawn(parts);
    if (withdrawn.length > 0) this.#announce();
    return withdrawn;
  }

  #announce(): void {
    this.#dependencies.channel?.postMessage('changed');
  }
}
