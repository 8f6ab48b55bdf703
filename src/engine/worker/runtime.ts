import type * as Ort from 'onnxruntime-web';
import { AppError } from '../../core/errors.ts';
import type { ExecutionProvider } from '../protocol.ts';
import type { BootRequest } from '../worker-protocol.ts';
import { allowOnlyScript } from './trusted-types.ts';

type OrtModule = typeof Ort;

/** The builds are imported when needed: a static import would load all three, and again in every thread. */
const IMPORTS: Readonly<Record<BootRequest['build'], () => Promise<OrtModule>>> = {
  wasm: () => import('onnxruntime-web/wasm'),
  jspi: () => import('onnxruntime-web/jspi'),
  asyncify: () => import('onnxruntime-web/webgpu'),
};

/** One onnxruntime-web in this worker, bound to one execution provider for life. */
export class Runtime {
  readonly ort: OrtModule;
  readonly ep: ExecutionProvider;
  readonly threads: number;

  private constructor(ort: OrtModule, ep: ExecutionProvider, threads: number) {
    this.ort = ort;
    this.ep = ep;
    this.threads = threads;
  }

  /**
   * Imports the build and hands it the verified binary; nothing else is fetched but its glue module.
   * @throws AppError `engine/boot-failed`.
   */
  static async boot(request: BootRequest): Promise<Runtime> {
    allowOnlyScript(request.glueUrl);
    const ort = await IMPORTS[request.build]();
    ort.env.logLevel = 'error';
    ort.env.wasm.wasmBinary = request.wasmBinary;
    ort.env.wasm.wasmPaths = { mjs: request.glueUrl };
    // Shared memory needs cross-origin isolation; without it the runtime would fall back with a warning only.
    const threads = self.crossOriginIsolated ? request.threads : 1;
    ort.env.wasm.numThreads = threads;
    return new Runtime(ort, request.ep, threads);
  }

  /**
   * Creates a session on this runtime's provider and on no other.
   * @throws AppError `engine/session-failed`, `engine/out-of-memory`.
   */
  async createSession(model: Uint8Array): Promise<Ort.InferenceSession> {
    try {
      return await this.ort.InferenceSession.create(model, {
        executionProviders: [this.ep],
        graphOptimizationLevel: 'all',
      });
    } catch (cause) {
      throw sessionError(cause, model.length);
    }
  }

  /** Settles, with the reason, when the GPU device is lost; never without WebGPU. */
  async deviceLost(): Promise<string> {
    if (this.ep !== 'webgpu') return new Promise<never>(() => undefined);
    const device = await this.ort.env.webgpu.device;
    const { reason, message } = await device.lost;
    return `${reason}: ${message}`;
  }
}

function sessionError(cause: unknown, modelBytes: number): AppError {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof RangeError || /out of memory|bad_alloc|allocat/i.test(text)) {
    return new AppError(
      'engine/out-of-memory',
      `There is not enough memory for this model (${modelBytes.toLocaleString('en')} bytes). Close other tabs or choose a smaller model.`,
      { retryable: true, details: { modelBytes, cause: text }, cause },
    );
  }
  return new AppError(
    'engine/session-failed',
    `The runtime could not build the model (${firstLine(text)}). Choose another backend or model.`,
    { details: { cause: text }, cause },
  );
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
