import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { keyIdOf } from '../../src/core/integrity/signature.ts';
import { limitOf } from '../../src/core/limits.ts';
import { signManifest } from '../../src/core/manifest/signed.ts';
import type { Manifest } from '../../src/core/manifest/schema.ts';
import * as v from 'valibot';
import { AppError } from '../../src/core/errors.ts';
import { onlyOne, pathOf, readArguments, usage, type Command } from './command.ts';
import { writeWhole } from './files.ts';
import { findFaults, loadManifest, manifestText, modelFolder } from './folder.ts';
import { readKeyFile } from './key-file.ts';

const DAY_MS = 86_400_000;

/** Signs a folder's manifest, once everything in it is right. */
export const sign: Command = {
  summary: 'signs the manifest of a folder of models',
  help: `npm run models -- sign DIR --key FILE [--days N] [--revoke SHA256]…

Checks every file that DIR/index.json names, lets the gate judge the models, holds the entries against them, counts its
“sequence” up, sets “issued” and “expires”, and writes DIR/index.json.sig. Nothing is written if anything is wrong. Publish
both files together.

  --key FILE        the private key that keygen made; not inside DIR, which is served, nor a link there
  --days N          good for so many days, 1 to 3650 (default: 90)
  --revoke SHA256   withdraws a model's file or its labels: pages refuse it and remove installed copies, for good. The
                    entries with it are dropped`,
  async run(args) {
    const { values, positionals } = readArguments(args, {
      key: { type: 'string' },
      days: { type: 'string', default: '90' },
      revoke: { type: 'string', multiple: true, default: [] },
    });
    const folder = modelFolder(pathOf(onlyOne(positionals, 'folder')));
    if (values.key === undefined) throw usage('--key FILE is missing.');
    const days = readDays(values.days);
    const keyFile = pathOf(values.key);
    const key = await readKeyFile(keyFile);
    const manifest = loadManifest(folder);
    refuseKeyInside(folder.dir, keyFile);

    const now = Date.now();
    const signed = withRevoked(
      {
        ...manifest,
        sequence: (manifest.sequence ?? 0) + 1,
        issued: new Date(now).toISOString(),
        expires: new Date(now + days * DAY_MS).toISOString(),
      },
      values.revoke,
    );
    const faults = findFaults(folder, signed);
    if (faults.length > 0) {
      for (const fault of faults) console.error(fault.sentence);
      console.error('Nothing was signed.');
      return 1;
    }
    const text = manifestText(signed);
    const signature = await signManifest(new TextEncoder().encode(text), key.privateKey);
    writeWhole(folder.manifestFile, text);
    writeWhole(folder.signatureFile, `${JSON.stringify(signature)}\n`);
    console.log(
      `Signed number ${String(signed.sequence)} with ${String(signed.models.length)} ${signed.models.length === 1 ? 'model' : 'models'} as “${key.name}” (key ${await keyIdOf(key.publicKey)}), good until ${signed.expires ?? ''}.`,
    );
    return 0;
  },
};

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3650) return days;
  throw usage(`--days wants a whole number from 1 to 3650, not “${text}”.`);
}

/** The folder is served to everybody: neither the key may lie there nor a link that leads to it. */
function refuseKeyInside(dir: string, keyFile: string): void {
  const folder = realpathSync(dir);
  const inRealFolder = join(realpathSync(dirname(keyFile)), basename(keyFile));
  if (
    !isInside(dir, keyFile) &&
    !isInside(folder, inRealFolder) &&
    !isInside(folder, realpathSync(keyFile))
  ) {
    return;
  }
  throw new AppError(
    'app/bad-key-file',
    `The private key, or a link to it, is inside ${dir}, where visitors could fetch it. Move it out; if the folder was served with it, make a new key and withdraw this one from config.json.`,
  );
}

function isInside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function withRevoked(manifest: Manifest, digests: readonly string[]): Manifest {
  if (digests.length === 0) return manifest;
  for (const digest of digests) {
    if (!/^[0-9a-f]{64}$/.test(digest)) {
      throw usage(`--revoke wants a SHA-256 of 64 lower-case digits, not “${digest}”.`);
    }
  }
  const revoked = [...new Set([...(manifest.revoked ?? []), ...digests])];
  if (revoked.length > limitOf('revokedDigests')) {
    throw usage(`At most ${String(limitOf('revokedDigests'))} digests can be revoked.`);
  }
  const isRevoked = v.object({ sha256: v.picklist(revoked) });
  const ofRevoked = v.union([isRevoked, v.object({ labels: isRevoked })]);
  const models = manifest.models.filter((model) => !v.is(ofRevoked, model));
  return { ...manifest, models, revoked };
}
