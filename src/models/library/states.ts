import type { InstallState } from './types.ts';

const AVAILABLE: InstallState = { state: 'available' };

/** The state of every id that is not simply available, and who wants to know of changes. */
export class InstallStates {
  readonly #states = new Map<string, InstallState>();
  readonly #listeners = new Set<() => void>();

  get(id: string): InstallState {
    return this.#states.get(id) ?? AVAILABLE;
  }

  ids(): readonly string[] {
    return [...this.#states.keys()];
  }

  set(id: string, state: InstallState): void {
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
