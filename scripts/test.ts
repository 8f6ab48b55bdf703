import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';

/*
 * `npm test`: every check in order, each to its end even when one before it failed, then the totals of the two
 * test runners added up, as the last line.
 */

const root = resolve(import.meta.dirname, '..');
const REPORTS = resolve(root, 'test-results');
const UNIT_REPORT = resolve(REPORTS, 'unit.json');
const E2E_REPORT = resolve(REPORTS, 'e2e.json');

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const STEPS: readonly Step[] = [
  { name: 'lint', command: ['npx', 'eslint', '.', '--max-warnings=0'] },
  { name: 'format', command: ['npx', 'prettier', '--check', '--log-level=warn', '.'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'unused code', command: ['npx', 'knip'] },
  {
    name: 'unit tests',
    command: [
      'npx',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${UNIT_REPORT}`,
    ],
  },
  { name: 'build', command: ['npx', 'vite', 'build', '--logLevel=warn'] },
  { name: 'size budget', command: ['npx', 'tsx', 'scripts/size-budget.ts'] },
  {
    name: 'end-to-end tests',
    command: ['npx', 'playwright', 'test'],
  },
];

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const unitSchema = v.pipe(
  v.object({
    numPassedTests: v.number(),
    numFailedTests: v.number(),
    numPendingTests: v.number(),
    numFailedTestSuites: v.number(),
    success: v.boolean(),
  }),
  v.transform((report): Totals => ({
    passed: report.numPassedTests,
    // A suite that cannot even be loaded has no failed test but is a failure all the same.
    failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
    skipped: report.numPendingTests,
  })),
);

const e2eSchema = v.pipe(
  v.object({
    stats: v.object({
      expected: v.number(),
      unexpected: v.number(),
      flaky: v.number(),
      skipped: v.number(),
    }),
    errors: v.array(v.unknown()),
  }),
  v.transform(({ stats, errors }): Totals => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  })),
);

/** A report that is missing or malformed means that its runner did not finish: one failure. */
function readTotals(file: string, schema: v.GenericSchema<unknown, Totals>): Totals {
  try {
    return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    console.error(`No usable report at ${file}: ${String(thrown)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function runStep({ name, command: [program, ...args] }: Step): boolean {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  return status === 0;
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const failedSteps = STEPS.filter((step) => !runStep(step)).map((step) => step.name);
const reports = [readTotals(UNIT_REPORT, unitSchema), readTotals(E2E_REPORT, e2eSchema)];
const sum = (pick: (totals: Totals) => number) => reports.map(pick).reduce((a, b) => a + b, 0);

console.log(
  failedSteps.length === 0 ? '\nEvery check passed.' : `\nFailed: ${failedSteps.join(', ')}.`,
);
console.log(
  'Known vulnerabilities of dependencies: not scanned (the advisory service needs a network).',
);
const failed = sum((totals) => totals.failed);
console.log(
  `${String(sum((totals) => totals.passed))} passed, ${String(failed)} failed, ${String(sum((totals) => totals.skipped))} skipped`,
);
process.exitCode = failedSteps.length === 0 && failed === 0 ? 0 : 1;
