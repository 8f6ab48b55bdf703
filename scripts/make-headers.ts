import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../src/core/errors.ts';
import { contentSecurityPolicy, headersFile, PUBLIC, readConfig } from './headers.ts';

/*
 * `npm run headers [-- DIR]`: writes `_headers` for the `config.json` of the same folder, `public/` when none is
 * named, and prints the policy for servers that are configured by hand.
 */

const folder = resolve(process.argv[2] ?? PUBLIC);
try {
  const config = readConfig(folder);
  writeFileSync(join(folder, '_headers'), headersFile(config));
  console.log(`Content-Security-Policy: ${contentSecurityPolicy(config)}`);
} catch (thrown) {
  if (!(thrown instanceof AppError)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 1;
}
