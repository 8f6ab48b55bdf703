import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../core/image/testing/outcome.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { checkClaim, digestsOf } from './claim.ts';
import type { Claim } from './types.ts';

const FILE = new TextEncoder().encode('a model');
const SHA1 = createHash('sha1').update(FILE).digest('hex');
const OTHER = 'f'.repeat(64);

const RIGHT: readonly Claim[] = [
  { kind: 'sha256', sha256: sha256Of(FILE), chunks: null },
  { kind: 'sha1', sha1: SHA1 },
  { kind: 'sha1-prefix', prefix: SHA1.slice(0, 8) },
];
const WRONG: readonly Claim[] = [
  { kind: 'sha256', sha256: OTHER, chunks: null },
  { kind: 'sha1', sha1: OTHER.slice(0, 40) },
  { kind: 'sha1-prefix', prefix: OTHER.slice(0, 8) },
];

const check = async (claim: Claim, bytes: number | null = FILE.length) => {
  const digests = await digestsOf(FILE, claim);
  checkClaim({ what: 'The model X', bytes, claim }, FILE, digests);
  return digests;
};

describe('a claim', () => {
  it.each(RIGHT)('holds: %j', async (claim) => {
    expect((await check(claim)).sha256).toBe(sha256Of(FILE));
    await check(claim, null);
  });

  it.each(WRONG)('does not hold: %j', async (claim) => {
    const digests = await digestsOf(FILE, claim);
    const error = refusal(() => {
      checkClaim({ what: 'The model X', bytes: FILE.length, claim }, FILE, digests);
    });
    expect(error.code).toBe('integrity/digest-mismatch');
    expect(error.message).toMatch(/^The model X was refused, and nothing of it is kept: its SHA-/);
    expect(error.details['expected']).toMatch(/^f+$/);
    expect(error.retryable, 'a bit may have flipped on the way').toBe(true);
  });

  it.each(RIGHT)('does not hold for another length: %j', async (claim) => {
    const digests = await digestsOf(FILE, claim);
    const error = refusal(() => {
      checkClaim({ what: 'The model X', bytes: 8, claim }, FILE, digests);
    });
    expect(error.code).toBe('integrity/length-mismatch');
    expect(error.message).toContain('7 bytes instead of 8');
  });

  it('of no digits at all holds for nothing', async () => {
    const claim: Claim = { kind: 'sha1-prefix', prefix: '' };
    const digests = await digestsOf(FILE, claim);
    expect(
      refusal(() => {
        checkClaim({ what: 'X', bytes: null, claim }, FILE, digests);
      }).code,
    ).toBe('integrity/digest-mismatch');
  });
});
