import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { chooseEd25519, nobleEd25519, webCryptoEd25519, type Ed25519 } from './ed25519.ts';
import {
  generateKeyPair,
  isKeyText,
  keyIdOf,
  publicKeyOf,
  signBytes,
  verifyBytes,
} from './signature.ts';

const hex = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** RFC 8032, §7.1: TEST 1, 2, 3 and TEST SHA(abc). */
const VECTORS = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
  {
    seed: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    publicKey: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message:
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    signature:
      'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  },
].map(({ seed, publicKey, message, signature }) => ({
  seed: hex(seed),
  publicKey: hex(publicKey),
  message: hex(message),
  signature: hex(signature),
}));

const noble = await nobleEd25519();
const BOTH: readonly (readonly [string, Ed25519])[] = [
  ['WebCrypto', webCryptoEd25519],
  ['@noble/curves', noble],
];

describe.each(BOTH)('Ed25519 by %s', (_name, ed25519) => {
  it.each(VECTORS)('is that of RFC 8032 (%#)', async (vector) => {
    const { seed, publicKey, message, signature } = vector;
    expect(await ed25519.publicKey(seed)).toEqual(publicKey);
    expect(await ed25519.sign(message, seed)).toEqual(signature);
    expect(await ed25519.verify(signature, message, publicKey)).toBe(true);
  });

  it('refuses a signature with any one bit changed, and any other message or key', async () => {
    const [, vector, other] = VECTORS;
    if (!vector || !other) return expect.unreachable();
    const { publicKey, message, signature } = vector;
    for (let bit = 0; bit < 512; bit += 7) {
      const forged = Uint8Array.from(signature);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await ed25519.verify(forged, message, publicKey)).toBe(false);
    }
    expect(await ed25519.verify(signature, Uint8Array.of(0x73), publicKey)).toBe(false);
    expect(await ed25519.verify(signature, message, other.publicKey)).toBe(false);
    expect(await ed25519.verify(signature.slice(1), message, publicKey)).toBe(false);
  });

  it('refuses a signature whose S was raised by the group order', async () => {
    const [vector] = VECTORS;
    if (!vector) return expect.unreachable();
    // RFC 8032, §5.1.7: S must be below L, or one message would have many signatures.
    const order = hex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
    const raised = Uint8Array.from(vector.signature);
    let carry = 0;
    for (let i = 0; i < 32; i += 1) {
      const sum = (raised[32 + i] ?? 0) + (order[i] ?? 0) + carry;
      raised[32 + i] = sum & 0xff;
      carry = sum >> 8;
    }
    expect(await ed25519.verify(raised, vector.message, vector.publicKey)).toBe(false);
  });
});

it('gives the same signatures by both, which each accepts of the other', async () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  await fc.assert(
    fc.asyncProperty(bytes(32), fc.uint8Array({ maxLength: 300 }), async (key, text) => {
      const [seed, message] = [Uint8Array.from(key), Uint8Array.from(text)];
      const publicKey = await webCryptoEd25519.publicKey(seed);
      expect(await noble.publicKey(seed)).toEqual(publicKey);
      const signature = await webCryptoEd25519.sign(message, seed);
      expect(await noble.sign(message, seed)).toEqual(signature);
      expect(await noble.verify(signature, message, publicKey)).toBe(true);
      expect(await webCryptoEd25519.verify(signature, message, publicKey)).toBe(true);
    }),
    { numRuns: 20 },
  );
}, 20_000);

describe('the choice of an implementation', () => {
  const unusable = () =>
    Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));

  it('is the platform where it works', async () => {
    expect(await chooseEd25519(webCryptoEd25519)).toBe(webCryptoEd25519);
  });

  it.each<[string, Ed25519['verify']]>([
    ['does not know the curve', unusable],
    ['refuses everything', () => Promise.resolve(false)],
    ['accepts everything', () => Promise.resolve(true)],
  ])('is the portable one where the platform %s', async (_what, verify) => {
    const chosen = await chooseEd25519({ publicKey: unusable, sign: unusable, verify });
    const [, vector] = VECTORS;
    if (!vector) return expect.unreachable();
    expect(await chosen.sign(vector.message, vector.seed)).toEqual(vector.signature);
  });
});

describe('keys as text', () => {
  const message = new TextEncoder().encode('a message');

  it('sign and verify', async () => {
    const { publicKey, privateKey } = await generateKeyPair();
    expect(publicKey).toMatch(/^[\w-]{43}$/);
    expect(await publicKeyOf(privateKey)).toBe(publicKey);
    const signature = await signBytes(message, privateKey);
    expect(await verifyBytes(signature, message, publicKey)).toBe(true);
    const other = await generateKeyPair();
    expect(other.privateKey).not.toBe(privateKey);
    expect(await verifyBytes(signature, message, other.publicKey)).toBe(false);
  });

  it('have a short name: the beginning of the SHA-256 of the public key', async () => {
    // printf the 32 bytes of TEST 1's public key | sha256sum
    const [vector] = VECTORS;
    expect(await keyIdOf(toBase64Url(vector?.publicKey ?? new Uint8Array(0)))).toBe(
      '21fe31dfa154a261',
    );
  });

  it.each(['', 'abc', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}B`, `${'A'.repeat(43)}=`])(
    'are refused when they are not 32 bytes: %j',
    async (text) => {
      expect(isKeyText(text)).toBe(false);
      await expect(signBytes(message, text)).rejects.toMatchObject({ code: 'integrity/bad-key' });
      await expect(verifyBytes('A'.repeat(86), message, text)).rejects.toMatchObject({
        code: 'integrity/bad-key',
      });
    },
  );

  it('never make a signature of odd text valid', async () => {
    const { publicKey } = await generateKeyPair();
    for (const text of ['', '=', 'A'.repeat(85), 'A'.repeat(88), '!'.repeat(86)]) {
      expect(await verifyBytes(text, message, publicKey)).toBe(false);
    }
  });
});

describe('base64url', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('reads a text in one way or not at all', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const bytes = fromBase64Url(text);
        if (bytes) expect(toBase64Url(bytes)).toBe(text);
      }),
    );
    for (const bad of ['A', 'AB', 'AAB', 'AA==', 'AA+A', 'AA/A', 'A A', 'AAAAA']) {
      expect(fromBase64Url(bad)).toBeNull();
    }
  });
});
