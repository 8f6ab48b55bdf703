import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { AppError } from '../../src/core/errors.ts';
import { limitOf } from '../../src/core/limits.ts';
import { signaturePath } from '../../src/core/manifest/signed.ts';
import type { Manifest } from '../../src/core/manifest/schema.ts';
import { parseManifest, readManifest } from '../../src/models/manifest.ts';
import type { ModelEntry } from '../../src/tasks/registry.ts';
import { contentFaults, type Fault } from './content.ts';
import { chunkDigests, readBytes, readJson, sha256, writeWhole } from './files.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A folder of models with its manifest. */
export interface ModelFolder {
  readonly dir: string;
  readonly manifestFile: string;
  readonly signatureFile: string;
}

export function modelFolder(dir: string): ModelFolder {
  const manifestFile = join(dir, 'index.json');
  return { dir, manifestFile, signatureFile: signaturePath(manifestFile) };
}

/** The frame of a folder's manifest. @throws AppError `manifest/bad-manifest`, or when it cannot be read. */
export function loadManifest({ manifestFile }: ModelFolder): Manifest {
  return readManifest(readJson(manifestFile, limitOf('manifestBytes')), manifestFile);
}

/** The same, or an empty manifest for a folder that has none yet. */
export function loadOrBegin(folder: ModelFolder): Manifest {
  return existsSync(folder.manifestFile) ? loadManifest(folder) : { version: 1, models: [] };
}

/** The bytes of a manifest. @throws AppError `manifest/too-large`. */
export function manifestText(manifest: Manifest): string {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  if (Buffer.byteLength(text) <= limitOf('manifestBytes')) return text;
  throw new AppError(
    'manifest/too-large',
    `The manifest would have more than ${limitOf('manifestBytes').toLocaleString('en')} bytes. Divide the models between two folders.`,
  );
}

/** Adds an entry to the manifest. @throws AppError `manifest/duplicate-id`, `manifest/too-large`. */
export function appendEntry(folder: ModelFolder, entry: ModelEntry): void {
  const manifest = loadOrBegin(folder);
  if (hasModel(manifest, entry.id)) {
    throw new AppError(
      'manifest/duplicate-id',
      `${folder.manifestFile} already has a model ${entry.id}. Choose another --id, or remove the entry.`,
    );
  }
  writeWhole(
    folder.manifestFile,
    manifestText({ ...manifest, models: [...manifest.models, entry] }),
  );
}

/** Whether the manifest names a model. */
export function hasModel({ models }: Manifest, id: string): boolean {
  return models.some((model) => v.is(v.object({ id: v.literal(id) }), model));
}

/**
 * Everything that is wrong with a manifest and the files it names; empty when nothing is. The files are read whole,
 * the gate judges every model, and every entry is held against its files.
 */
export function findFaults(
  { dir, manifestFile }: ModelFolder,
  manifest: Manifest,
): readonly Fault[] {
  const { models, problems } = parseManifest(
    manifest,
    pathToFileURL(manifestFile).href,
    'operator',
  );
  const inside: Fault[] = [];
  const faults = problems.map(({ message }) => message);
  const ids = models.map(({ entry }) => entry.id);
  faults.push(
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) => `Two models call themselves ${id}.`),
  );
  for (const { entry } of models) {
    if (manifest.revoked?.includes(entry.sha256)) {
      faults.push(`${entry.id}: the manifest names it and revokes it.`);
    }
    if (manifest.revoked?.includes(entry.labels.sha256)) {
      faults.push(`${entry.id}: the manifest names its labels and revokes them.`);
    }
    const model = checkFile(join(dir, entry.file), entry, limitOf('modelBytes'));
    const labels = checkFile(join(dir, entry.labels.file), entry.labels, limitOf('labelsBytes'));
    faults.push(...model.faults, ...labels.faults);
    inside.push(...contentFaults(entry, model.bytes, labels.bytes));
    if (entry.card !== null && !isFile(join(dir, entry.card))) {
      faults.push(`${entry.id}: the card ${entry.card} is missing.`);
    }
  }
  return [...faults.map((sentence) => ({ sentence, refused: false })), ...inside];
}

interface Pinned {
  readonly bytes: number;
  readonly sha256: string;
  readonly chunks?: ModelEntry['chunks'];
}

interface Checked {
  readonly faults: readonly string[];
  /** Null when they are not those that were pinned. */
  readonly bytes: Bytes | null;
}

function checkFile(file: string, pinned: Pinned, maxBytes: number): Checked {
  let bytes: Bytes;
  try {
    bytes = readBytes(file, maxBytes);
  } catch (thrown) {
    if (thrown instanceof AppError) return other(thrown.message);
    throw thrown;
  }
  if (bytes.length !== pinned.bytes) {
    return other(
      `${file} has ${String(bytes.length)} bytes instead of the ${String(pinned.bytes)} in the manifest.`,
    );
  }
  const actual = sha256(bytes);
  if (actual !== pinned.sha256) {
    return other(`${file} has the SHA-256 ${actual} instead of ${pinned.sha256}.`);
  }
  const { chunks } = pinned;
  const digests = chunks ? chunkDigests(bytes).sha256 : [];
  const wrong = digests.findIndex((digest, i) => digest !== chunks?.sha256[i]);
  const faults = wrong < 0 ? [] : [`${file}: the digest of piece ${String(wrong + 1)} is wrong.`];
  return { faults, bytes };
}

function other(fault: string): Checked {
  return { faults: [fault], bytes: null };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
