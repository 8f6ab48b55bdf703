import { describe, expect, it } from 'vitest';
import { reportLines, verdict } from './report.ts';
import { evaluate, type Measured } from './results.ts';

const FACTS = {
  date: '2026-01-01T00:00:00.000Z',
  cpu: 'a processor',
  cores: 2,
  chromium: '1',
  onnxruntimeWeb: '1',
  node: '1',
};

const PAIRS = { a: [100, 102, 104], b: [105, 107, 109] };
const PATH = {
  ...PAIRS,
  parts: {
    preprocess: [1, 1, 1],
    run: [100, 101, 102],
    postprocess: [1, 1, 1],
    boundary: [1, 1, 1],
  },
  decode: [],
  threads: 2,
  answer: 'Egyptian cat',
};
const LOAD = { bytes: PAIRS, ready: PAIRS, warm: PAIRS, bare: null };
const COLD = [{ totalMs: 900, readyMs: 200, stages: null }];
const FILE = { path: 'a.onnx', bytes: 50_000_000, sha256: '' };
const LIBRARY_GOALS = [
  'library: verified stored load / mere fetch',
  'library: inspection of 100 MB',
];

function measured(changed: Partial<Measured> = {}): Measured {
  return {
    busy: {},
    submit: PATH,
    session: PATH,
    store: LOAD,
    network: LOAD,
    library: {
      load: PAIRS,
      cached: PAIRS,
      digest: PAIRS,
      install: [1000, 500, 2000],
      inspect: [400, 410, 420],
    },
    libraryFiles: {
      model: FILE,
      labels: FILE,
      inspected: { ...FILE, bytes: 100_000_000 },
      input: 'data',
      output: 'features',
      side: 32,
    },
    coldApp: COLD,
    coldEngine: COLD,
    ...changed,
  };
}

function libraryGoals(changed: Partial<Measured> = {}) {
  const { goals } = evaluate(FACTS, false, measured(changed));
  return goals.filter(({ what }) => LIBRARY_GOALS.includes(what));
}

describe('evaluate', () => {
  it('holds the library’s load against a ratio and its inspection against a time', () => {
    expect(libraryGoals()).toMatchObject([
      { unit: 'ratio', value: 107 / 102, goal: 1.15, met: true, disturbed: false },
      { unit: 'ms', value: 410, goal: 500, met: true, disturbed: false },
    ]);
  });

  it('says which goals are missed', () => {
    const library = { ...measured().library, load: { a: [100], b: [116] }, inspect: [501] };
    expect(libraryGoals({ library }).map(({ met }) => met)).toEqual([false, false]);
  });

  it('calls a goal disturbed when others were at work, or when the times are far apart', () => {
    const disturbed = (changed: Partial<Measured>) =>
      libraryGoals(changed).map((goal) => goal.disturbed);
    expect(disturbed({ busy: { library: 0.5 } })).toEqual([true, true]);
    const library = { ...measured().library, inspect: [100, 200, 200] };
    expect(disturbed({ library })).toEqual([false, true]);
  });

  it('gives the throughput of the single installs in MB a second', () => {
    const { library } = evaluate(FACTS, false, measured());
    expect(library.throughput).toMatchObject({ min: 25, p50: 50, count: 3 });
  });
});

describe('reportLines', () => {
  it('shows every goal with its value, its limit and the verdict', () => {
    const text = reportLines(evaluate(FACTS, false, measured())).join('\n');
    expect(text).toMatch(/library: verified stored load \/ mere fetch +ratio 1\.049 +1\.15 +met/);
    expect(text).toMatch(/library: inspection of 100 MB +410 ms +500 ms +met/);
    expect(text).not.toContain('QUICK');
  });

  it('says that few measurements judge nothing', () => {
    expect(reportLines(evaluate(FACTS, true, measured())).join('\n')).toContain('QUICK');
  });
});

describe('verdict', () => {
  const of = (quick: boolean, changed: Partial<Measured> = {}) =>
    verdict(evaluate(FACTS, quick, measured(changed)));

  it('counts the missed goals, and says when others disturbed', () => {
    expect(of(false)).toBe('Every goal is met.');
    const library = { ...measured().library, inspect: [501] };
    expect(of(false, { library })).toBe('1 of 5 goals are not met.');
    expect(of(false, { busy: { library: 0.5 } })).toMatch(/met\. Other programs disturbed/);
  });

  it('gives none on few measurements', () => {
    expect(of(true)).not.toContain('met');
  });
});
