import type { Facts } from './facts.ts';
import type {
  ColdSample,
  LibraryFiles,
  LibrarySamples,
  LoadSamples,
  PathSamples,
} from './samples.ts';
import { compare, summarise, type Comparison, type Summary } from './stats.ts';

/** What is not to be exceeded: ratios, and for the inspection ms. */
export const GOALS = { path: 1.1, load: 1.15, libraryLoad: 1.15, inspectMs: 500 } as const;

/** Share of the processors that others may use just before, and how far a steady p50 is above its minimum. */
const BUSY = 0.15;
const UNSTEADY = 1.5;

/** Everything that was measured, as it came. */
export interface Measured {
  /** Share of the processors that others used before each part, 0..1. */
  readonly busy: Readonly<Record<string, number>>;
  readonly submit: PathSamples;
  readonly session: PathSamples;
  readonly store: LoadSamples;
  readonly network: LoadSamples;
  readonly library: LibrarySamples;
  readonly libraryFiles: LibraryFiles;
  readonly coldApp: readonly ColdSample[];
  readonly coldEngine: readonly ColdSample[];
}

export interface Results {
  readonly facts: Facts;
  /** Measured too seldom to judge a goal by. */
  readonly quick: boolean;
  readonly threads: number;
  readonly busy: Measured['busy'];
  readonly goals: readonly GoalResult[];
  readonly path: Readonly<Record<'submit' | 'session', PathResult>>;
  readonly load: Readonly<Record<'store' | 'network', LoadResult>>;
  readonly library: LibraryResult;
  readonly cold: Readonly<Record<'app' | 'engine', ColdResult>>;
  readonly samples: Omit<Measured, 'busy' | 'libraryFiles'>;
}

export interface GoalResult {
  readonly what: string;
  /** A ratio of two p50, or a p50 in ms. */
  readonly value: number;
  readonly unit: 'ratio' | 'ms';
  readonly goal: number;
  readonly met: boolean;
  /**
   * Other programs were at work, so the verdict does not count, either way: a run that they slow down hides what
   * we add to it.
   */
  readonly disturbed: boolean;
}

export interface PathResult {
  readonly whole: Comparison;
  /** Our run stage alone against the raw run. */
  readonly runStage: Comparison;
  readonly parts: Readonly<Record<string, Summary>>;
}

export interface LoadResult {
  readonly bytes: Comparison;
  readonly ready: Comparison;
  readonly warm: Comparison;
  /** A mere `fetch` and a session against our verified load; null for loads from the store. */
  readonly bare: Comparison | null;
}

export interface LibraryResult {
  /** Bytes of the file that is installed and loaded, and of the one that is inspected. */
  readonly bytes: { readonly installed: number; readonly inspected: number };
  readonly load: Comparison;
  readonly cached: Comparison;
  readonly digest: Comparison;
  readonly install: Summary;
  /** Of an install from its call to its end, in MB (10⁶ bytes) a second. */
  readonly throughput: Summary;
  readonly inspect: Summary;
}

export interface ColdResult {
  readonly total: Summary;
  readonly ready: Summary;
  readonly stages: Readonly<Record<string, Summary>>;
}

/** Numbers and verdicts from what was measured. */
export function evaluate(
  facts: Facts,
  quick: boolean,
  { busy, libraryFiles, ...samples }: Measured,
): Results {
  const path = { submit: pathResult(samples.submit), session: pathResult(samples.session) };
  const load = { store: loadResult(samples.store), network: loadResult(samples.network) };
  const library = libraryResult(samples.library, libraryFiles);
  return {
    facts,
    quick,
    threads: samples.submit.threads,
    busy,
    goals: [
      goal('worker path / raw session.run', path.submit.whole, GOALS.path, busy['run, submit']),
      goal(
        'verified / unverified load, from the store',
        load.store.ready,
        GOALS.load,
        busy['load, store'],
      ),
      goal(
        'verified / unverified load, from the network',
        load.network.ready,
        GOALS.load,
        busy['load, network'],
      ),
      goal(
        'library: verified stored load / mere fetch',
        library.load,
        GOALS.libraryLoad,
        busy['library'],
      ),
      timeGoal('library: inspection of 100 MB', library.inspect, GOALS.inspectMs, busy['library']),
    ],
    path,
    load,
    library,
    cold: { app: coldResult(samples.coldApp), engine: coldResult(samples.coldEngine) },
    samples,
  };
}

function goal(what: string, { a, ratio }: Comparison, most: number, busy = 0): GoalResult {
  const met = ratio <= most;
  return { what, value: ratio, unit: 'ratio', goal: most, met, disturbed: disturbed(a, busy) };
}

function timeGoal(what: string, time: Summary, most: number, busy = 0): GoalResult {
  const { p50 } = time;
  const met = p50 <= most;
  return { what, value: p50, unit: 'ms', goal: most, met, disturbed: disturbed(time, busy) };
}

function disturbed({ p50, min }: Summary, busy: number): boolean {
  return busy > BUSY || p50 > min * UNSTEADY;
}

function pathResult({ a, b, parts, decode }: PathSamples): PathResult {
  const named = Object.entries({ ...parts, decode }).filter(([, values]) => values.length > 0);
  return {
    whole: compare({ a, b }),
    runStage: compare({ a, b: parts.run }),
    parts: Object.fromEntries(named.map(([name, values]) => [name, summarise(values)])),
  };
}

function loadResult({ bytes, ready, warm, bare }: LoadSamples): LoadResult {
  return {
    bytes: compare(bytes),
    ready: compare(ready),
    warm: compare(warm),
    bare: bare && compare(bare),
  };
}

function libraryResult(
  { load, cached, digest, install, inspect }: LibrarySamples,
  { model, inspected }: LibraryFiles,
): LibraryResult {
  return {
    bytes: { installed: model.bytes, inspected: inspected.bytes },
    load: compare(load),
    cached: compare(cached),
    digest: compare(digest),
    install: summarise(install),
    throughput: summarise(install.map((ms) => model.bytes / 1000 / ms)),
    inspect: summarise(inspect),
  };
}

function coldResult(samples: readonly ColdSample[]): ColdResult {
  const stages = new Map<string, number[]>();
  for (const [name, ms] of samples.flatMap((sample) => Object.entries(sample.stages ?? {}))) {
    if (ms !== null) stages.set(name, [...(stages.get(name) ?? []), ms]);
  }
  return {
    total: summarise(samples.map(({ totalMs }) => totalMs)),
    ready: summarise(samples.map(({ readyMs }) => readyMs)),
    stages: Object.fromEntries([...stages].map(([name, values]) => [name, summarise(values)])),
  };
}
