import type { InstalledModel, InstallState } from './types.ts';

const AVAILABLE: InstallState = { state: 'available' };

/** @param missing whether its file is no longer on this device. */
export function installedState(model: InstalledModel, missing: boolean): InstallState {
  return missing ? { state: 'installed', model, missing } : { state: 'installed', model };
}

/** The state of every id that is not simply available, and who wants to know of changes. */
export class InstallStates {
  readonly #states = new Map<string, InstallState>();
  readonly #changedAt = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
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

  /** Sets a state. A file that is here now is here for every model that names it. */
  set(id: string, state: InstallState): void {
    this.#put(id, state);
    if (state.state === 'installed' && !state.missing) {
      this.setMissing(state.model.entry.sha256, false);
    }
  }

  /** Notes of every installed model with this file whether it is on this device. */
  setMissing(sha256: string, missing: boolean): void {
    for (const [id, state] of [...this.#states]) {
      if (state.state !== 'installed' || state.model.entry.sha256 !== sha256) continue;
      if ((state.missing ?? false) !== missing) this.#put(id, installedState(state.model, missing));
    }
  }

  #put(id: string, state: InstallState): void {
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
