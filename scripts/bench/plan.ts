import { parseArgs } from 'node:util';
import { AppError, asAppError } from '../../src/core/errors.ts';

/** Pairs of measurements, after some that are thrown away. */
interface PairCount {
  readonly warmUps: number;
  readonly pairs: number;
}

/** How often each thing is measured. */
export interface BenchPlan {
  /** Too few to judge a goal by: only to see that the bench works. */
  readonly quick: boolean;
  readonly runs: PairCount;
  readonly loads: PairCount;
  readonly library: PairCount & { readonly installs: number; readonly inspections: number };
  readonly coldStarts: number;
}

const FULL: BenchPlan = {
  quick: false,
  runs: { warmUps: 20, pairs: 200 },
  loads: { warmUps: 5, pairs: 100 },
  library: { warmUps: 3, pairs: 30, installs: 5, inspections: 5 },
  coldStarts: 5,
};

const QUICK: BenchPlan = {
  quick: true,
  runs: { warmUps: 2, pairs: 10 },
  loads: { warmUps: 1, pairs: 5 },
  library: { warmUps: 1, pairs: 5, installs: 3, inspections: 5 },
  coldStarts: 1,
};

/**
 * What `npm run bench -- …` asks for: nothing, or `--quick`.
 * @throws AppError `app/bench-usage`.
 */
export function planFor(args: readonly string[]): BenchPlan {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean', default: false } },
    });
    return values.quick ? QUICK : FULL;
  } catch (thrown) {
    throw new AppError(
      'app/bench-usage',
      `The bench knows one option, --quick (few measurements, to see that it works). ${asAppError(thrown).message}`,
      { cause: thrown },
    );
  }
}
