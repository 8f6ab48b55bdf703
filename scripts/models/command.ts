import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../../src/core/errors.ts';

/** One of the operator's commands. */
export interface Command {
  /** A few words for the overview. */
  readonly summary: string;
  /** The whole text of `--help`. */
  readonly help: string;
  /**
   * @returns the exit code.
   * @throws AppError whose sentence is printed; the exit code is 1 then.
   */
  readonly run: (args: readonly string[]) => Promise<number>;
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command line strictly.
 * @throws AppError `app/usage`.
 */
export function readArguments<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const known = Object.keys(options).map((name) => `--${name}`);
    throw usage(
      `${why.split('. ')[0] ?? why}.${known.length > 0 ? ` Known: ${known.join(', ')}.` : ''}`,
    );
  }
}

/** The one positional argument of a command. @throws AppError `app/usage`. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [value, ...more] = positionals;
  if (value !== undefined && more.length === 0) return value;
  throw usage(`One ${what} is wanted, and ${String(positionals.length)} were given.`);
}

/** A command line that makes no sense. */
export function usage(sentence: string): AppError {
  return new AppError('app/usage', `${sentence} --help says more.`);
}

/** A path as the person typed it: npm changes the working directory and keeps theirs in INIT_CWD. */
export function pathOf(text: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), text);
}
