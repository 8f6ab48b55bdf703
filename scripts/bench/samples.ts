/*
 * What the bench page measures and hands to the program in the terminal. Milliseconds throughout; arrays of one
 * object belong together, index by index.
 */

/** Two things measured in turn, `a` first in every other pair. */
export interface Pairs {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** A raw `session.run` (`a`) against our way to the same answer (`b`). */
export interface PathSamples extends Pairs {
  /** Parts of `b`, as the engine reports them; `boundary` is what they leave. */
  readonly parts: {
    readonly preprocess: readonly number[];
    readonly run: readonly number[];
    readonly postprocess: readonly number[];
    readonly boundary: readonly number[];
  };
  /** The decode stage, which `b` leaves out; empty where nothing was decoded. */
  readonly decode: readonly number[];
  readonly threads: number;
  /** The label both sides gave. */
  readonly answer: string;
}

/** Loading without (`a`) and with verification (`b`) of the same bytes; `a` leaves out the digest and nothing else. */
export interface LoadSamples {
  /** Until the bytes are there. */
  readonly bytes: Pairs;
  /** Until the session is there as well. */
  readonly ready: Pairs;
  /** Until it has run once, as the engine does before it calls a model ready. */
  readonly warm: Pairs;
  /** As `ready`, against a mere `fetch` (`a`): no store, no limits, no copy kept. Null for loads from the store. */
  readonly bare: Pairs | null;
}

/** A first answer in a fresh browser context. */
export interface ColdSample {
  /** From the start of the navigation. */
  readonly totalMs: number;
  /** From the start of the navigation until a picture could be handed over. */
  readonly readyMs: number;
  /** The engine's stages, where the page can tell. */
  readonly stages: Readonly<Record<string, number | null>> | null;
}

/** Where the bytes of a measured load come from, both sides alike. */
export type LoadSource = 'store' | 'network';

/** Which end of our path is timed. */
export type PathKind = 'submit' | 'session';

export interface RunPlan {
  /** URL of the picture. */
  readonly picture: string;
  readonly modelId: string;
  readonly warmUps: number;
  readonly pairs: number;
}

/** What the bench page's functions answer with. */
export interface BenchAnswers {
  readonly path: PathSamples;
  readonly load: LoadSamples;
  readonly cold: ColdSample;
}

/** What the bench page offers as `globalThis.bench`. */
export interface BenchPage {
  readonly path: (kind: PathKind, plan: RunPlan) => Promise<PathSamples>;
  readonly load: (source: LoadSource, plan: RunPlan) => Promise<LoadSamples>;
  readonly cold: (picture: string, modelId: string) => Promise<ColdSample>;
}
