import type { PictureHeader, Size } from '../core/image/types.ts';
import type { CatalogModel, RuntimeBuild, Verification } from '../models/types.ts';
import type { TaskAnswer } from '../tasks/registry.ts';

/** What the person asked for. `auto` takes WebGPU where a real adapter answers, else WebAssembly. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** What really ran. */
export type ExecutionProvider = 'webgpu' | 'wasm';

/** The backend behind an answer, as probed and created: never what was merely asked for. */
export interface BackendReport {
  readonly ep: ExecutionProvider;
  /** WebAssembly threads the runtime has (1 = no cross-origin isolation or one core). */
  readonly threads: number;
  /** Which onnxruntime-web build runs. */
  readonly runtime: RuntimeBuild;
  /** A sentence: why this backend and why not the other. */
  readonly reason: string;
  /** The GPU adapter's own name, when WebGPU runs. */
  readonly adapter: string | null;
}

/** The stages of a job in the order they happen. */
export const STAGES = ['verify', 'load', 'decode', 'preprocess', 'run', 'postprocess'] as const;
export type Stage = (typeof STAGES)[number];

/** Milliseconds a stage took in this job; null when it was not needed (the model was ready already). */
export type StageTimes = Readonly<Record<Stage, number | null>>;

/** What a waiting person is told. */
export type Progress =
  | { readonly stage: 'queued'; readonly ahead: number }
  | {
      readonly stage: 'verify';
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly what: string;
    }
  | { readonly stage: Exclude<Stage, 'verify'> };

/** Outcome of the manifest's golden input run through the new session. */
export interface SelfTest {
  readonly maxError: number;
  readonly tolerance: number;
}

/** Everything an answer comes with. */
export interface RunReport {
  readonly answer: TaskAnswer;
  readonly header: PictureHeader;
  /** The upright picture's size: the pixels that boxes refer to. */
  readonly size: Size;
  /** `dropped`: the file had transparency and its raw colours were used; `none`: it had none. */
  readonly alpha: 'none' | 'dropped' | 'dropped-premultiplied';
  readonly backend: BackendReport;
  readonly times: StageTimes;
  /** From its turn in the queue to its answer, ms. Less than the stages' sum: decoding and loading overlap. */
  readonly totalMs: number;
  readonly verification: Verification;
  readonly selfTest: SelfTest | null;
}

/** One picture for one model. */
export interface JobRequest {
  readonly picture: Blob;
  readonly model: CatalogModel;
  readonly backend: BackendChoice;
}

export interface JobHooks {
  readonly onProgress?: (progress: Progress) => void;
  /** The decoded, upright picture for the screen, at most `LIMITS.previewSide` long. The receiver owns (closes) it. */
  readonly onPreview?: (preview: ImageBitmap) => void;
}

/** A job under way. `done` rejects with AppError only (`intake/…`, `integrity/…`, `download/…`, `engine/…`). */
export interface Job {
  readonly done: Promise<RunReport>;
  /** The person stops it: a queued job leaves the queue, a running one ends with its worker; `engine/cancelled`. */
  readonly cancel: () => void;
  /** Nobody needs the answer any more: a queued job leaves the queue, a running one is let finish. */
  readonly withdraw: () => void;
}

/** The page's side of the engine. */
export interface Engine {
  /** Queues a job. A refused one rejects at once (`engine/queue-full`, retryable, with retryAfterMs). */
  readonly submit: (request: JobRequest, hooks?: JobHooks) => Job;
}
