import * as v from 'valibot';
import { AppError } from '../errors.ts';
import { keyIdOf, publicKeyOf, signBytes, verifyBytes } from '../integrity/signature.ts';
import type { TrustedKey } from './config.ts';

/** What is signed is this text and then the manifest's bytes: no signature made for something else fits here. */
const DOMAIN = new TextEncoder().encode('gluon-lens manifest v1\n');

/** `index.json.sig`: a detached signature over the exact bytes of the manifest beside it. */
const signatureFileSchema = v.strictObject({
  version: v.literal(1),
  algorithm: v.literal('Ed25519'),
  keyId: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  /** 64 bytes as base64url. */
  signature: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
});

export type SignatureFile = v.InferOutput<typeof signatureFileSchema>;

/** Who signed a manifest: the name that the configuration gives to the key, and the key's short name. */
export interface Signer {
  readonly name: string;
  readonly keyId: string;
}

/** Where a manifest's signature is: beside it, with `.sig` at the end. */
export function signaturePath(manifest: string): string {
  return `${manifest}.sig`;
}

/**
 * Signs the exact bytes of a manifest.
 * @param privateKey the seed as base64url.
 * @throws AppError `integrity/bad-key`.
 */
export async function signManifest(
  manifest: Uint8Array,
  privateKey: string,
): Promise<SignatureFile> {
  return {
    version: 1,
    algorithm: 'Ed25519',
    keyId: await keyIdOf(await publicKeyOf(privateKey)),
    signature: await signBytes(messageOf(manifest), privateKey),
  };
}

/**
 * Finds out who signed a manifest, before a byte of it is interpreted.
 * @param signature the signature file's JSON.
 * @param what the manifest as a sentence calls it.
 * @throws AppError `integrity/bad-signature`, or `integrity/untrusted-key` when none of `trusted` is the signer's.
 */
export async function checkSignature(
  manifest: Uint8Array,
  signature: unknown,
  trusted: readonly TrustedKey[],
  what: string,
): Promise<Signer> {
  const parsed = v.safeParse(signatureFileSchema, signature);
  if (!parsed.success) {
    throw badSignature(what, 'the signature file beside it is not one this version can read');
  }
  const { keyId } = parsed.output;
  const ids = await Promise.all(trusted.map(({ publicKey }) => keyIdOf(publicKey)));
  const key = trusted[ids.indexOf(keyId)];
  if (!key) throw untrustedKey(what, keyId, trusted.length);
  if (!(await verifyBytes(parsed.output.signature, messageOf(manifest), key.publicKey))) {
    throw badSignature(what, `it is not what the key “${key.name}” signed`);
  }
  return { name: key.name, keyId };
}

function messageOf(manifest: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(DOMAIN.length + manifest.length);
  message.set(DOMAIN);
  message.set(manifest, DOMAIN.length);
  return message;
}

function badSignature(what: string, because: string): AppError {
  return new AppError(
    'integrity/bad-signature',
    `${what} is refused: ${because}. It may be in the middle of an update; try again, and if it stays so, tell whoever runs this page.`,
    { retryable: true },
  );
}

function untrustedKey(what: string, keyId: string, known: number): AppError {
  return new AppError(
    'integrity/untrusted-key',
    `${what} is refused: it is signed by the key ${keyId}, which is none of the ${String(known)} that config.json trusts. Whoever runs this page must sign it with a trusted key or add this one to trustedKeys.`,
    { retryable: true, details: { keyId } },
  );
}
