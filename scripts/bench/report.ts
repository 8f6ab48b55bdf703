import {
  GOALS,
  type GoalResult,
  type LibraryResult,
  type LoadResult,
  type PathResult,
  type Results,
} from './results.ts';
import type { Comparison, Summary } from './stats.ts';

const NAME_WIDTH = 46;
const COLUMNS = ['p50', 'min', 'p25–p75', 'n'];
const COLUMN_WIDTH = 17;

/** The results as lines for the terminal. */
export function reportLines(results: Results): string[] {
  const { facts, quick, threads, busy, goals, path, load, library, cold } = results;
  const others = Object.values(busy).map((share) => `${(100 * share).toFixed(0)} %`);
  return [
    `squeezenet1.1, WebAssembly, ${String(threads)} threads; onnxruntime-web ${facts.onnxruntimeWeb}, Chromium ${facts.chromium}`,
    `${facts.cpu}, ${String(facts.cores)} cores; times in ms, taken in turn in one run`,
    `in use by others before each part: ${others.join(', ')}`,
    ...(quick ? ['QUICK: measured too seldom to judge a goal by'] : []),
    '',
    row('', COLUMNS),
    ...pathLines('Run: engine.submit less decoding', path.submit, GOALS.path),
    ...pathLines('Run: call into the engine worker, pixels ready', path.session),
    ...loadLines('Load from the store: bytes + session', load.store),
    ...loadLines('Load from the network: bytes + session', load.network),
    ...libraryLines(library),
    'Cold start, fresh context to first answer (cifar_resnet20_v1)',
    times('app: navigation → answer', cold.app.total),
    times('  of it until the page takes a picture', cold.app.ready),
    times('engine without interface: navigation → answer', cold.engine.total),
    ...Object.entries(cold.engine.stages).map(([name, stage]) => times(`  ${name}`, stage)),
    '',
    row('Goal', ['p50', 'at most', '', '']),
    ...goals.map(goalLine),
  ];
}

/** What all goals together say, in a sentence or two. */
export function verdict({ goals, quick }: Results): string {
  if (quick) return 'It works; for a verdict on the goals, run it without --quick.';
  const missed = goals.filter(({ met }) => !met).length;
  const all =
    missed === 0
      ? 'Every goal is met.'
      : `${String(missed)} of ${String(goals.length)} goals are not met.`;
  if (!goals.some(({ disturbed }) => disturbed)) return all;
  return `${all} Other programs disturbed the measurement: run it again on a quiet machine.`;
}

function goalLine({ what, value, unit, goal, met, disturbed }: GoalResult): string {
  const verdict = [met ? 'met' : 'NOT MET', disturbed ? 'but disturbed' : ''];
  const cells =
    unit === 'ms'
      ? [`${value.toFixed(0)} ms`, `${goal.toFixed(0)} ms`]
      : [`ratio ${value.toFixed(3)}`, goal.toFixed(2)];
  return row(what, [...cells, ...verdict]);
}

function pathLines(title: string, { whole, runStage, parts }: PathResult, goal?: number): string[] {
  return [
    title,
    times('raw session.run', whole.a),
    times('ours', whole.b),
    ratio(ratioName(goal), whole),
    ratio('ratio of our run stage alone', runStage),
    ...Object.entries(parts).map(([name, part]) =>
      times(name === 'decode' ? '  decode (not counted)' : `  ${name}`, part),
    ),
    '',
  ];
}

function loadLines(title: string, { ready, bytes, warm, bare }: LoadResult): string[] {
  return [
    title,
    times('unverified, otherwise the same', ready.a),
    times('verified', ready.b),
    ratio(ratioName(GOALS.load), ready),
    times('  bytes alone, unverified', bytes.a),
    times('  bytes alone, verified', bytes.b),
    ratio('  ratio of bytes alone', bytes),
    ratio('  ratio with the first run', warm),
    ...(bare
      ? [times('  mere fetch, without store', bare.a), ratio('  ratio to the mere fetch', bare)]
      : []),
    '',
  ];
}

function libraryLines(result: LibraryResult): string[] {
  const { bytes, load, cached, digest, install, throughput, inspect } = result;
  return [
    `Library, from the store on disk: a model of ${megabytes(bytes.installed)}`,
    times('mere fetch from the server, unverified', load.a),
    times('verified load from the store', load.b),
    ratio(ratioName(GOALS.libraryLoad), load),
    times('  fetch with the HTTP cache, unverified', cached.a),
    ratio('  ratio to that', cached),
    times('  read from the store, unverified', digest.a),
    ratio('  ratio to that: what the digest adds', digest),
    times('install: download, digest, gate, commit', install),
    times('  the same in MB/s', throughput),
    times(`inspection of ${megabytes(bytes.inspected)} (at most ${ms(GOALS.inspectMs)})`, inspect),
    '',
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Says which ratios are held against a goal; all others are there to explain them. */
function ratioName(goal: number | undefined): string {
  return goal === undefined ? 'ratio' : `ratio (goal: p50 at most ${goal.toFixed(2)})`;
}

function times(name: string, { p50, min, p25, p75, count }: Summary): string {
  return row(`  ${name}`, [ms(p50), ms(min), `${ms(p25)}–${ms(p75)}`, String(count)]);
}

/** Medians and minima divided; the quartiles are those of the single pairs' ratios. */
function ratio(name: string, { ratio: ofMedians, minRatio, pairRatio }: Comparison): string {
  const quartiles = `${pairRatio.p25.toFixed(3)}–${pairRatio.p75.toFixed(3)}`;
  const cells = [ofMedians.toFixed(3), minRatio.toFixed(3), quartiles, String(pairRatio.count)];
  return row(`  ${name}`, cells);
}

function row(name: string, cells: readonly string[]): string {
  return (
    name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join('')
  ).trimEnd();
}

function ms(value: number): string {
  return value.toFixed(2);
}
