import { asAppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import { isVerdict } from '../refusals.ts';
import { alone, aloneOrNot } from './alone.ts';
import { inBackground } from './background.ts';
import { InstallJob, type Circumstances } from './install-job.ts';
import { openPartial } from './open-partial.ts';
import { isOutdated, settleOutdated } from './outdated.ts';
import type { LibraryDependencies, LibraryParts } from './parts.ts';
import { permit } from './permit.ts';
import type { PartialRecord } from './records.ts';
import { forgetInstall } from './removal.ts';
import { leave, setReason, settle } from './settle.ts';
import { Slots } from './slots.ts';
import { stoppedError } from './transfer-errors.ts';
import type { Installable, InstalledModel } from './types.ts';

/** An install under way on this page. */
interface Running {
  readonly item: Installable;
  readonly controller: AbortController;
  readonly done: Promise<InstalledModel>;
}

/** What the installs need of the page's library. */
interface Surroundings {
  readonly dependencies: LibraryDependencies;
  readonly ready: Promise<LibraryParts>;
  /** Takes the states from the database, also of an install that is coming to its end. */
  readonly refresh: (parts: LibraryParts, ending: string | null) => Promise<void>;
  /** Tells the other tabs that something changed. */
  readonly announce: () => void;
}

/** The installs from the catalogue: what is under way on this page, waits for a place, or for the network. */
export class Installs {
  readonly #around: Surroundings;
  readonly #running = new Map<string, Running>();
  readonly #cancelling = new Map<string, Promise<void>>();
  readonly #downloads = new Slots(limitOf('concurrentDownloads'));
  /**
   * Places of those whose file is here, and only its labels may have to come: they wait for no download to end, unless
   * what is here is of no use.
   */
  readonly #endings = new Slots(limitOf('concurrentDownloads'));
  /** What was asked for on this page: the catalogue need not be asked again. */
  readonly #known = new Map<string, Installable>();
  readonly close: () => void;

  constructor(around: Surroundings) {
    this.#around = around;
    const { window } = around.dependencies;
    const hear = () => {
      inBackground(this.goOn());
    };
    window?.addEventListener('online', hear);
    this.close = () => {
      window?.removeEventListener('online', hear);
    };
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /**
   * Goes on with what stopped for want of a network, on this page or in an earlier visit, unless there still is none.
   * The policy decides anew, and holds the person to what they agreed to then.
   */
  async goOn(): Promise<void> {
    const { dependencies, ready } = this.#around;
    const parts = await ready;
    const stranded = (await parts.records.partials()).filter((partial) => partial.stranded);
    if (dependencies.net.isOffline()) return;
    const unknown = stranded.filter(({ id }) => !this.#begin(this.#known.get(id)));
    if (unknown.length > 0) await this.#findAndBegin(parts, unknown);
  }

  /** Begins what this page does not know. Where the catalogue cannot be had, that is why each of them stops. */
  async #findAndBegin(parts: LibraryParts, unknown: readonly PartialRecord[]): Promise<void> {
    const { dependencies, refresh } = this.#around;
    await refresh(parts, null); // no row says that there is no network while the catalogue has yet to come
    const offered = await dependencies.catalogue().catch((thrown: unknown) => {
      for (const { id } of unknown) setReason(parts, id, asAppError(thrown));
      throw thrown;
    });
    await this.#settleOutdated(parts, offered);
    for (const { id, url } of unknown) {
      // Looked at again: meanwhile the person may have cancelled it.
      if (!(await parts.records.partial(id))?.stranded) continue;
      this.#begin(offered.find((one) => one.id === id && one.url === url));
    }
  }

  /** Its outcome is in its state, and in the ledger when it is refused. @returns whether there was something to begin. */
  #begin(item: Installable | undefined): boolean {
    if (item) this.install(item, false).catch(asAppError);
    return item !== undefined;
  }

  /**
   * Hears that a catalogue is here: unfinished downloads that it does not name are settled, and others may go on.
   * @param items what of it the policy allows.
   */
  async offer(items: readonly Pick<Installable, 'id' | 'url'>[]): Promise<void> {
    const { dependencies, ready } = this.#around;
    const parts = await ready;
    const isUnsure = (await parts.records.partials()).some((partial) => isOutdated(partial, items));
    if (dependencies.net.isOffline()) return;
    // What the policy does not allow is in the catalogue all the same.
    if (isUnsure) await this.#settleOutdated(parts, await dependencies.catalogue());
    await this.goOn();
  }

  async #settleOutdated(parts: LibraryParts, offered: readonly Installable[]): Promise<void> {
    const partials = await parts.records.partials();
    const outdated = partials.filter((partial) => isOutdated(partial, offered));
    for (const partial of outdated) await settleOutdated(parts, partial, offered);
    if (outdated.length > 0) this.#around.announce();
  }

  /** See `Library.install`. */
  install(item: Installable, confirmed: boolean): Promise<InstalledModel> {
    const under = this.#running.get(item.id);
    if (under) return under.done;
    this.#known.set(item.id, item);
    const controller = new AbortController();
    const done = this.#attempt(item, confirmed, controller.signal).finally(() => {
      this.#running.delete(item.id);
      this.#around.announce();
    });
    this.#running.set(item.id, { item, controller, done });
    return done;
  }

  /** See `Library.pause`. */
  pause(id: string): void {
    this.#stop(id, 'download/paused');
  }

  /** See `Library.cancel`. */
  cancel(id: string): Promise<void> {
    const under = this.#cancelling.get(id);
    if (under) return under;
    const done = this.#forget(id).finally(() => {
      this.#cancelling.delete(id);
    });
    this.#cancelling.set(id, done);
    return done;
  }

  async #attempt(
    item: Installable,
    confirmed: boolean,
    signal: AbortSignal,
  ): Promise<InstalledModel> {
    const { dependencies, ready, refresh } = this.#around;
    const parts = await ready;
    const present = await parts.records.model(item.id);
    if (present) return present;
    const before = await parts.records.partial(item.id);
    const partial = before?.url === item.url ? before : null; // another address's is not this file's
    const agreed = confirmed || item.grade <= (partial?.consent ?? ''); // to evidence that was no better
    const { consent, hosts, missing } = await permit(parts, item, agreed);
    const totalBytes = item.bytes ?? partial?.totalBytes ?? null;
    const inPlace = <T>(places: Slots, loadedBytes: number, work: () => Promise<T>): Promise<T> =>
      places.use(signal, work, (others) => {
        const waits = others > 0 ? ({ for: 'turn', others } as const) : null;
        const begun = { loadedBytes, totalBytes, bytesPerSecond: null, waits };
        parts.states.set(item.id, { state: 'downloading', ...begun });
      });
    const isHere = missing === 0;
    const inTurn: Circumstances['inTurn'] = (loadedBytes, download) =>
      isHere ? inPlace(this.#downloads, loadedBytes, download) : download();
    const circumstances = { consent, hosts, signal, inTurn };
    // Noted while it waits for its turn, so that a reload finds it. Whoever has the lock has noted it.
    const noting = isHere
      ? Promise.resolve()
      : aloneOrNot(dependencies.locks, item.id, () => openPartial(parts, item, consent));
    noting.catch(asAppError); // told when its turn comes
    try {
      return await inPlace(
        isHere ? this.#endings : this.#downloads,
        partial?.receivedBytes ?? 0,
        async () => {
          await noting;
          return alone(dependencies.locks, item.id, () => run(parts, item, circumstances));
        },
      );
    } catch (thrown) {
      await Promise.allSettled([noting]); // whoever cancelled forgets it next
      const error = asAppError(thrown);
      // It may have been waiting for its turn, not yet gone on with.
      if (error.code === 'download/paused') await leave(parts, item.id);
      if (error.code === 'store/busy') await refresh(parts, item.id);
      else await settle(parts, item, error);
      throw error;
    }
  }

  #stop(id: string, code: 'download/paused' | 'download/cancelled'): void {
    const running = this.#running.get(id);
    running?.controller.abort(stoppedError(code, running.item.url));
  }

  /** @throws AppError `store/busy` when another tab has taken over; it is that tab's then. */
  async #forget(id: string): Promise<void> {
    const { dependencies, ready, refresh, announce } = this.#around;
    const parts = await ready;
    const running = this.#running.get(id);
    this.#stop(id, 'download/cancelled');
    await running?.done.catch(asAppError); // told to whoever installs
    if ((await parts.records.model(id)) !== null) return; // it was done before
    try {
      await alone(dependencies.locks, id, () => forgetInstall(parts, id));
    } catch (thrown) {
      if (asAppError(thrown).code === 'store/busy') await refresh(parts, id);
      throw thrown;
    }
    parts.states.set(id, { state: 'available' });
    announce();
  }
}

/** Installs; notes when it stops for want of a network, and forgets what came of a file that is refused. */
async function run(
  parts: LibraryParts,
  item: Installable,
  circumstances: Circumstances,
): Promise<InstalledModel> {
  const { records } = parts;
  await records.setStranded(item.id, false);
  try {
    return await new InstallJob(parts, item, circumstances).run();
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'download/offline') await records.setStranded(item.id, true);
    // Now, and not when the lock is free: another tab may begin anew then.
    if (isVerdict(error)) await forgetInstall(parts, item.id);
    throw error;
  }
}
