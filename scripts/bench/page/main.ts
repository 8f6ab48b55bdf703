import { createEngine } from '../../../src/engine/client/engine.ts';
import type { BenchPage } from '../samples.ts';
import { measureLibrary } from './library.ts';
import { measureLoad } from './load.ts';
import { findModel } from './models.ts';
import { measurePath } from './path.ts';

/*
 * The page that scripts/bench.ts drives: the app's own engine and library without its interface.
 */

const bench: BenchPage = {
  path: measurePath,
  load: measureLoad,
  library: measureLibrary,
  cold: async (picture, modelId) => {
    const readyMs = performance.now();
    const [model, blob] = await Promise.all([
      findModel(modelId),
      fetch(picture).then((response) => response.blob()),
    ]);
    const { times } = await createEngine().submit({ picture: blob, model, backend: 'auto' }).done;
    return { totalMs: performance.now(), readyMs, stages: times };
  },
};

Object.assign(globalThis, { bench });
