import type { AppError } from '../core/errors.ts';
import type { ModelEntry } from '../tasks/registry.ts';

/** A model of the catalogue: what it declares and where its files are. */
export interface CatalogModel {
  readonly entry: ModelEntry;
  /** Absolute URL of the folder that the entry's relative paths refer to, with a trailing slash. */
  readonly baseUrl: string;
  /** `embedded`: part of this project; `operator`: added by whoever serves the page. */
  readonly collection: 'embedded' | 'operator';
}

/** Every model that can be chosen, and what was wrong with those that cannot. */
export interface Catalog {
  readonly models: readonly CatalogModel[];
  readonly problems: readonly AppError[];
}

/** How a file's bytes were checked before use. */
export interface Verification {
  readonly sha256: string;
  readonly bytes: number;
  readonly from: 'network' | 'cache';
  /** 2 when the first bytes were wrong, discarded, and fetched again. */
  readonly attempts: number;
}

/** The builds of onnxruntime-web in use: CPU only, WebGPU with JSPI, WebGPU with asyncify. */
export type RuntimeBuild = 'wasm' | 'jspi' | 'asyncify';
