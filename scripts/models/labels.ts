import { AppError, asAppError } from '../../src/core/errors.ts';
import { limitOf } from '../../src/core/limits.ts';
import type { ModelInspection } from '../../src/core/onnx/types.ts';
import { parseLabels } from '../../src/models/labels.ts';
import { labelsInside } from '../../src/tasks/propose/graph.ts';
import {
  isSynset,
  labelsOf as readText,
  linesOf,
  READ_AS,
  textOf,
} from '../../src/tasks/propose/label-text.ts';
import type { Proposal } from '../../src/tasks/propose/types.ts';
import { pathOf, usage } from './command.ts';
import type { Contract } from './contract.ts';
import { readBytes } from './files.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A labels file for an entry. */
export interface Labels {
  readonly bytes: Bytes;
  readonly format: Contract['labels']['format'];
  /** How many labels there are. */
  readonly count: number;
  /** Where they come from, for a sentence that goes on with “has”. */
  readonly origin: string;
}

/** How many names are printed of those that were not given line by line. */
const SHOWN = 5;

/**
 * The labels of a model that is added: those of the given file; without one a single “value” for outputs that are
 * shown as numbers, as the page does for own files, or the names that the model itself carries. What was taken
 * without being given is printed.
 * @throws AppError `app/usage` when there are none; `app/unreadable`, `app/too-large`, `manifest/bad-labels`.
 */
export function takeLabels(
  file: string | undefined,
  contract: Contract,
  inspection: ModelInspection,
): Labels {
  if (file !== undefined) {
    return givenLabels(readBytes(pathOf(file), limitOf('labelsBytes')), contract, file);
  }
  if (contract.task === 'tensors') {
    console.error(
      'No --labels: the outputs are shown as numbers, which have no names. The labels file gets the one line “value”.',
    );
    return labelsIn(asFile(['value']), 'plain', 'the labels file');
  }
  const inside = labelsInside(inspection);
  if (!inside) {
    throw usage('--labels FILE is missing, and the model file carries no names of its classes.');
  }
  console.error(`No --labels: ${carried(inside)} were taken.`);
  return labelsIn(asFile(inside), 'plain', 'the list inside the model file');
}

/** What a proposal means for `--labels`, in a sentence for the operator. */
export function labelsNeeded({ task, labels, labelSet, classes }: Proposal): string {
  if (task === 'tensors') return '--labels is not needed: numbers have no names.';
  if (labels) return `--labels is not needed: without it ${carried(labels)} are taken.`;
  const lines = classes === null ? 'a line for each class' : `${String(classes)} lines`;
  const known = labelSet === null ? '' : `, such as public/library/labels/${labelSet}.txt`;
  return `--labels FILE is needed, with ${lines}${known}.`;
}

/** The labels in a file, as the page's wizard reads it. Lines are published as they stand, else the names are. */
function givenLabels(bytes: Bytes, contract: Contract, file: string): Labels {
  const text = textOf(bytes);
  const { labels, form } = readText(text);
  if (form === 'unread') {
    throw new AppError(
      'manifest/bad-labels',
      `${file} begins like a list in JSON or Python and cannot be read as one. Nothing was added; write the names below each other and give that file.`,
    );
  }
  const isPlain = form === 'lines' || form === 'synset';
  if (!isPlain) console.error(`${file}: ${READ_AS[form]} (${sample(labels)}).`);
  try {
    return isPlain
      ? labelsIn(asFile(linesOf(text)), contract.labels.format, file)
      : labelsIn(asFile(labels), 'plain', file);
  } catch (thrown) {
    const { code, details } = asAppError(thrown);
    if (code !== 'manifest/bad-labels') throw thrown;
    throw new AppError(
      code,
      `Label ${String(details['line'])} of ${file} is none: it is empty, not UTF-8, not of the contract's format, or has characters that cannot be seen. Nothing was added; mend it and try again.`,
      { details },
    );
  }
}

function labelsIn(bytes: Bytes, said: Labels['format'], origin: string): Labels {
  const labels = parseLabels(bytes, said); // throws when it is none
  const format = formatOf(labels, said, origin);
  return { bytes, format, count: labels.length, origin };
}

/**
 * The contract's format, but for a list of WordNet ids that it calls plain, as every proposal does: nobody wants to
 * read “n01440764 tench, Tinca tinca” below a picture.
 */
function formatOf(
  labels: readonly string[],
  said: Labels['format'],
  origin: string,
): Labels['format'] {
  if (said === 'synset' || !isSynset(labels)) return said;
  console.error(
    `Every line of ${origin} begins with a WordNet id: the format is taken as “synset”, and the first name of each line is shown.`,
  );
  return 'synset';
}

function asFile(labels: readonly string[]): Bytes {
  return new TextEncoder().encode(`${labels.join('\n')}\n`);
}

function carried(labels: readonly string[]): string {
  return `the names that the model file carries (${sample(labels)})`;
}

/** How many, and the first of them. */
function sample(labels: readonly string[]): string {
  const first = labels.slice(0, SHOWN).join(', ');
  return `${String(labels.length)}: ${first}${labels.length > SHOWN ? ', …' : ''}`;
}
