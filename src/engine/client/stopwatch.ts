import type { Stage, StageTimes } from '../protocol.ts';

/** Collects how long each stage of one job took, in ms. A stage that is never entered stays null. */
export class Stopwatch {
  readonly #times: Record<Stage, number | null> = {
    verify: null,
    load: null,
    decode: null,
    preprocess: null,
    run: null,
    postprocess: null,
  };

  get times(): StageTimes {
    return { ...this.#times };
  }

  /** Adds to a stage; a stage that is entered twice counts both. */
  add(stage: Stage, ms: number): void {
    this.#times[stage] = (this.#times[stage] ?? 0) + ms;
  }

  /** Times `work` under `stage`, also when it fails. */
  async measure<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.add(stage, performance.now() - started);
    }
  }
}
