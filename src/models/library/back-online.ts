import type { Installable, Library } from './types.ts';

type Install = Library['install'];

/**
 * Remembers installs that stopped because the device had no network, and goes on with them when it is back. One that
 * the person paused, cancelled or took up again meanwhile is forgotten.
 */
export class BackOnline {
  readonly #stranded = new Map<string, Installable>();
  readonly #stop: () => void;

  /** @param page fires `online`; null where none does. @param install what it goes on with; the person agreed before. */
  constructor(
    page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null,
    install: (item: Installable) => ReturnType<Install>,
  ) {
    const goOn = () => {
      const items = [...this.#stranded.values()];
      this.#stranded.clear();
      for (const item of items) {
        // Its outcome is in its state, and in the ledger when it is refused.
        install(item).catch((thrown: unknown) => thrown);
      }
    };
    page?.addEventListener('online', goOn);
    this.#stop = () => {
      page?.removeEventListener('online', goOn);
    };
  }

  add(item: Installable): void {
    this.#stranded.set(item.id, item);
  }

  forget(id: string): void {
    this.#stranded.delete(id);
  }

  /** Stops listening. */
  close(): void {
    this.#stop();
    this.#stranded.clear();
  }
}
