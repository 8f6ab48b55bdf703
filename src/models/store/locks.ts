/** Whoever holds a name exclusively is alone with it; shared holders are many. Across all tabs of the page. */
export interface Locks {
  /** Waits for the lock and holds it until `work` has settled. */
  readonly run: <T>(name: string, mode: LockMode, work: () => Promise<T>) => Promise<T>;
  /** As {@link run}, exclusively, but only if the lock is free now; otherwise `busy()` is the outcome. */
  readonly runIfFree: <T>(
    name: string,
    work: () => Promise<T>,
    busy: () => T | Promise<T>,
  ) => Promise<T>;
  /** Whether somebody is alone with a name now. It takes no lock, so that two who ask are not in each other's way. */
  readonly isTaken: (name: string) => Promise<boolean>;
}

const PREFIX = 'gluon-lens:';

/** The browser's Web Locks; where there are none (other engines, insecure contexts), locks within this page. */
export function openLocks(): Locks {
  return 'navigator' in globalThis && 'locks' in navigator
    ? webLocks(navigator.locks)
    : pageLocks();
}

function webLocks(manager: LockManager): Locks {
  return {
    // The typings resolve the callback's promise only when the type is told.
    run: async <T>(name: string, mode: LockMode, work: () => Promise<T>) =>
      (await manager.request(PREFIX + name, { mode }, work)) as T,
    runIfFree: async <T>(name: string, work: () => Promise<T>, busy: () => T | Promise<T>) =>
      (await manager.request(PREFIX + name, { ifAvailable: true }, (lock) =>
        lock === null ? busy() : work(),
      )) as T,
    isTaken: async (name) => {
      const { held = [] } = await manager.query();
      return held.some((lock) => lock.name === PREFIX + name && lock.mode === 'exclusive');
    },
  };
}

interface Waiting {
  readonly mode: LockMode;
  readonly start: () => void;
}

/** One name: who holds it and who waits, first come first served as with Web Locks. */
class PageLock {
  readonly #waiting: Waiting[] = [];
  #shared = 0;
  #exclusive = false;

  get exclusive(): boolean {
    return this.#exclusive;
  }

  get free(): boolean {
    return !this.#exclusive && this.#shared === 0 && this.#waiting.length === 0;
  }

  async hold<T>(mode: LockMode, work: () => Promise<T>): Promise<T> {
    const turn = new Promise<void>((start) => {
      this.#waiting.push({ mode, start });
    });
    this.#grant();
    await turn;
    try {
      return await work();
    } finally {
      if (mode === 'exclusive') this.#exclusive = false;
      else this.#shared -= 1;
      this.#grant();
    }
  }

  #grant(): void {
    for (let next = this.#waiting[0]; next && this.#admits(next.mode); next = this.#waiting[0]) {
      this.#waiting.shift();
      if (next.mode === 'exclusive') this.#exclusive = true;
      else this.#shared += 1;
      next.start();
    }
  }

  #admits(mode: LockMode): boolean {
    return !this.#exclusive && (mode === 'shared' || this.#shared === 0);
  }
}

/** Locks that hold within one page, with the semantics of Web Locks. */
export function pageLocks(): Locks {
  const locks = new Map<string, PageLock>();
  const lockOf = (name: string): PageLock => {
    const lock = locks.get(name) ?? new PageLock();
    locks.set(name, lock);
    return lock;
  };
  const run: Locks['run'] = async (name, mode, work) => {
    const lock = lockOf(name);
    try {
      return await lock.hold(mode, work);
    } finally {
      if (lock.free) locks.delete(name);
    }
  };
  return {
    run,
    runIfFree: async (name, work, busy) =>
      lockOf(name).free ? run(name, 'exclusive', work) : busy(),
    isTaken: (name) => Promise.resolve(locks.get(name)?.exclusive ?? false),
  };
}
