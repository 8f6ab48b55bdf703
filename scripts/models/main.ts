import { asAppError, AppError } from '../../src/core/errors.ts';
import { add } from './add.ts';
import type { Command } from './command.ts';
import { inspect } from './inspect.ts';
import { keygen } from './keygen.ts';
import { mirror } from './mirror.ts';
import { sign } from './sign.ts';
import { verify } from './verify.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({ keygen, add, sign, verify, mirror, inspect }),
);

function overview(): string {
  const width = Math.max(...[...COMMANDS.keys()].map(({ length }) => length));
  const lines = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'npm run models -- COMMAND …',
    '',
    ...lines,
    '',
    'npm run models -- COMMAND --help says more.',
  ].join('\n');
}

/** Runs a command line. @returns the exit code. */
export async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h') {
    console.log(overview());
    return 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    console.error(`There is no command “${name}”. Known: ${[...COMMANDS.keys()].join(', ')}.`);
    return 1;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (thrown) {
    const error = asAppError(thrown);
    console.error(error.message);
    // What is no AppError is a fault of this program: its origin helps whoever reports it.
    if (!(thrown instanceof AppError) && process.env['DEBUG']) console.error(thrown);
    return 1;
  }
}
