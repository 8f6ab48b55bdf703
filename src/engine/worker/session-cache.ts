import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { AppError } from '../../core/errors.ts';
import type { RgbImage } from '../../core/image/pixels.ts';
import type { Golden } from '../../core/manifest/schema.ts';
import { goldenInput } from '../../tasks/shared/golden-input.ts';
import { prepareInput } from '../../tasks/shared/prepare-input.ts';
import { postprocess, type ModelEntry } from '../../tasks/registry.ts';
import type { OutputTensors } from '../../tasks/types.ts';
import type { OpenReport, OpenRequest, RunRequest, RunResult } from '../worker-protocol.ts';
import { checkContract } from './contract.ts';
import type { Runtime } from './runtime.ts';
import { compareGolden } from './self-test.ts';
import { readOutputs } from './tensors.ts';

/** Noise for models without a golden answer. */
const WARM_UP: Golden = { generator: 'lcg-u8', seed: 1, runtime: 'none', outputs: [] };

interface OpenModel {
  readonly entry: ModelEntry;
  readonly labels: readonly string[];
  readonly session: InferenceSession;
}

interface InputTensor {
  readonly data: Float32Array<ArrayBuffer>;
  readonly dims: readonly number[];
}

/**
 * The open models of one runtime, by the page's key for each declaration. The page decides what is opened and released;
 * calls must not overlap (two runs at once wedge WebGPU), which the page's serial queue sees to.
 */
export class SessionCache {
  readonly #runtime: Runtime;
  readonly #open = new Map<string, OpenModel>();
  #lost: Promise<never> | undefined;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /**
   * Creates a session and runs it once: on the manifest's golden input, whose answer must match, or else on the
   * same generated noise merely to warm it up (WebGPU compiles its shaders then).
   * @throws AppError `engine/session-failed`, `engine/contract-mismatch`, `engine/self-test-failed`.
   */
  async open({ key, entry, model, labels }: OpenRequest): Promise<OpenReport> {
    const session = await this.#runtime.createSession(model);
    this.#lost ??= this.#watchDevice();
    try {
      const input = goldenInput(entry.golden ?? WARM_UP, entry.input);
      checkContract(session, entry, input.dims);
      const outputs = await this.#infer(session, entry, input);
      const selfTest = entry.golden ? compareGolden(outputs, entry.golden) : null;
      this.#open.set(key, { entry, labels, session });
      return { selfTest };
    } catch (thrown) {
      await session.release();
      throw thrown;
    }
  }

  /** @throws AppError `engine/not-open`, `engine/device-lost`, `engine/run-failed`, `engine/bad-output`. */
  async run({ key, image }: RunRequest): Promise<RunResult> {
    const open = this.#open.get(key);
    if (!open) {
      throw new AppError(
        'engine/not-open',
        'The model is not open any more. Run the picture again.',
        {
          retryable: true,
        },
      );
    }
    return this.#runOpen(open, image);
  }

  /** Gives a model's memory back to the runtime. Unknown ones are no error. */
  async release(key: string): Promise<void> {
    const open = this.#open.get(key);
    this.#open.delete(key);
    await open?.session.release();
  }

  async #runOpen({ entry, labels, session }: OpenModel, image: RgbImage): Promise<RunResult> {
    const started = performance.now();
    const input = prepareInput(image, entry.input);
    const prepared = performance.now();
    const outputs = await this.#infer(session, entry, input);
    const inferred = performance.now();
    const answer = postprocess(entry, outputs, labels, input.geometry);
    return {
      answer,
      preprocessMs: prepared - started,
      runMs: inferred - prepared,
      postprocessMs: performance.now() - inferred,
    };
  }

  async #infer(
    session: InferenceSession,
    entry: ModelEntry,
    input: InputTensor,
  ): Promise<OutputTensors> {
    const { Tensor: OrtTensor } = this.#runtime.ort;
    const tensor: Tensor = new OrtTensor('float32', input.data, input.dims);
    const running = session.run({ [entry.input.name]: tensor });
    const results = await Promise.race([running, this.#lost ?? running]).catch((cause: unknown) => {
      throw runError(cause);
    });
    return readOutputs(results);
  }

  async #watchDevice(): Promise<never> {
    const reason = await this.#runtime.deviceLost();
    throw deviceLost(reason);
  }
}

function deviceLost(reason: string): AppError {
  return new AppError(
    'engine/device-lost',
    'The graphics device was lost during the run (a driver reset or another program took it). Run the picture again; a new engine is started for it.',
    { retryable: true, details: { reason } },
  );
}

function runError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (/device.*lost|lost.*device|mapAsync|GPUBuffer.*destroyed/i.test(text))
    return deviceLost(text);
  return new AppError(
    'engine/run-failed',
    `The run failed in the runtime (${(text.split('\n')[0] ?? '').slice(0, 200)}). Run the picture again or choose another backend.`,
    { retryable: true, details: { cause: text.slice(0, 1000) }, cause },
  );
}
