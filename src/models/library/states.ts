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

  /** Notes of an installed model whether its file is on this device; of others nothing. */
  setMissing(id: string, missing: boolean): void {
    const before = this.get(id);
    if (before.state !== 'installed' || (before.missing ?? false) === missing) return;
    this.set(id, installedState(before.model, missing));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
