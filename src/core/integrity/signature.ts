import { AppError } from '../errors.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { sha256Hex } from './digest.ts';
import { chooseEd25519, type Ed25519 } from './ed25519.ts';

/** Raw length of a public key and of a private key's seed, in bytes. */
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** An Ed25519 key pair as text: base64url of the 32 raw bytes each. The private key is the seed of RFC 8032. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

let chosen: Promise<Ed25519> | undefined;

function ed25519(): Promise<Ed25519> {
  chosen ??= chooseEd25519();
  return chosen;
}

/** A new key pair from the platform's random numbers. */
export async function generateKeyPair(): Promise<KeyPair> {
  const seed = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const publicKey = await (await ed25519()).publicKey(seed);
  return { publicKey: toBase64Url(publicKey), privateKey: toBase64Url(seed) };
}

/**
 * The public key of a private one.
 * @throws AppError `integrity/bad-key`.
 */
export async function publicKeyOf(privateKey: string): Promise<string> {
  return toBase64Url(await (await ed25519()).publicKey(keyBytes(privateKey)));
}

/**
 * Signs bytes.
 * @returns the signature as base64url (86 characters).
 * @throws AppError `integrity/bad-key`.
 */
export async function signBytes(
  message: Uint8Array<ArrayBuffer>,
  privateKey: string,
): Promise<string> {
  return toBase64Url(await (await ed25519()).sign(message, keyBytes(privateKey)));
}

/**
 * Whether `signature` (base64url) is that of these very bytes by the holder of the key.
 * @throws AppError `integrity/bad-key`.
 */
export async function verifyBytes(
  signature: string,
  message: Uint8Array<ArrayBuffer>,
  publicKey: string,
): Promise<boolean> {
  const raw = fromBase64Url(signature);
  const key = keyBytes(publicKey);
  if (raw?.length !== SIGNATURE_BYTES) return false;
  return (await ed25519()).verify(raw, message, key);
}

/**
 * A short name for a public key: the first 16 hexadecimal digits of its SHA-256. It finds the key among the trusted
 * ones and proves nothing.
 * @throws AppError `integrity/bad-key`.
 */
export async function keyIdOf(publicKey: string): Promise<string> {
  return (await sha256Hex(keyBytes(publicKey))).slice(0, 16);
}

/** Whether a text is a key: 43 characters of base64url for 32 bytes. */
export function isKeyText(text: string): boolean {
  return fromBase64Url(text)?.length === KEY_BYTES;
}

function keyBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(text);
  if (bytes?.length === KEY_BYTES) return bytes;
  throw new AppError(
    'integrity/bad-key',
    `A key of ${String(KEY_BYTES)} bytes in base64url (43 characters) is wanted, and this text of ${String(text.length)} characters is none. Copy it again from where it was made.`,
  );
}
