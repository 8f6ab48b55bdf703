import type { InstallState } from './types.ts';

const AVAILABLE: InstallState = { state: 'available' };

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

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
