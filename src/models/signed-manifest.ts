import { AppError, asAppError } from '../core/errors.ts';
import { limitOf } from '../core/limits.ts';
import type { TrustedKey } from '../core/manifest/config.ts';
import { checkFreshness, type Sequences } from '../core/manifest/freshness.ts';
import { checkSignature, signaturePath } from '../core/manifest/signed.ts';
import { fetchSmall, parseJson } from './json.ts';
import { readAbout, fetchManifest, type ManifestFile } from './manifest-file.ts';
import type { VerdictListener } from './manifest-verdict.ts';
import { parseManifest, readManifest, revocations } from './manifest.ts';
import type { Catalog, CatalogModel } from './types.ts';

/** What a signature is held against. */
export interface Trust {
  readonly trustedKeys: readonly TrustedKey[];
  readonly sequences: Sequences;
  readonly now: Date;
  /** Is told when the signature holds and the manifest is not too old. */
  readonly onVerdict?: VerdictListener | undefined;
}

/**
 * Loads a manifest that must be signed, and nothing of it is used unless it is.
 *
 * A manifest that is too old offers no models, but what it revokes stays revoked: a trusted key said so, and someone
 * who holds the new manifest back must not bring a withdrawn model back with it.
 * @throws AppError `integrity/unsigned`, `integrity/bad-signature`, `integrity/untrusted-key`, `manifest/…`,
 * `download/…`. `integrity/expired` and `integrity/rollback` are problems of the catalogue it returns.
 */
export async function loadSignedManifest(
  url: string,
  collection: CatalogModel['collection'],
  trust: Trust,
  signal?: AbortSignal,
): Promise<Catalog> {
  const file = await fetchManifest(url, signal);
  return readAbout(file, () => readSigned(file, url, collection, trust, signal));
}

async function readSigned(
  { bytes, sha256 }: ManifestFile,
  url: string,
  collection: CatalogModel['collection'],
  { trustedKeys, sequences, now, onVerdict }: Trust,
  signal?: AbortSignal,
): Promise<Catalog> {
  const signature = await fetchSignature(url, signal);
  const signer = await checkSignature(bytes, signature, trustedKeys, `The manifest ${url}`);
  const json = parseJson(bytes, url);
  const manifest = readManifest(json, url);
  try {
    await checkFreshness(manifest, signer, url, sequences, now);
  } catch (thrown) {
    return { models: [], problems: [asAppError(thrown)], revoked: revocations(manifest, signer) };
  }
  const file = { sha256, bytes: bytes.length };
  onVerdict?.({ subject: url, url, file, signer, code: null });
  return parseManifest(json, url, collection, signer);
}

async function fetchSignature(url: string, signal?: AbortSignal): Promise<unknown> {
  const beside = signaturePath(url);
  try {
    return parseJson(await fetchSmall(beside, limitOf('signatureBytes'), signal), beside);
  } catch (thrown) {
    const error = asAppError(thrown);
    const isMissing = error.details['status'] === 404 || error.code.startsWith('manifest/');
    if (!isMissing) throw error; // no connection, say: that is no verdict about the signature
    throw new AppError(
      'integrity/unsigned',
      `The manifest ${url} is refused: config.json says that it is signed, and there is no signature at ${beside}. Whoever runs this page must put it there; “npm run models -- sign” makes it.`,
      { retryable: true, details: { url }, cause: thrown },
    );
  }
}
