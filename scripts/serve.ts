import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../src/core/errors.ts';
import { serveApp } from './serve-app.ts';

/*
 * `npm start -- [--models DIR] [--port N] [--host ADDRESS]`: serves the production build and prints its URL.
 */

const OPTIONS = {
  models: { type: 'string' },
  port: { type: 'string', default: process.env['PORT'] ?? '4173' },
  host: { type: 'string', default: '127.0.0.1' },
} as const;

/** The command line, or an end with one sentence. */
function readArguments() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    console.error(`${why.split('. ')[0] ?? why}. Known: --models DIR, --port N, --host ADDRESS.`);
    process.exit(1);
  }
}

const values = readArguments();

const dist = resolve(import.meta.dirname, '../dist');
const models = values.models === undefined ? null : resolve(values.models);
const port = Number(values.port);

if (models !== null && !existsSync(join(models, 'index.json'))) {
  fail(`${models} has no index.json. --models wants a folder of models with its manifest.`);
} else if (values.port.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
  fail(`--port wants a number from 0 to 65535, not “${values.port}”.`);
} else {
  try {
    const { url } = await serveApp({ dist, host: values.host, port, models });
    console.log(`Gluon Lens is at ${url}`);
    if (models !== null) console.log(`with the models of ${models}`);
    console.log('Stop it with Ctrl+C.');
  } catch (thrown) {
    const busy = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
    if (thrown instanceof AppError) fail(thrown.message);
    else
      fail(
        busy
          ? `Port ${String(port)} is taken. Choose another: npm start -- --port ${String(port + 1)}`
          : `The server could not start: ${String(thrown)}`,
      );
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
