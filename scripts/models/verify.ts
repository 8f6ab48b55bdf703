import { existsSync } from 'node:fs';
import { AppError } from '../../src/core/errors.ts';
import { isKeyText } from '../../src/core/integrity/signature.ts';
import { limitOf } from '../../src/core/limits.ts';
import { checkFreshness, memorySequences } from '../../src/core/manifest/freshness.ts';
import { checkSignature } from '../../src/core/manifest/signed.ts';
import type { Manifest } from '../../src/core/manifest/schema.ts';
import { onlyOne, pathOf, readArguments, usage, type Command } from './command.ts';
import { readBytes, readJson } from './files.ts';
import { findFaults, loadManifest, modelFolder, type ModelFolder } from './folder.ts';
import { readPublicKey } from './key-file.ts';

const SIGNATURE_BYTES = limitOf('signatureBytes');

/** Checks a folder as a page would, and more: every file. */
export const verify: Command = {
  summary: 'checks a folder of models: manifest, files, signature',
  help: `npm run models -- verify DIR [--key PUBLIC|FILE]

Checks the manifest, the size and digest of every file, every piece of the chunk lists, and the signature with its
expiry, lets the gate judge every model, and holds every entry against its model and labels. Lists everything that is wrong. The exit code is 1 then, and 2 when
nothing is wrong but that the gate refuses a model.

  --key PUBLIC   the public key that must have signed, as in config.json, or a file with it: one that keygen wrote, or
                 the line that it printed. Without it a signature is not checked`,
  async run(args) {
    const { values, positionals } = readArguments(args, { key: { type: 'string' } });
    const folder = modelFolder(pathOf(onlyOne(positionals, 'folder')));
    const key = values.key === undefined ? undefined : publicKeyFrom(values.key);
    const manifest = loadManifest(folder);
    const faults = findFaults(folder, manifest);
    const signature = await checkSigned(folder, manifest, key);
    const sentences = [...faults.map(({ sentence }) => sentence), ...signature.faults];
    for (const sentence of sentences) console.error(`BAD  ${sentence}`);
    if (faults.length === 0) {
      console.log(
        manifest.models.length === 1
          ? 'ok   1 model and its files, and the gate accepts it'
          : `ok   ${String(manifest.models.length)} models and their files, and the gate accepts them`,
      );
    }
    if (signature.faults.length === 0) console.log(signature.says);
    if (sentences.length === 0) return 0;
    return signature.faults.length === 0 && faults.every(({ refused }) => refused) ? 2 : 1;
  },
};

/** A key as text, or from a file that has it. @throws AppError `app/usage`, `app/bad-key-file`, or as {@link readJson}. */
function publicKeyFrom(text: string): string {
  if (isKeyText(text)) return text;
  const file = pathOf(text);
  if (existsSync(file)) return readPublicKey(file);
  throw usage(
    `--key wants a public key, 43 characters of base64url, or a file with one; there is no file ${file}.`,
  );
}

/** The page's sentences speak of its configuration; here there is one key, from the command line. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['integrity/untrusted-key', 'The signature is of another key than the one given with --key.'],
  ['integrity/bad-signature', 'The signature is not one of this index.json by the key of --key.'],
]);

interface SignatureCheck {
  readonly faults: readonly string[];
  readonly says: string;
}

async function checkSigned(
  folder: ModelFolder,
  manifest: Manifest,
  publicKey: string | undefined,
): Promise<SignatureCheck> {
  if (!existsSync(folder.signatureFile)) {
    if (publicKey === undefined) return { faults: [], says: '--   not signed' };
    return { faults: [`${folder.signatureFile} is missing.`], says: '' };
  }
  if (publicKey === undefined) {
    return { faults: [], says: '--   signed, but not checked: give the public key with --key' };
  }
  const what = `The manifest ${folder.manifestFile}`;
  const faults: string[] = [];
  try {
    const bytes = readBytes(folder.manifestFile, limitOf('manifestBytes'));
    const file = readJson(folder.signatureFile, SIGNATURE_BYTES);
    const signer = await checkSignature(bytes, file, [{ name: '--key', publicKey }], what);
    const { manifestFile: url } = folder;
    await checkFreshness(manifest, signer, url, memorySequences(), new Date());
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    faults.push(OTHER_WORDS.get(thrown.code) ?? thrown.message);
  }
  const { sequence, expires } = manifest;
  return {
    faults,
    says: `ok   signed, number ${String(sequence)}, good until ${expires ?? 'the key is withdrawn'}`,
  };
}
