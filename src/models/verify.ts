import { AppError, asAppError, withMessage, type ErrorCode } from '../core/errors.ts';
import { sha256Hex } from '../core/integrity/digest.ts';
import type { Grade } from '../core/integrity/provenance.ts';
import { describeWrongFile } from '../core/integrity/wrong-file.ts';
import { download } from './download.ts';
import { foundFile, type FoundFile } from './found-file.ts';
import { isRefusal } from './refusals.ts';
import { discardStored, keepStored, readStored } from './store.ts';
import type { ChunkDigests } from './library/types.ts';
import type { Verification } from './types.ts';

/** A file that is named together with its size and digest. */
export interface PinnedAsset {
  /** As a sentence calls it: "the model CIFAR ResNet-20". */
  readonly what: string;
  /** Null for a file of the person's own: it is in the store or nowhere. */
  readonly url: string | null;
  readonly bytes: number;
  readonly sha256: string;
  /** Digests of its pieces, where the manifest has them. */
  readonly chunks?: ChunkDigests | undefined;
  /** It is read and never run, as labels are. */
  readonly isText?: true | undefined;
  /** Who says that a model's file is the right one; without it for labels and runtimes. */
  readonly vouched?: Vouched | undefined;
}

/** Whose word a model's digest is. */
export interface Vouched {
  /** The model's id. */
  readonly id: string;
  readonly grade: Grade;
  /** As a sentence. */
  readonly by: string;
}

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((loadedBytes: number) => void) | undefined;
}

/** A file whose pieces have digests of their own. */
export interface ChunkedFile {
  readonly url: string;
  readonly bytes: number;
  readonly chunks: ChunkDigests;
}

/** Fetches such a file, each piece checked as it comes. @throws AppError. */
type ChunkedFetcher = (file: ChunkedFile, options: LoadOptions) => Promise<Uint8Array<ArrayBuffer>>;

let fetchChunked: ChunkedFetcher | null = null;

/** Has files with a chunk list fetched piece by piece from now on; without, they are fetched as a whole. */
export function connectChunkedFetcher(fetcher: ChunkedFetcher | null): void {
  fetchChunked = fetcher;
}

/** What became of a file that was looked at: for the ledger. */
export interface VerificationEvent {
  readonly asset: PinnedAsset;
  /** `verified`: the bytes were right. `discarded`: a stored copy was wrong and removed. `refused`: nothing right was to be had. */
  readonly outcome: 'verified' | 'discarded' | 'refused';
  readonly from: Verification['from'];
  /** Code of the refusal; null otherwise. */
  readonly code: ErrorCode | null;
  /** What came instead of the right file, where it came whole; null otherwise. */
  readonly found: FoundFile | null;
  /** Whether the right file is in the store afterwards, once that is known; it never rejects. */
  readonly kept: Promise<boolean>;
}

type Observer = (event: VerificationEvent) => void;

const observers = new Set<Observer>();

const NOT_KEPT = Promise.resolve(false);

/** Calls `observer` after every verification on this page. @returns what stops it. */
export function observeVerifications(observer: Observer): () => void {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}

function tell(event: VerificationEvent): void {
  for (const observer of observers) observer(event);
}

declare const verifiedBrand: unique symbol;

/** Bytes that had the right length and SHA-256 a moment ago. Only {@link loadVerified} makes them. */
export interface Verified {
  readonly [verifiedBrand]: true;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly verification: Verification;
  /** Whether a copy is in the store, once that is known; it never rejects. */
  readonly kept: Promise<boolean>;
}

/**
 * Loads a pinned file, from the store or the network, and checks length and SHA-256 every time.
 *
 * A stored copy that no longer matches is removed and fetched again. Wrong bytes from the network are dropped
 * and fetched once more past the HTTP cache; if they are wrong again, the load fails. An error of the network says it
 * when a stored copy was discarded before.
 *
 * @throws AppError `integrity/digest-mismatch` or `integrity/length-mismatch` with expected and actual values,
 * `integrity/own-file-lost` or `integrity/own-file-corrupt` where there is no URL to fetch from, `download/…` when
 * the file cannot be fetched, `engine/cancelled`.
 */
export async function loadVerified(
  asset: PinnedAsset,
  options: LoadOptions = {},
): Promise<Verified> {
  const stored = await readStored(asset.sha256);
  if (stored) {
    const mismatch = await findMismatch(asset, stored);
    if (mismatch === null) {
      options.onProgress?.(asset.bytes);
      const kept = Promise.resolve(true);
      tell({ asset, outcome: 'verified', from: 'cache', code: null, found: null, kept });
      return verified(asset, stored, 'cache', 1, kept);
    }
    await discardStored(asset.sha256);
    const found = foundFile(mismatch);
    const code = 'integrity/stored-copy-corrupt';
    tell({ asset, outcome: 'discarded', from: 'cache', code, found, kept: NOT_KEPT });
  }
  if (asset.url === null) {
    const gone = ownFileGone(asset, stored !== null);
    if (!stored) {
      const { code } = gone;
      tell({ asset, outcome: 'refused', from: 'cache', code, found: null, kept: NOT_KEPT });
    }
    throw gone;
  }
  if (!stored) return fetchVerified(asset, asset.url, 0, options);
  try {
    return await fetchVerified(asset, asset.url, 1, options);
  } catch (thrown) {
    throw afterDiscard(asset, thrown);
  }
}

