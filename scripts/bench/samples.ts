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

/** The library with a large model. */
export interface LibrarySamples {
  /** A mere `fetch` from the server (`a`) against the verified load of the installed model (`b`). */
  readonly load: Pairs;
  /** As `load`, against a `fetch` with the HTTP cache as browsers use it by default. */
  readonly cached: Pairs;
  /** The stored bytes without (`a`) and with verification (`b`). */
  readonly digest: Pairs;
  /** From the call to the installed model: download, digest, gate, commit. */
  readonly install: readonly number[];
  /** From the call to the verdict on a file of the device: reading, digest, reader, gate. */
  readonly inspect: readonly number[];
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

/** A file on the bench's server. */
export interface ServedFile {
  /** From where the served app begins. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the library's part works on. */
export interface LibraryFiles {
  /** The one that is installed and loaded, its labels, its graph's only input and output, its pictures' side. */
  readonly model: ServedFile;
  readonly labels: ServedFile;
  readonly input: string;
  readonly output: string;
  readonly side: number;
  /** The one that is inspected. */
  readonly inspected: ServedFile;
}

export interface LibraryPlan {
  readonly files: LibraryFiles;
  readonly warmUps: number;
  readonly pairs: number;
  readonly installs: number;
  readonly inspections: number;
}

/** What the bench page's functions answer with. */
export interface BenchAnswers {
  readonly path: PathSamples;
  readonly load: LoadSamples;
  readonly library: LibrarySamples;
  readonly cold: ColdSample;
}

/** What the bench page offers as `globalThis.bench`. */
export interface BenchPage {
  readonly path: (kind: PathKind, plan: RunPlan) => Promise<PathSamples>;
  readonly load: (source: LoadSource, plan: RunPlan) => Promise<LoadSamples>;
  readonly library: (plan: LibraryPlan) => Promise<LibrarySamples>;
  readonly cold: (picture: string, modelId: string) => Promise<ColdSample>;
}
