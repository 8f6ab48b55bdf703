import * as Comlink from 'comlink';
import type * as Ort from 'onnxruntime-web';
import { AppError } from '../../../src/core/errors.ts';
import { allowOnlyScript } from '../../../src/engine/worker/trusted-types.ts';

/*
 * onnxruntime-web with nothing of ours around it: the measure of what our own path costs.
 */

export interface RawBoot {
  readonly glueUrl: string;
  readonly wasmBinary: Uint8Array<ArrayBuffer>;
  readonly threads: number;
}

export interface RawInput {
  readonly name: string;
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: readonly number[];
}

export interface RawRun {
  /** `session.run` alone. */
  readonly ms: number;
  /** Index of the largest value of the first output. */
  readonly top: number;
}

export interface RawWorker {
  readonly boot: (request: RawBoot) => Promise<void>;
  readonly open: (model: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly setInput: (input: RawInput) => void;
  readonly run: () => Promise<RawRun>;
  readonly close: () => Promise<void>;
}

let ort: typeof Ort | null = null;
let session: Ort.InferenceSession | null = null;
let feeds: Record<string, Ort.Tensor> = {};

function need<T>(value: T | null): T {
  if (value === null) throw new AppError('app/bench-order', 'The raw worker is not ready.');
  return value;
}

const api: RawWorker = {
  boot: async ({ glueUrl, wasmBinary, threads }) => {
    allowOnlyScript(glueUrl);
    ort = await import('onnxruntime-web/wasm');
    ort.env.logLevel = 'error';
    ort.env.wasm.wasmBinary = wasmBinary;
    ort.env.wasm.wasmPaths = { mjs: glueUrl };
    ort.env.wasm.numThreads = threads;
  },
  open: async (model) => {
    session = await need(ort).InferenceSession.create(model, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
    });
  },
  setInput: ({ name, data, dims }) => {
    feeds = { [name]: new (need(ort).Tensor)('float32', data, dims) };
  },
  run: async () => {
    const open = need(session);
    const started = performance.now();
    const results = await open.run(feeds);
    const ms = performance.now() - started;
    const scores = results[open.outputNames[0] ?? '']?.data as Float32Array;
    const top = scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));
    for (const tensor of Object.values(results)) tensor.dispose();
    return { ms, top };
  },
  close: async () => {
    await need(session).release();
    session = null;
  },
};

Comlink.expose(api);
