import type { Plugin } from 'vite';

/**
 * Writes `app-files.json` beside the page: the path of every script of the build. Workers, the runtime's glue and
 * its API are loaded when they are first needed; with this list the page can fetch them before the network goes.
 */
export function appFiles(): Plugin {
  return {
    name: 'app-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const scripts = Object.keys(bundle).filter((name) => name.endsWith('.js'));
        this.emitFile({
          type: 'asset',
          fileName: 'app-files.json',
          source: JSON.stringify({ version: 1, scripts: scripts.sort() }),
        });
      },
    },
  };
}
