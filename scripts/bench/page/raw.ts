import * as Comlink from 'comlink';
import { limitOf } from '../../../src/core/limits.ts';
import { allowOnlyScript } from '../../../src/engine/worker/trusted-types.ts';
import { loadRuntime } from '../../../src/models/runtime.ts';
import type { RawWorker } from './raw.worker.ts';
import rawWorkerUrl from './raw.worker.ts?worker&url';

/** Starts the raw worker on the same wasm binary and the same number of threads as the engine's. */
export async function startRaw(): Promise<Comlink.Remote<RawWorker>> {
  const url = new URL(rawWorkerUrl, window.location.href).href;
  // The page's policy `app` is the engine's; `default` is the other name that the CSP allows.
  allowOnlyScript(url);
  const raw = Comlink.wrap<RawWorker>(new Worker(url, { type: 'module', name: 'bench-raw' }));
  const { glueUrl, wasm } = await loadRuntime('wasm', window.location.origin, {});
  const threads = Math.min(limitOf('threads'), navigator.hardwareConcurrency);
  await raw.boot({ glueUrl, threads, wasmBinary: wasm.bytes });
  return raw;
}
