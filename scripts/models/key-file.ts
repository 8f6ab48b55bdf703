import { chmodSync, statSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { AppError } from '../../src/core/errors.ts';
import { isKeyText, publicKeyOf } from '../../src/core/integrity/signature.ts';
import { parseAs } from '../../src/core/manifest/parse.ts';
import { textSchema } from '../../src/core/manifest/schema.ts';
import { readJson } from './files.ts';

const keyText = v.pipe(v.string(), v.check(isKeyText, 'a key of 43 characters is wanted'));

const keyFileSchema = v.strictObject({
  version: v.literal(1),
  algorithm: v.literal('Ed25519'),
  name: textSchema(80),
  publicKey: keyText,
  privateKey: keyText,
});

/** A signing key as it lies on the operator's disk. */
export type KeyFile = v.InferOutput<typeof keyFileSchema>;

const MAX_BYTES = 4096;

/** Writes a new key for its owner alone. @throws AppError `app/in-the-way`; a key is never overwritten. */
export function writeKeyFile(file: string, key: KeyFile): void {
  try {
    writeFileSync(file, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600); // whatever the umask says
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('app/in-the-way', `The key could not be written (${why}).`, { cause });
  }
}

/**
 * The public key in a file of {@link writeKeyFile}, or in one with the line for “trustedKeys”.
 * @throws AppError `app/bad-key-file`, or as {@link readJson}.
 */
export function readPublicKey(file: string): string {
  const schema = v.object({ publicKey: keyText });
  return parseAs(schema, readJson(file, MAX_BYTES), 'app/bad-key-file', `The key ${file}`)
    .publicKey;
}

/**
 * Reads a signing key that nobody else can read.
 * @throws AppError `app/bad-key-file`, or as {@link readJson}.
 */
export async function readKeyFile(file: string): Promise<KeyFile> {
  const json = readJson(file, MAX_BYTES);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new AppError(
      'app/bad-key-file',
      `Others on this machine can read ${file}. Run “chmod 600” on it, and if it ever was somewhere public, make a new key.`,
    );
  }
  const key = parseAs(keyFileSchema, json, 'app/bad-key-file', `The key ${file}`);
  if ((await publicKeyOf(key.privateKey)) === key.publicKey) return key;
  throw new AppError(
    'app/bad-key-file',
    `In ${file} the public key does not belong to the private one. Take the file from its backup.`,
  );
}
