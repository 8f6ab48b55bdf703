import { AppError, asAppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import { refusal } from '../../core/onnx/refusal.ts';
import { connectStore } from '../store.ts';
import { observeVerifications } from '../verify.ts';
import { alone } from './alone.ts';
import { BackOnline } from './back-online.ts';
import { inBackground } from './background.ts';
import { withoutFileRows } from './database.ts';
import type { Examination } from './examine.ts';
import { InstallJob } from './install-job.ts';
import { Ledger } from './ledger.ts';
import { noteOfManifest, noteOfRefusal, requireConsent } from './notes.ts';
import { installOwnFile, requireSize } from './own-job.ts';
import type { LibraryDependencies, LibraryParts } from './parts.ts';
import { Records } from './records.ts';
import { forgetInstall, removeModel, revokeDigests } from './removal.ts';
import { Slots } from './slots.ts';
import { evictionPlan, missingBytes, requireInstallRoom, storageReport } from './space.ts';
import { StateKeeper } from './state-keeper.ts';
import { InstallStates } from './states.ts';
import { stoppedError } from './transfer-errors.ts';
import type { Installable, InstalledModel, Library, WithdrawnModel } from './types.ts';
import { noteVerification, touchModel } from './usage.ts';

/** An install under way on this page. */
interface Running {
  readonly item: Installable;
  readonly controller: AbortController;
  readonly done: Promise<InstalledModel>;
}

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
  readonly #running = new Map<string, Running>();
  readonly #cancelling = new Map<string, Promise<void>>();
  readonly #keeper = new StateKeeper((id) => this.#running.has(id));
  readonly #slots = new Slots(limitOf('concurrentDownloads'));
  readonly #backOnline: BackOnline;
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
    this.#backOnline = new BackOnline(dependencies.window, (item) => this.#install(item, true));
    const stopObserving = observeVerifications((event) => {
      inBackground(this.#ready.then((parts) => noteVerification(parts, event)));
    });
    this.close = () => {
      stopObserving();
      this.#backOnline.close();
      dependencies.channel?.removeEventListener('message', hear);
      dependencies.window?.removeEventListener('focus', hear);
    };
  }

  api(): Library {
    return {
      installed: async () => (await this.#ready).records.models(),
      state: (id) => this.#states.get(id),
      subscribe: (listener) => this.#states.subscribe(listener),
      install: (item, { confirmed }) => this.#install(item, confirmed),
      pause: (id) => {
        this.#stop(id, 'download/paused');
      },
      cancel: (id) => this.#cancel(id),
      installOwn: (file, entry, labels) => this.#installOwn(file, entry, labels),
      inspect: async (file, of, picture) => {
        requireSize(file, 'The file');
        return this.#inspect(file, of, picture);
      },
      remove: (id, why = 'removed') => this.#remove(id, why),
      offer: (items) => {
        inBackground(this.#ready.then((parts) => this.#keeper.offer(parts, items)));
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

  #install(item: Installable, confirmed: boolean): Promise<InstalledModel> {
    const under = this.#running.get(item.id);
    if (under) return under.done;
    this.#backOnline.forget(item.id);
    const controller = new AbortController();
    const done = this.#attempt(item, confirmed, controller.signal).finally(() => {
      this.#running.delete(item.id);
      this.#announce();
    });
    this.#running.set(item.id, { item, controller, done });
    return done;
  }

  async #attempt(
    item: Installable,
    confirmed: boolean,
    signal: AbortSignal,
  ): Promise<InstalledModel> {
    const parts = await this.#ready;
    const present = await parts.records.model(item.id);
    if (present) return present;
    const { policy } = await this.#dependencies.rules();
    try {
      requireConsent(item, policy, confirmed);
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'download/refused-by-policy')
        await parts.ledger.append(noteOfRefusal(item, error));
      throw error;
    }
    const before = await parts.records.partial(item.id);
    const partial = before?.url === item.url ? before : null; // another address's is not this file's
    const total = item.bytes ?? partial?.totalBytes ?? null;
    await requireInstallRoom(parts, item);
    const loadedBytes = partial?.receivedBytes ?? 0;
    const begun = {
      state: 'downloading',
      loadedBytes,
      totalBytes: total,
      bytesPerSecond: null,
    } as const;
    try {
      return await this.#slots.use(
        signal,
        () => this.#alone(item.id, () => new InstallJob(parts, item, signal).run()),
        (others) => {
          const waits = others > 0 ? ({ for: 'turn', others } as const) : null;
          this.#states.set(item.id, { ...begun, waits });
        },
      );
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'store/busy') await this.#keeper.refresh(parts, item.id);
      else await this.#settle(parts, item, error);
      throw error;
    }
  }

  /** After a failure: paused when what came may still be of use, refused and forgotten otherwise. */
  async #settle(parts: LibraryParts, item: Installable, error: AppError): Promise<void> {
    const { records, states, ledger } = parts;
    const { id } = item;
    if (error.code === 'download/cancelled') return; // whoever cancels clears up
    if (!isVerdict(error)) {
      const partial = await records.partial(id);
      const own = error.code === 'download/paused' ? null : error;
      if (error.code === 'download/offline') this.#backOnline.add(item);
      states.set(id, {
        state: 'paused',
        loadedBytes: partial?.receivedBytes ?? 0,
        totalBytes: partial?.totalBytes ?? item.bytes,
        error: own,
      });
      return;
    }
    await forgetInstall(parts, id);
    await ledger.append(noteOfRefusal(item, error));
    states.set(id, { state: 'refused', error });
  }

  #stop(id: string, code: 'download/paused' | 'download/cancelled'): void {
    const running = this.#running.get(id);
    running?.controller.abort(stoppedError(code, running.item.url));
  }

  #cancel(id: string): Promise<void> {
    const under = this.#cancelling.get(id);
    if (under) return under;
    const done = this.#forget(id).finally(() => {
      this.#cancelling.delete(id);
    });
    this.#cancelling.set(id, done);
    return done;
  }

  /** @throws AppError `store/busy` when another tab has taken over; it is that tab's then. */
  async #forget(id: string): Promise<void> {
    const parts = await this.#ready;
    const running = this.#running.get(id);
    this.#backOnline.forget(id);
    this.#stop(id, 'download/cancelled');
    await running?.done.catch(asAppError); // told to whoever installs
    if ((await parts.records.model(id)) !== null) return; // it was done before
    try {
      await this.#alone(id, () => forgetInstall(parts, id));
    } catch (thrown) {
      if (asAppError(thrown).code === 'store/busy') await this.#keeper.refresh(parts, id);
      throw thrown;
    }
    this.#states.set(id, { state: 'available' });
    this.#announce();
  }

  async #installOwn(
    ...[file, entry, labels]: Parameters<Library['installOwn']>
  ): Promise<InstalledModel> {
    const parts = await this.#ready;
    try {
      return await this.#alone(entry.id, () => installOwnFile(parts, file, entry, labels));
    } catch (thrown) {
      const error = asAppError(thrown);
      const own = { id: entry.id, url: 'own file', vouchedBy: 'nobody', grade: 'E' } as const;
      if (isVerdict(error)) await parts.ledger.append(noteOfRefusal(own, error));
      else if (error.code !== 'store/busy') await forgetInstall(parts, entry.id);
      throw error;
    } finally {
      this.#announce();
    }
  }

  /** Examines a file; a refusal that decides something gets its line in the ledger, whoever asked. */
  async #inspect(...[file, of, picture]: Parameters<Library['inspect']>): Promise<Examination> {
    const name = (file instanceof File ? file.name : 'a file').slice(0, 200);
    const subject = of ?? { id: name, url: 'own file', vouchedBy: 'nobody', grade: 'E' };
    const tentative = of === undefined && picture !== undefined;
    const note = async (...what: [error: AppError, found?: Examination]) => {
      if (!tentative) await (await this.#ready).ledger.append(noteOfRefusal(subject, ...what));
    };
    try {
      const examination = await this.#dependencies.examine(file, null, picture ?? null);
      const refused = refusal(examination.verdict);
      if (refused) await note(refused, examination);
      return examination;
    } catch (thrown) {
      const error = asAppError(thrown);
      if (isVerdict(error)) await note(error);
      throw error;
    }
  }

  async #remove(id: string, why: 'removed' | 'evicted'): Promise<void> {
    const parts = await this.#ready;
    await this.#alone(id, () => removeModel(parts, id, why));
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

  #alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    return alone(this.#dependencies.locks, id, work);
  }

  #announce(): void {
    this.#dependencies.channel?.postMessage('changed');
  }
}

/** True when the file itself was refused, so that what came of it is of no use. */
function isVerdict({ code, retryable }: AppError): boolean {
  const area = code.split('/')[0];
  if (area === 'integrity' || area === 'gate' || area === 'manifest') return true;
  return area === 'download' && !retryable;
}
