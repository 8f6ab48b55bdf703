import { asAppError, withDetails } from '../core/errors.ts';
import { sha256Hex } from '../core/integrity/digest.ts';
import { limitOf } from '../core/limits.ts';
import { foundDetails } from './found-file.ts';
import { fetchSmall } from './json.ts';
import type { Catalog } from './types.ts';

/** A manifest as it came. */
export interface ManifestFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/** @throws AppError `manifest/too-large`, `download/…`. */
export async function fetchManifest(url: string, signal?: AbortSignal): Promise<ManifestFile> {
  const bytes = await fetchSmall(url, limitOf('manifestBytes'), signal);
  return { bytes, sha256: await sha256Hex(bytes) };
}

/** Reads a manifest; whatever is wrong with it or its entries tells of which file that was found. */
export async function readAbout(
  { bytes, sha256 }: ManifestFile,
  read: () => Catalog | Promise<Catalog>,
): Promise<Catalog> {
  const found = foundDetails({ sha256, bytes: bytes.length });
  try {
    const catalog = await read();
    return {
      ...catalog,
      problems: catalog.problems.map((problem) => withDetails(problem, found)),
    };
  } catch (thrown) {
    throw withDetails(asAppError(thrown), found);
  }
}
