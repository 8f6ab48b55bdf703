import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from './digest.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

describe('sha256Hex', () => {
  // The examples of FIPS 180-4 (NIST CSRC) and the digest of nothing.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('knows the digest of “%s”', async (text, digest) => {
    expect(await sha256Hex(ascii(text))).toBe(digest);
  });

  it('agrees with another implementation on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const expected = createHash('sha256').update(bytes).digest('hex');
        expect(await sha256Hex(Uint8Array.from(bytes))).toBe(expected);
      }),
    );
  });

  it('digests the part of a buffer that a view shows, not the whole buffer', async () => {
    const whole = ascii('xxabcxx');
    expect(await sha256Hex(whole.subarray(2, 5))).toBe(await sha256Hex(ascii('abc')));
  });
});
