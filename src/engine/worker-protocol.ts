import type { Wire } from '../core/errors.ts';
import type { RgbImage } from '../core/image/pixels.ts';
import type { PictureHeader, Size } from '../core/image/types.ts';
import type { RuntimeBuild } from '../models/types.ts';
import type { ModelEntry, TaskAnswer } from '../tasks/registry.ts';
import type { ExecutionProvider, SelfTest } from './protocol.ts';

/*
 * The only types that cross the worker boundaries. Every method answers with a Wire envelope, so that an error's
 * code, retryability and details survive; Comlink alone would keep only its text.
 */

/** What the engine worker is told before anything else. */
export interface BootRequest {
  readonly ep: ExecutionProvider;
  readonly build: RuntimeBuild;
  readonly glueUrl: string;
  /** Verified on the page; transferred. */
  readonly wasmBinary: Uint8Array<ArrayBuffer>;
  readonly threads: number;
}

export interface BootReport {
  /** Threads the runtime really uses. */
  readonly threads: number;
}

export interface OpenRequest {
  /** Under which the session is run and released: one for each declaration, see declarationKey. */
  readonly key: string;
  readonly entry: ModelEntry;
  /** Verified on the page; transferred. */
  readonly model: Uint8Array<ArrayBuffer>;
  readonly labels: readonly string[];
}

export interface OpenReport {
  readonly selfTest: SelfTest | null;
}

export interface RunRequest {
  /** Of an open session. */
  readonly key: string;
  /** Upright picture; its pixels are transferred. */
  readonly image: RgbImage;
}

export interface RunResult {
  readonly answer: TaskAnswer;
  readonly preprocessMs: number;
  readonly runMs: number;
  readonly postprocessMs: number;
}

/** What a probe of `navigator.gpu` in a worker found. */
export interface GpuProbe {
  /** The adapter's own words, e.g. "google swiftshader"; null when there is no adapter. */
  readonly adapter: string | null;
  /** True when the adapter computes on the CPU: correct, but slower than WebAssembly. */
  readonly software: boolean;
  /** True when WebAssembly can suspend (JSPI), which the better WebGPU build needs. */
  readonly jspi: boolean;
}

/** The engine worker: one runtime, one execution provider, a few sessions, one run at a time. */
export interface EngineWorker {
  readonly holdLifeLock: (name: string) => Promise<void>;
  readonly probe: () => Promise<Wire<GpuProbe>>;
  readonly boot: (request: BootRequest) => Promise<Wire<BootReport>>;
  readonly open: (request: OpenRequest) => Promise<Wire<OpenReport>>;
  readonly run: (request: RunRequest) => Promise<Wire<RunResult>>;
  readonly release: (key: string) => Promise<Wire<null>>;
}

export interface DecodeRequest {
  readonly picture: Blob;
  readonly header: PictureHeader;
  /** Longest side of the preview in px. */
  readonly previewSide: number;
}

export interface DecodedPicture {
  readonly image: RgbImage;
  readonly size: Size;
  readonly alpha: 'none' | 'dropped' | 'dropped-premultiplied';
  /** Upright, transferred. */
  readonly preview: ImageBitmap;
}

/** The decode worker: decodes one picture and is thrown away. */
export interface DecodeWorker {
  readonly decode: (request: DecodeRequest) => Promise<Wire<DecodedPicture>>;
}
