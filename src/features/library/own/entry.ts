import { sha256Hex } from '../../../core/integrity/digest.ts';
import type { ModelInspection } from '../../../core/onnx/types.ts';
import { knownWork } from '../../../core/onnx/work.ts';
import { parseEntry } from '../../../models/manifest.ts';
import { TASKS, type ModelEntry } from '../../../tasks/registry.ts';
import type { PictureInput } from '../../../tasks/propose/picture-input.ts';
import { inputOf, outputOf, type Draft } from './draft.ts';

/** What a model is called. */
export interface Naming {
  readonly title: string;
  readonly id: string;
  readonly licence: string;
}

/** A file that the gate let through. */
export interface OwnFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly inspection: ModelInspection;
}

/** A model's declaration and the labels file it speaks of. */
export interface Declared {
  readonly entry: ModelEntry;
  readonly labels: Blob;
}

/**
 * Makes the declaration of a person's own file from what they confirmed; it passes through the same schema as any
 * manifest's. Networks shown as raw numbers get a list of one label, “value”.
 * @throws AppError `manifest/bad-entry` when a field does not hold.
 */
export async function declareOwn(
  file: OwnFile,
  picture: PictureInput,
  draft: Draft,
  labels: readonly string[],
  naming: Naming,
  now: Date,
): Promise<Declared> {
  const { inspection } = file;
  const names = draft.task === 'tensors' ? ['value'] : labels.map((label) => label.trim());
  const text = new TextEncoder().encode(`${names.join('\n')}\n`);
  const name = plainText(file.name, 100);
  const entry = parseEntry(
    {
      ...outputOf(draft),
      id: naming.id,
      title: naming.title.trim(),
      summary: `${TASKS[draft.task].title} by a network from your own file ${name}.`,
      file: `${naming.id}.onnx`,
      bytes: file.bytes,
      sha256: file.sha256,
      labels: {
        file: `${naming.id}.labels.txt`,
        bytes: text.length,
        sha256: await sha256Hex(text),
        format: 'plain',
      },
      card: null,
      input: inputOf(draft, picture),
      ...knownWork(inspection),
      licence: naming.licence.trim(),
      source: { title: `Own file ${name}`, url: null },
      trainingData: said(inspection, /^training_?data$|^dataset$/i, 300) ?? 'Not stated',
      evidence: {
        grade: 'E',
        statement: `Added on this device on ${now.toISOString().slice(0, 10)}. Nobody vouches for the file; its SHA-256 was recorded then and is checked at every use.`,
      },
      caution: null,
      golden: null,
    },
    'The declaration of this model',
  );
  return { entry, labels: new Blob([text], { type: 'text/plain' }) };
}

/** Names for a file, from its metadata and its own name; the id is free. */
export function proposeNaming({ name, inspection }: OwnFile, taken: readonly string[]): Naming {
  const stem = plainText(name.replace(/\.onnx$/i, ''), 80);
  return {
    title: said(inspection, /^(name|title)$/i, 80) ?? stem,
    id: freeId(stem, taken),
    licence: said(inspection, /^licen[cs]e$/i, 120) ?? 'Not stated',
  };
}

function freeId(stem: string, taken: readonly string[]): string {
  const plain = stem
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 58);
  const base = plain === '' ? 'own-model' : plain;
  let id = base;
  for (let count = 2; taken.includes(id); count += 1) id = `${base}-${String(count)}`;
  return id;
}

/** What the file's metadata say under a key, as a short plain text. */
function said({ metadata }: ModelInspection, key: RegExp, max: number): string | null {
  const value = metadata.find((line) => key.test(line.key))?.value ?? '';
  const text = plainText(value, max);
  return text === '' ? null : text;
}

/** Without control and bidirectional characters, bounded. */
function plainText(text: string, max: number): string {
  const plain = text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
  return plain.length > max ? `${plain.slice(0, max - 1)}…` : plain;
}
