import * as Comlink from 'comlink';
import { AppError, asAppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import type { RgbImage } from '../../core/image/pixels.ts';
import { declarationKey } from '../../models/declaration.ts';
import type { CatalogModel, Verification } from '../../models/types.ts';
import { avoidGpuBecause } from '../../tasks/registry.ts';
import type { BackendChoice, BackendReport, Progress, SelfTest } from '../protocol.ts';
import type { EngineWorker, RunResult } from '../worker-protocol.ts';
import { loadAssets } from './assets.ts';
import { planBackend, samePlace, wasmPlan, type BackendPlan } from './backend-plan.ts';
import type { Stopwatch } from './stopwatch.ts';
import { WorkerHost } from './worker-host.ts';

/** A session that is ready to run, and how it came to be. */
export interface ReadyModel {
  readonly backend: BackendReport;
  readonly verification: Verification;
  readonly selfTest: SelfTest | null;
}

/** What a job brings along while its model is made ready. */
export interface PrepareContext {
  readonly signal: AbortSignal;
  readonly stopwatch: Stopwatch;
  readonly onProgress: (progress: Progress) => void;
}

interface Booted {
  readonly host: WorkerHost<EngineWorker>;
  readonly plan: BackendPlan;
  readonly threads: number;
  /** Open models by {@link declarationKey}, least recently used first. */
  readonly open: Map<string, Omit<ReadyModel, 'backend'>>;
}

/** Errors after which `auto` tries WebAssembly: the GPU cannot do this model, here and now. */
const GPU_FAILURES: ReadonlySet<string> = new Set([
  'engine/boot-failed',
  'engine/session-failed',
  'engine/self-test-failed',
  'engine/run-failed',
  'engine/device-lost',
]);

/**
 * Owns the engine worker: makes it, gives it verified bytes, replaces it when it dies or another backend is
 * wanted. Not re-entrant: its owner's serial queue makes one call at a time.
 */
export class SessionHost {
  #booted: Booted | null = null;
  /** The worker that calls are going to at this moment, booted or not. */
  #current: WorkerHost<EngineWorker> | null = null;
  readonly #gpuFailed = new Map<string, string>();

  /** Terminates the worker, whatever it does; the next {@link prepare} makes a new one. */
  end(reason: AppError): void {
    this.#current?.end(reason);
    this.#current = null;
    this.#booted = null;
  }

  /**
   * Makes a model ready: probes, plans, loads, verifies, boots, opens, self-tests; as much of it as is missing.
   * @throws AppError `engine/…`, `integrity/…`, `download/…`.
   */
  async prepare(
    model: CatalogModel,
    choice: BackendChoice,
    context: PrepareContext,
  ): Promise<ReadyModel> {
    const plan = await this.#plan(model, choice);
    try {
      return await this.#ready(model, plan, context);
    } catch (thrown) {
      const retry = this.#retryPlan(model, choice, plan, asAppError(thrown));
      if (!retry || context.signal.aborted) throw thrown;
      return this.#ready(model, retry, context);
    }
  }

  /** Runs an upright picture through a model that {@link prepare} made ready. The pixels are transferred. */
  async run(model: CatalogModel, image: RgbImage): Promise<RunResult> {
    const booted = this.#booted;
    if (!booted) {
      throw new AppError('engine/not-booted', 'The engine is not running. Try again.', {
        retryable: true,
      });
    }
    try {
      return await booted.host.call(
        (api) =>
          api.run(
            Comlink.transfer({ key: declarationKey(model.entry), image }, [image.data.buffer]),
          ),
        { deadlineMs: limitOf('runMs'), onLate: () => tooLong('The run', limitOf('runMs')) },
      );
    } catch (thrown) {
      // A runtime that lost its device or failed in a run is not used again: it may hang or answer wrongly.
      if (booted.plan.ep === 'webgpu') this.end(asAppError(thrown));
      throw thrown;
    }
  }

  async #plan(model: CatalogModel, choice: BackendChoice): Promise<BackendPlan> {
    const threads = Math.min(limitOf('threads'), navigator.hardwareConcurrency);
    const probe = choice === 'wasm' ? null : await this.#probe();
    return planBackend({
      choice,
      probe,
      threads,
      avoidGpuBecause:
        this.#gpuFailed.get(declarationKey(model.entry)) ?? avoidGpuBecause(model.entry),
    });
  }

  async #probe() {
    const host = await this.#liveHost();
    return host.call((api) => api.probe(), {
      deadlineMs: limitOf('probeMs'),
      onLate: () => tooLong('Asking for a GPU', limitOf('probeMs')),
    });
  }

  async #ready(
    model: CatalogModel,
    plan: BackendPlan,
    context: PrepareContext,
  ): Promise<ReadyModel> {
    const { entry } = model;
    const { signal, stopwatch, onProgress } = context;
    if (this.#booted && (!this.#booted.host.alive || !samePlace(this.#booted.plan, plan))) {
      this.end(replaced());
    }
    const key = declarationKey(model.entry);
    const known = this.#booted?.open.get(key);
    if (this.#booted && known) {
      touch(this.#booted.open, key, known);
      return { backend: report(plan, this.#booted.threads), ...known };
    }
    const build = this.#booted ? null : plan.build;
    const assets = await stopwatch.measure('verify', () =>
      loadAssets(model, build, signal, onProgress),
    );
    onProgress({ stage: 'load' });
    return stopwatch.measure('load', async () => {
      const booted = this.#booted ?? (await this.#boot(plan, assets.runtime));
      await makeRoom(booted);
      const { selfTest } = await booted.host.call(
        (api) =>
          api.open(
            Comlink.transfer({ key, entry, model: assets.model.bytes, labels: assets.labels }, [
              assets.model.bytes.buffer,
            ]),
          ),
        loadCall(),
      );
      const opened = { verification: assets.model.verification, selfTest };
      booted.open.set(key, opened);
      return { backend: report(plan, booted.threads), ...opened };
    });
  }

  async #boot(plan: BackendPlan, runtime: ModelRuntime): Promise<Booted> {
    if (!runtime) throw new AppError('engine/boot-failed', 'The runtime is missing. Try again.');
    const host = await this.#liveHost();
    const { threads } = await host.call(
      (api) =>
        api.boot(
          Comlink.transfer(
            {
              ep: plan.ep,
              build: plan.build,
              threads: plan.threads,
              glueUrl: runtime.glueUrl,
              wasmBinary: runtime.wasm.bytes,
            },
            [runtime.wasm.bytes.buffer],
          ),
        ),
      loadCall(),
    );
    this.#booted = { host, plan, threads, open: new Map() };
    return this.#booted;
  }

  async #liveHost(): Promise<WorkerHost<EngineWorker>> {
    if (this.#current?.alive) return this.#current;
    this.#booted = null;
    this.#current = new WorkerHost<EngineWorker>('engine');
    await this.#current.watch((api, lock) => api.holdLifeLock(lock));
    return this.#current;
  }

  /** The plan to try after a failure, or null when the failure stands. */
  #retryPlan(
    model: CatalogModel,
    choice: BackendChoice,
    failed: BackendPlan,
    error: AppError,
  ): BackendPlan | null {
    if (choice === 'auto' && failed.ep === 'webgpu' && GPU_FAILURES.has(error.code)) {
      const because = `WebGPU failed for this model (${error.code})`;
      this.#gpuFailed.set(declarationKey(model.entry), because);
      return wasmPlan(failed.threads, `WebAssembly, because ${because}.`);
    }
    if (error.code === 'engine/out-of-memory' && failed.threads > 1) {
      // Shared memory for threads needs one large piece of address space; iOS often has none left.
      this.end(error);
      return { ...failed, threads: 1, reason: `${failed.reason} One thread, to save memory.` };
    }
    return null;
  }
}

type ModelRuntime = Awaited<ReturnType<typeof loadAssets>>['runtime'];

/** Releases the least recently used sessions until one more fits. */
async function makeRoom({ host, open }: Booted): Promise<void> {
  while (open.size >= limitOf('cachedSessions')) {
    const [oldest] = open.keys();
    if (oldest === undefined) return;
    open.delete(oldest);
    await host.call((api) => api.release(oldest), loadCall());
  }
}

function touch<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
}

function report(plan: BackendPlan, threads: number): BackendReport {
  return {
    ep: plan.ep,
    threads,
    runtime: plan.build,
    reason: plan.reason,
    adapter: plan.adapter,
  };
}

function loadCall() {
  const deadlineMs = limitOf('loadMs');
  return { deadlineMs, onLate: () => tooLong('Preparing the model', deadlineMs) };
}

function tooLong(what: string, limitMs: number): AppError {
  return new AppError(
    'engine/deadline',
    `${what} took longer than ${String(limitMs / 1000)} s and was stopped; a new engine is started for the next picture. Try a smaller model or another backend.`,
    { retryable: true, details: { limitMs } },
  );
}

function replaced(): AppError {
  return new AppError('engine/replaced', 'The engine was restarted for another backend.', {
    retryable: true,
  });
}
