/*
 * Ed25519 (RFC 8032) by whoever can: the platform's WebCrypto, or @noble/curves where it does not know the curve.
 * Low-order public keys and points in a non-canonical form are left to the implementation: libraries differ on them.
 * Here that decides nothing, since a public key is one that the operator chose to trust, not one the signer sends.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** One implementation. Keys are raw: a seed of 32 bytes, a public key of 32; a signature has 64. */
export interface Ed25519 {
  readonly publicKey: (seed: Bytes) => Promise<Bytes>;
  readonly sign: (message: Bytes, seed: Bytes) => Promise<Bytes>;
  /** False for anything that is not this key's signature of this message, also for bytes of another length. */
  readonly verify: (signature: Bytes, message: Bytes, publicKey: Bytes) => Promise<boolean>;
}

const NAME = 'Ed25519';

/** PrivateKeyInfo of a seed up to the seed itself (RFC 8410, §7). WebCrypto imports no bare seeds. */
const PKCS8_HEAD = Uint8Array.of(
  ...[
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ],
);

/** The platform's own implementation. Every method rejects with a DOMException where it does not know the curve. */
export const webCryptoEd25519: Ed25519 = {
  async publicKey(seed) {
    const { x = '' } = await crypto.subtle.exportKey('jwk', await importSeed(seed));
    return Uint8Array.from(atob(x.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  },
  async sign(message, seed) {
    return new Uint8Array(await crypto.subtle.sign(NAME, await importSeed(seed), message));
  },
  async verify(signature, message, publicKey) {
    const key = await crypto.subtle.importKey('raw', publicKey, NAME, false, ['verify']);
    return crypto.subtle.verify(NAME, key, signature, message);
  },
};

function importSeed(seed: Bytes) {
  const pkcs8 = new Uint8Array(PKCS8_HEAD.length + seed.length);
  pkcs8.set(PKCS8_HEAD);
  pkcs8.set(seed, PKCS8_HEAD.length);
  return crypto.subtle.importKey('pkcs8', pkcs8, NAME, true, ['sign']);
}

/** The portable implementation, fetched when it is first needed. */
export async function nobleEd25519(): Promise<Ed25519> {
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  return {
    publicKey: (seed) => Promise.resolve(Uint8Array.from(ed25519.getPublicKey(seed))),
    sign: (message, seed) => Promise.resolve(Uint8Array.from(ed25519.sign(message, seed))),
    verify: (signature, message, publicKey) =>
      Promise.resolve(
        signature.length === 64 &&
          publicKey.length === 32 &&
          // RFC 8032's strict reading instead of ZIP 215's lenient one.
          ed25519.verify(signature, message, publicKey, { zip215: false }),
      ),
  };
}

/** RFC 8032, §7.1, TEST 1: the public key, and its signature of the empty message. */
const PROBE_KEY = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
const PROBE_SIGNATURE = fromHex(
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
    '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
);

/**
 * Chooses by trying: the platform must accept a known signature and refuse a changed one, else the portable one is
 * loaded. Support cannot be asked for.
 */
export async function chooseEd25519(platform: Ed25519 = webCryptoEd25519): Promise<Ed25519> {
  try {
    const good = await platform.verify(PROBE_SIGNATURE, new Uint8Array(0), PROBE_KEY);
    const bad = await platform.verify(PROBE_SIGNATURE, Uint8Array.of(0), PROBE_KEY);
    if (good && !bad) return platform;
  } catch {
    // Unknown algorithm: NotSupportedError, or whatever else an old browser throws.
  }
  return nobleEd25519();
}

function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
