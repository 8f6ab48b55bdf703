import type { AppError } from '../core/errors.ts';
import type { Grade } from '../core/integrity/provenance.ts';
import type { Signer } from '../core/manifest/signed.ts';
import type { ModelEntry } from '../tasks/registry.ts';

/** A model of the catalogue: what it declares and where its files are. */
export interface CatalogModel {
  readonly entry: ModelEntry;
  /** Where its files are. */
  readonly urls: ModelUrls;
  /**
   * `embedded`: part of this project; `operator`: added by whoever serves the page; `library`: installed from the
   * model library; `own`: a file of the person's own.
   */
  readonly collection: 'embedded' | 'operator' | 'library' | 'own';
  /** A when a trusted key signed the manifest; else what the entry says of itself, which is never A. */
  readonly grade: Grade;
  /** Who signed the manifest; null when nobody trusted did. */
  readonly signer: Signer | null;
}

/** Absolute URLs; null where a file is on this device only, or does not exist (a card). */
export interface ModelUrls {
  readonly model: string | null;
  readonly labels: string | null;
  readonly card: string | null;
}

/** Every model that can be chosen, and what was wrong with those that cannot. */
export interface Catalog {
  readonly models: readonly CatalogModel[];
  readonly problems: readonly AppError[];
  /** SHA-256 of withdrawn files, and who withdrew each, null where only an earlier visit knew: installed copies must go. */
  readonly revoked: ReadonlyMap<string, Signer | null>;
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