/** Why the network was needed at all, before what it answered; other errors stay as they are. */
function afterDiscard({ what, isText }: PinnedAsset, thrown: unknown): unknown {
  if (!(thrown instanceof AppError) || !thrown.code.startsWith('download/')) return thrown;
  const discarded = `The copy of ${what} on this device had changed, so it was discarded and ${notUsed(isText)}; it has to be fetched again.`;
  return withMessage(thrown, `${discarded} ${thrown.message}`);
}

/** Fetches at most twice, the second time past the HTTP cache. @param earlier copies that were looked at before. */
async function fetchVerified(
  asset: PinnedAsset,
  url: string,
  earlier: number,
  options: LoadOptions,
): Promise<Verified> {
  let attempts = earlier;
  for (const cache of ['default', 'reload'] as const) {
    attempts += 1;
    const bytes = await fetchOnce(asset, url, cache, options);
    const mismatch = await findMismatch(asset, bytes);
    if (mismatch === null) {
      const kept = keepStored(asset.sha256, bytes); // a load does not wait for it, and it never fails one
      tell({ asset, outcome: 'verified', from: 'network', code: null, found: null, kept });
      return verified(asset, bytes, 'network', attempts, kept);
    }
    if (cache === 'reload') {
      const found = foundFile(mismatch);
      tell({
        asset,
        outcome: 'refused',
        from: 'network',
        code: mismatch.code,
        found,
        kept: NOT_KEPT,
      });
      throw mismatch;
    }
  }
  throw new AppError('integrity/unreachable', `${asset.what} could not be verified.`);
}

/** Fetches a file, piece by piece where it has a chunk list. It may be found out on the way that nothing right is to be had. */
async function fetchOnce(
  asset: PinnedAsset,
  url: string,
  cache: 'default' | 'reload',
  options: LoadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, chunks } = asset;
  try {
    return fetchChunked && chunks && cache === 'default'
      ? await fetchChunked({ url, bytes, chunks }, options)
      : await download(url, { ...options, cache, maxBytes: bytes + 1 });
  } catch (thrown) {
    const error = asAppError(thrown);
    if (isRefusal(error))
      tell({
        asset,
        outcome: 'refused',
        from: 'network',
        code: error.code,
        found: null,
        kept: NOT_KEPT,
      });
    throw thrown;
  }
}

/** A file of the person's own has no source to be fetched from again. */
function ownFileGone({ what, sha256, bytes, isText }: PinnedAsset, wasCorrupt: boolean): AppError {
  const found = wasCorrupt
    ? `its copy on this device has changed, so it was discarded and ${notUsed(isText)}`
    : 'its copy is no longer on this device (the browser may have cleared it)';
  return new AppError(
    wasCorrupt ? 'integrity/own-file-corrupt' : 'integrity/own-file-lost',
    `${capitalise(what)} cannot be used: ${found}. It came from a file of your own and cannot be fetched again; add the same file once more (${count(bytes)} bytes, SHA-256 ${sha256}).`,
    { details: { expectedBytes: bytes, expectedSha256: sha256 } },
  );
}

function verified(
  asset: PinnedAsset,
  bytes: Uint8Array<ArrayBuffer>,
  from: Verification['from'],
  attempts: number,
  kept: Promise<boolean>,
): Verified {
  const verification = { sha256: asset.sha256, bytes: asset.bytes, from, attempts };
  // The one place where the brand is given: directly behind the check.
  return { bytes, verification, kept } as Verified;
}

/** The error to report when the bytes are not the pinned ones, or null when they are. */
async function findMismatch(
  asset: PinnedAsset,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<AppError | null> {
  const actual = await sha256Hex(bytes);
  if (bytes.length === asset.bytes && actual === asset.sha256) return null;
  const guess = describeWrongFile(bytes);
  const looksLike = guess ? ` What came looks like ${guess}.` : '';
  const lengthIsWrong = bytes.length !== asset.bytes;
  const isTooLong = bytes.length > asset.bytes;
  const found = isTooLong ? `more than ${count(asset.bytes)}` : count(bytes.length);
  const wrong = lengthIsWrong
    ? `has ${found} bytes instead of ${count(asset.bytes)}`
    : 'has the right length but other content';
  // A file that is too long is not read to its end: of its whole, neither length nor digest is known.
  const got = isTooLong ? '' : `, got ${actual}`;
  return new AppError(
    lengthIsWrong ? 'integrity/length-mismatch' : 'integrity/digest-mismatch',
    `${capitalise(asset.what)} was refused and ${notUsed(asset.isText)}: the file ${wrong}.${looksLike} Expected SHA-256 ${asset.sha256}${got}. It was fetched twice; tell whoever runs this page.`,
    {
      retryable: true,
      details: {
        ...(asset.url === null ? {} : { url: asset.url }),
        expectedBytes: asset.bytes,
        [isTooLong ? 'actualBytesAtLeast' : 'actualBytes']: bytes.length,
        expectedSha256: asset.sha256,
        ...(isTooLong ? {} : { actualSha256: actual }),
      },
    },
  );
}

function notUsed(isText: PinnedAsset['isText']): string {
  return isText ? 'not used' : 'not run';
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
