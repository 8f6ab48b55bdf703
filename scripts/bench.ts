import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../src/core/errors.ts';
import {
  callBench,
  coldApp,
  inFreshContext,
  inFreshProfile,
  startBrowser,
} from './bench/browser.ts';
import { buildPage, PAGE_PATH } from './bench/build-page.ts';
import { gatherFacts } from './bench/facts.ts';
import { EXPECTED_LABEL, MODEL_ID, PICTURE_NAME, prepareModels, ROOT } from './bench/inputs.ts';
import { prepareLibrary } from './bench/library-inputs.ts';
import { planFor, type BenchPlan } from './bench/plan.ts';
import { reportLines, verdict } from './bench/report.ts';
import { waitForQuiet } from './bench/quiet.ts';
import { evaluate, type Measured, type Results } from './bench/results.ts';
import type { ColdSample, LibraryFiles } from './bench/samples.ts';
import { serveApp } from './serve-app.ts';

/*
 * `npm run bench`: what our worker path costs over a raw `session.run`, what verification costs over a load
 * without it, what the library does with a large model, and how long a first answer takes. A measurement, not a test:
 * a missed goal is said, not failed. `--quick` measures seldom, only to see that it works.
 */

const COLD_MODEL_ID = 'cifar_resnet20_v1';
const COLD_PICTURE = 'samples/airliner.png';
/** A copy of the build, so that a build made meanwhile does not change what is measured. */
const APP = join(ROOT, '.cache/bench-app');
const OUTPUT = 'bench-results/bench.json';
const QUICK_OUTPUT = 'bench-results/quick.json';

async function main(): Promise<void> {
  const plan = planFor(process.argv.slice(2));
  const models = prepareModels();
  const libraryFiles = prepareLibrary(models);
  rmSync(APP, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist'), APP, { recursive: true });
  const app = await serveApp({ dist: APP, host: '127.0.0.1', port: 0, models: null });
  const bench = await serveApp({ dist: await buildPage(), host: '127.0.0.1', port: 0, models });
  const browser = await startBrowser();
  try {
    const facts = gatherFacts(browser.version());
    const samples = await measure(browser, { app: app.url, bench: bench.url }, libraryFiles, plan);
    const results = evaluate(facts, plan.quick, samples);
    for (const line of reportLines(results)) console.log(line);
    write(results);
  } finally {
    await browser.close();
    for (const { server } of [app, bench]) server.close();
  }
}

async function measure(
  browser: Awaited<ReturnType<typeof startBrowser>>,
  urls: { readonly app: string; readonly bench: string },
  libraryFiles: LibraryFiles,
  plan: BenchPlan,
): Promise<Measured> {
  const url = urls.bench + PAGE_PATH;
  const target = { picture: `/operator-models/${PICTURE_NAME}`, modelId: MODEL_ID };
  const busy: Record<string, number> = {};
  const begin = async (part: string) => {
    console.error(`… ${part}`);
    busy[part] = await waitForQuiet();
  };
  const path = async (kind: 'submit' | 'session') => {
    await begin(`run, ${kind}`);
    const samples = await inFreshContext(browser, (page) =>
      callBench(page, url, 'path', kind, { ...target, ...plan.runs }),
    );
    if (samples.answer === EXPECTED_LABEL) return samples;
    throw new AppError(
      'app/bench-disagreement',
      `${PICTURE_NAME} was called “${samples.answer}”, not “${EXPECTED_LABEL}”: the bench does not measure what it should.`,
    );
  };
  const load = async (source: 'store' | 'network') => {
    await begin(`load, ${source}`);
    return inFreshProfile((page) =>
      callBench(page, url, 'load', source, { ...target, ...plan.loads }),
    );
  };
  const submit = await path('submit');
  const session = await path('session');
  const store = await load('store');
  const network = await load('network');
  await begin('library');
  const library = await inFreshProfile((page) =>
    callBench(page, url, 'library', { files: libraryFiles, ...plan.library }),
  );
  await begin('cold start');
  const cold = { app: [] as ColdSample[], engine: [] as ColdSample[] };
  for (let round = 0; round < plan.coldStarts; round += 1) {
    cold.app.push(await coldApp(browser, urls.app, join(APP, COLD_PICTURE), COLD_MODEL_ID));
    cold.engine.push(
      await inFreshContext(browser, (page) =>
        callBench(page, url, 'cold', `/${COLD_PICTURE}`, COLD_MODEL_ID),
      ),
    );
  }
  return {
    busy,
    submit,
    session,
    store,
    network,
    library,
    libraryFiles,
    coldApp: cold.app,
    coldEngine: cold.engine,
  };
}

function write(results: Results): void {
  const output = results.quick ? QUICK_OUTPUT : OUTPUT; // a quick look does not replace a measurement
  const file = join(ROOT, output);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${verdict(results)} All numbers: ${output}`);
}

try {
  await main();
} catch (thrown) {
  console.error(thrown instanceof AppError ? thrown.message : thrown);
  process.exitCode = 1;
}
