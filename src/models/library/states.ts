import type { InstalledModel, InstallState, Missing } from './types.ts';

const AVAILABLE: InstallState = { state: 'available' };

/** Of a model that was kept just now. */
export const NONE_GONE: ReadonlySet<string> = new Set();

/** @param missing what of it is no longer on this device. */
export function installedState(model: InstalledModel, missing: Missing | undefined): InstallState {
  return missing ? { state: 'installed', model, missing } : { state: 'installed', model };
}

/** Digests of the files without which a model cannot be used, its own first; a catalogue model's labels are the page's own. */
export function filesOf({ entry, provider }: InstalledModel): readonly string[] {
  return provider === 'own-file' ? [entry.sha256, entry.labels.sha256] : [entry.sha256];
}

/** The state of every id that is not simply available, and who wants to know of changes. */
export class InstallStates {
  readonly #states = new Map<string, InstallState>();
  readonly #changedAt = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  /** Digests of files that are not on this device, though a model needs them. */
  readonly #gone = new Set<string>();
  #changes = 0;

  /** A moment, for {@link changedSince}. */
  now(): number {
    return this.#changes;
  }

  /** Whether a state was set after a moment: what was read before then is older. */
  changedSince(id: string, moment: number): boolean {
    return (this.#changedAt.get(id) ?? 0) > moment;
  }

  get(id: string): InstallState {
    return this.#states.get(id) ?? AVAILABLE;
  }

  ids(): readonly string[] {
    return [...this.#states.keys()];
  }

  /**
   * Says that a model is installed.
   * @param gone digests of the files that are not on this device; as far as is known where absent.
   */
  setInstalled(model: InstalledModel, gone: ReadonlySet<string> = this.#gone): void {
    for (const sha256 of filesOf(model)) this.setMissing(sha256, gone.has(sha256));
    this.set(model.entry.id, installedState(model, this.#missingOf(model)));
  }

  /** Notes of a file, and so of every installed model that needs it, whether it is on this device. */
  setMissing(sha256: string, missing: boolean): void {
    if (missing) this.#gone.add(sha256);
    else this.#gone.delete(sha256);
    for (const [id, state] of [...this.#states]) {
      if (state.state !== 'installed') continue;
      const now = this.#missingOf(state.model);
      if (state.missing !== now) this.set(id, installedState(state.model, now));
    }
  }

  #missingOf(model: InstalledModel): Missing | undefined {
    const at = filesOf(model).findIndex((sha256) => this.#gone.has(sha256));
    return at < 0 ? undefined : at === 0 ? 'file' : 'labels';
  }

  set(id: string, state: InstallState): void {
    this.#changes += 1;
    this.#changedAt.set(id, this.#changes);
    if (state.state === 'available') this.#states.delete(id);
    else this.#states.set(id, state);
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (thrown) {
        console.error('A listener for the library failed.', thrown);
      }
    }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
