import { ORT_BUILDS } from 'virtual:ort-runtime';
import type { RuntimeBuild } from './types.ts';
import { loadVerified, type LoadOptions, type PinnedAsset, type Verified } from './verify.ts';

export interface VerifiedRuntime {
  readonly build: RuntimeBuild;
  readonly glueUrl: string;
  readonly wasm: Verified;
}

/** Size of a build's wasm binary in bytes. */
export function runtimeBytes(build: RuntimeBuild): number {
  return ORT_BUILDS[build].bytes;
}

/** SHA-256 of every build's wasm binary, as pinned when the app was built. */
export function runtimeDigests(): readonly string[] {
  return Object.values(ORT_BUILDS).map((build) => build.sha256);
}

/** A build's wasm binary as pinned when the app was built. */
export function pinnedRuntime(build: RuntimeBuild, origin: string): PinnedAsset {
  const { wasmUrl, bytes, sha256 } = ORT_BUILDS[build];
  return { what: 'the inference runtime', url: new URL(wasmUrl, origin).href, bytes, sha256 };
}

/**
 * Loads a build's wasm binary and checks it against the digest pinned at build time.
 * @throws AppError as {@link loadVerified}.
 */
export async function loadRuntime(
  build: RuntimeBuild,
  origin: string,
  options: LoadOptions,
): Promise<VerifiedRuntime> {
  const wasm = await loadVerified(pinnedRuntime(build, origin), options);
  return { build, glueUrl: new URL(ORT_BUILDS[build].glueUrl, origin).href, wasm };
}
