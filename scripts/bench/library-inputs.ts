import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LABELS_NAME } from './inputs.ts';
import type { LibraryFiles, ServedFile } from './samples.ts';
import { WEIGHTS_MODEL, weightsModel } from './weights-model.ts';

/** Sizes in MB (10⁶ bytes) that the goals were set for. */
const INSTALLED_MB = 50;
const INSPECTED_MB = 100;

/**
 * Puts the two files of the library's part into the folder that is served.
 * @param folder the one that `prepareModels` made.
 */
export function prepareLibrary(folder: string): LibraryFiles {
  const written = (megabytes: number): ServedFile => {
    const name = `weights-${String(megabytes)}mb.onnx`;
    writeFileSync(join(folder, name), weightsModel(megabytes));
    return served(folder, name);
  };
  return {
    model: written(INSTALLED_MB),
    inspected: written(INSPECTED_MB),
    labels: served(folder, LABELS_NAME),
    ...WEIGHTS_MODEL,
  };
}

function served(folder: string, name: string): ServedFile {
  const bytes = readFileSync(join(folder, name));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path: `operator-models/${name}`, bytes: bytes.length, sha256 };
}
