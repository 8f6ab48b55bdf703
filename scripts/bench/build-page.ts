import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './inputs.ts';

/** Where the bench page is in its build. */
export const PAGE_PATH = 'scripts/bench/page/index.html';

/**
 * Builds the bench page with the app's own Vite configuration: the same engine, minified and split as in the app.
 * @returns the folder it is in.
 */
export async function buildPage(): Promise<string> {
  const outDir = join(ROOT, '.cache/bench');
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(ROOT, PAGE_PATH) } },
  });
  return outDir;
}
