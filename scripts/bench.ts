import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../src/core/errors.ts';
import { callBench, coldApp, startBrowser } from './bench/browser.ts';
import { buildPage, PAGE_PATH } from './bench/build-page.ts';
import { gatherFacts } from './bench/facts.ts';
import { EXPECTED_LABEL, MODEL_ID, PICTURE_NAME, prepareModels, ROOT } from './bench/inputs.ts';
import { reportLines } from './bench/report.ts';
import { waitForQuiet } from './bench/quiet.ts';
import { evaluate, type Measured, type Results } from './bench/results.ts';
import type { ColdSample } from './bench/samples.ts';
import { serveApp } from './serve-app.ts';

/*
 * `npm run bench`: what our worker path costs over a raw `session.run`, what verification costs over a load
 * without it, and how long a first answer takes. A measurement, not a test: a missed goal is said, not failed.
 */

const RUNS = { warmUps: 20, pairs: 200 };
const LOADS = { warmUps: 5, pairs: 100 };
const COLD_STARTS = 5;
const COLD_MODEL_ID = 'cifar_resnet20_v1';
const COLD_PICTURE = 'samples/airliner.png';
/** A copy of the build, so that a build made meanwhile does not change what is measured. */
const APP = join(ROOT, '.cache/bench-app');
const OUTPUT = join(ROOT, 'bench-results/bench.json');

async function main(): Promise<void> {
  const models = prepareModels();
  rmSync(APP, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist'), APP, { recursive: true });
  const app = await serveApp({ dist: APP, host: '127.0.0.1', port: 0, models: null });
  const bench = await serveApp({ dist: await buildPage(), host: '127.0.0.1', port: 0, models });
  const browser = await startBrowser();
  try {
    const facts = gatherFacts(browser.version());
    const samples = await measure(browser, app.url, bench.url);
    const results = evaluate(facts, samples);
    for (const line of reportLines(results)) console.log(line);
    write(results);
  } finally {
    await browser.close();
    for (const { server } of [app, bench]) server.close();
  }
}

async function measure(
  browser: Awaited<ReturnType<typeof startBrowser>>,
  appUrl: string,
  benchUrl: string,
): Promise<Measured> {
  const url = benchUrl + PAGE_PATH;
  const target = { picture: `/operator-models/${PICTURE_NAME}`, modelId: MODEL_ID };
  const busy: Record<string, number> = {};
  const begin = async (part: string) => {
    console.error(`… ${part}`);
    busy[part] = await waitForQuiet();
  };
  const path = async (kind: 'submit' | 'session') => {
    await begin(`run, ${kind}`);
    const samples = await callBench(browser, url, 'path', kind, { ...target, ...RUNS });
    if (samples.answer === EXPECTED_LABEL) return samples;
    throw new AppError(
      'app/bench-disagreement',
      `${PICTURE_NAME} was called “${samples.answer}”, not “${EXPECTED_LABEL}”: the bench does not measure what it should.`,
    );
  };
  const load = async (source: 'store' | 'network') => {
    await begin(`load, ${source}`);
    return callBench(browser, url, 'load', source, { ...target, ...LOADS });
  };
  const submit = await path('submit');
  const session = await path('session');
  const store = await load('store');
  const network = await load('network');
  await begin('cold start');
  const cold = { app: [] as ColdSample[], engine: [] as ColdSample[] };
  for (let round = 0; round < COLD_STARTS; round += 1) {
    cold.app.push(await coldApp(browser, appUrl, join(APP, COLD_PICTURE), COLD_MODEL_ID));
    cold.engine.push(await callBench(browser, url, 'cold', `/${COLD_PICTURE}`, COLD_MODEL_ID));
  }
  return { busy, submit, session, store, network, coldApp: cold.app, coldEngine: cold.engine };
}

function write(results: Results): void {
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, `${JSON.stringify(results, null, 2)}\n`);
  const { goals } = results;
  const missed = goals.filter(({ met }) => !met).length;
  console.log(
    `\n${missed === 0 ? 'Every goal is met.' : `${String(missed)} of ${String(goals.length)} goals are not met.`} All numbers: bench-results/bench.json`,
  );
  if (goals.some(({ disturbed }) => disturbed)) {
    console.log('Other programs disturbed the measurement: run it again on a quiet machine.');
  }
}

try {
  await main();
} catch (thrown) {
  console.error(thrown instanceof AppError ? thrown.message : thrown);
  process.exitCode = 1;
}
