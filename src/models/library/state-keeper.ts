import { sweepPartials } from '../store/disk.ts';
import { aloneOrNot, isAtWork, whenFree } from './alone.ts';
import { inBackground } from './background.ts';
import { revokedError } from './notes.ts';
import type { LibraryParts } from './parts.ts';
import { filesOf } from './states.ts';
import { offlineError } from './transfer-errors.ts';
import type { Library } from './types.ts';

/**
 * Keeps the states of the models in step with the database: at the start, when another tab changed something, and when
 * a tab that was at work has ended. What this page is busy with is left alone.
 */
export class StateKeeper {
  readonly #isRunning: (id: string) => boolean;
  #offered: Parameters<Library['offer']>[0] = [];
  /** Ids whose work in another tab is waited for. */
  readonly #followed = new Set<string>();

  /** @param isRunning whether this page installs a model now. */
  constructor(isRunning: (id: string) => boolean) {
    this.#isRunning = isRunning;
  }

  /** See `Library.offer`. */
  async offer(parts: LibraryParts, items: Parameters<Library['offer']>[0]): Promise<void> {
    this.#offered = items;
    await this.refuseWithdrawn(parts);
  }

  /** Brings back what an earlier visit left, and removes what a crash left. */
  async recover(parts: LibraryParts): Promise<void> {
    const { records, files, dependencies } = parts;
    for (const { id, key, url, receivedBytes, sha256 } of await records.partials()) {
      const finished = url === null || (await records.model(id)) !== null;
      // Cleared by the browser, or in a memory that is gone: there is nothing to go on with.
      const lost =
        !finished &&
        sha256 === null &&
        receivedBytes > 0 &&
        (await files.partials.size(key)) < receivedBytes;
      // A file of the person's own cannot be gone on with; another tab that adds it holds the lock.
      if (finished || lost)
        await aloneOrNot(dependencies.locks, id, () => records.deletePartial(id));
    }
    await this.refresh(parts);
    inBackground(this.#sweep(parts)); // nobody waits for it, and the library opens without it
  }

  async #sweep({ records, files, dependencies }: LibraryParts): Promise<void> {
    await sweepPartials(files, dependencies.locks, () => records.partialKeys());
  }

  /**
   * Takes the states from the database, except of what this page is busy with.
   * @param ending an install of this page that came to its end.
   */
  async refresh(parts: LibraryParts, ending: string | null = null): Promise<void> {
    const { records, states, dependencies } = parts;
    const begun = states.now();
    // Of what this page is busy with, or has done since, the database tells what was before.
    const isOurs = (id: string) =>
      (id !== ending && this.#isRunning(id)) || states.changedSince(id, begun);
    const atWork = new Set<string>();
    for (const { id } of await records.partials()) {
      if (await isAtWork(dependencies.locks, id)) atWork.add(id);
    }
    const missing = await missingFiles(parts);
    // In this order: an install's row is written before its partial is deleted. Nothing is waited for after them.
    const partials = await records.partials();
    const models = await records.models();
    const installed = new Set(models.map(({ entry }) => entry.id));
    const known = new Set([...installed, ...partials.map(({ id }) => id)]);
    for (const { id, url, receivedBytes, totalBytes, stranded } of partials) {
      if (isOurs(id) || installed.has(id)) continue;
      const came = { loadedBytes: receivedBytes, totalBytes };
      if (atWork.has(id)) {
        states.set(id, { state: 'elsewhere', ...came });
        this.#follow(parts, id);
        continue;
      }
      const before = states.get(id);
      const reason = before.state === 'paused' ? before.error : null;
      const isNews = reason === null || reason.code === 'download/offline';
      const isWaiting = stranded && dependencies.net.isOffline();
      const error = !isNews ? reason : isWaiting ? offlineError(url ?? '', null) : null;
      states.set(id, { state: 'paused', ...came, error });
    }
    for (const model of models) {
      if (states.changedSince(model.entry.id, begun)) continue;
      states.setInstalled(model, missing);
    }
    for (const id of states.ids()) {
      const isGone = !known.has(id) && !isOurs(id);
      if (isGone && states.get(id).state !== 'refused') states.set(id, { state: 'available' });
    }
    await this.refuseWithdrawn(parts);
  }

  /** Refuses what is offered and was withdrawn: by its published digest, else by what was found earlier. */
  async refuseWithdrawn({ records, states }: LibraryParts): Promise<void> {
    const revoked = await records.revoked();
    const found = new Map([...revoked].flatMap(([sha256, ids]) => ids.map((id) => [id, sha256])));
    for (const { id, title, claim } of this.#offered) {
      const sha256 = claim.kind === 'sha256' ? claim.sha256 : found.get(id);
      if (sha256 === undefined || !revoked.has(sha256) || this.#isRunning(id)) continue;
      if (states.get(id).state !== 'available') continue;
      states.set(id, { state: 'refused', error: revokedError(title, sha256) });
    }
  }

  /** Looks again when nobody is at work any more: a tab that is closed says nothing, but its lock is free then. */
  #follow(parts: LibraryParts, id: string): void {
    if (this.#followed.has(id)) return;
    this.#followed.add(id);
    const ended = whenFree(parts.dependencies.locks, id).then(() => {
      this.#followed.delete(id);
      return this.refresh(parts);
    });
    inBackground(ended);
  }
}

/**
 * Digests of files that installed models need and that are not in the store. Where the store does not answer, none: it is asked again
 * when the file is needed.
 */
async function missingFiles({ records, files }: LibraryParts): Promise<ReadonlySet<string>> {
  const missing = new Set<string>();
  try {
    for (const sha256 of (await records.models()).flatMap(filesOf)) {
      if (!(await files.has(sha256))) missing.add(sha256);
    }
  } catch (failed) {
    console.warn('Which files of installed models are still there cannot be found out.', failed);
  }
  return missing;
}
