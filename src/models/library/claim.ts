import { AppError } from '../../core/errors.ts';
import { sha1Hex, sha256Hex } from '../../core/integrity/digest.ts';
import { describeWrongFile } from '../../core/integrity/wrong-file.ts';
import { foundDetails } from '../found-file.ts';
import type { Claim } from './types.ts';

/** What a file should be. Plain data: it goes to the library's worker. */
export interface Expected {
  /** As a sentence begins: “The model ResNet-50”. */
  readonly what: string;
  readonly bytes: number | null;
  readonly claim: Claim;
}

/** What a file is. Lower-case hexadecimal digits. */
export interface Digests {
  readonly sha256: string;
  /** Null where the claim does not need it. */
  readonly sha1: string | null;
}

/**
 * Computes a file's digests by SubtleCrypto.
 * @param claim decides whether SHA-1 is needed; null for a file without a claim.
 */
export async function digestsOf(
  bytes: Uint8Array<ArrayBuffer>,
  claim: Claim | null,
): Promise<Digests> {
  const needsSha1 = claim !== null && claim.kind !== 'sha256';
  return {
    sha256: await sha256Hex(bytes),
    sha1: needsSha1 ? await sha1Hex(bytes) : null,
  };
}

/**
 * Holds a file against what was published about it.
 * @throws AppError `integrity/length-mismatch`, `integrity/digest-mismatch`, retryable, with expected and actual
 * values.
 */
export function checkClaim(
  { what, bytes: published, claim }: Expected,
  bytes: Uint8Array,
  digests: Digests,
): void {
  const { name, expected, actual } = compared(claim, digests);
  const lengthIsRight = published === null || published === bytes.length;
  if (lengthIsRight && expected !== '' && actual === expected) return;
  const guess = describeWrongFile(bytes);
  const looksLike = guess ? ` What came looks like ${guess}.` : '';
  const wrong = lengthIsRight
    ? `its ${name} is ${actual} instead of ${expected}`
    : `it has ${count(bytes.length)} bytes instead of ${count(published)}`;
  throw new AppError(
    lengthIsRight ? 'integrity/digest-mismatch' : 'integrity/length-mismatch',
    `${what} was refused, and nothing of it is kept: ${wrong}.${looksLike} Try once more; if it stays so, the file at its source is another one: tell whoever runs this page.`,
    {
      retryable: true, // a bit may have flipped on the way
      details: {
        ...foundDetails({ sha256: digests.sha256, bytes: bytes.length }),
        ...(published === null ? {} : { expectedBytes: published }),
        algorithm: name,
        expected,
        actual,
      },
    },
  );
}

/** The two digests to compare, cut to what was published. */
function compared(claim: Claim, { sha256, sha1 }: Digests) {
  switch (claim.kind) {
    case 'sha256':
      return { name: 'SHA-256', expected: claim.sha256, actual: sha256 };
    case 'sha1':
      return { name: 'SHA-1', expected: claim.sha1, actual: sha1 ?? '' };
    case 'sha1-prefix': {
      const { length } = claim.prefix;
      const name = `SHA-1 (first ${String(length)} digits)`;
      return { name, expected: claim.prefix, actual: (sha1 ?? '').slice(0, length) };
    }
  }
}

function count(value: number): string {
  return value.toLocaleString('en');
}
