import { asAppError } from '../../src/core/errors.ts';
import { parseLabels } from '../../src/models/labels.ts';
import type { ModelEntry } from '../../src/tasks/registry.ts';
import { largestPicture } from '../../src/tasks/shared/largest-picture.ts';
import { entryMisfit, labelsMisfit } from './fit.ts';
import { judge } from './judge.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Something that is wrong with a folder. */
export interface Fault {
  readonly sentence: string;
  /** The files are as the manifest says, and the gate refuses one all the same. */
  readonly refused: boolean;
}

/**
 * What is wrong inside files that are as they were pinned: the gate refuses the model, the labels are none, or the entry
 * does not fit them.
 * @param model null, as `labels`, for a file that is missing or another.
 */
export function contentFaults(
  entry: ModelEntry,
  model: Bytes | null,
  labels: Bytes | null,
): readonly Fault[] {
  const { id } = entry;
  const names = labels && readNames(entry, labels);
  const faults = names?.fault == null ? [] : [wrong(names.fault)];
  if (model === null) return faults;
  const { verdict, inspection } = judge(model, largestPicture(entry.input));
  if (!verdict.accepted || inspection === null) {
    const refusals = verdict.reasons.map(({ code, sentence }) => ({
      sentence: `${id} is refused by the gate (${code}): ${sentence}`,
      refused: true,
    }));
    return [...faults, ...refusals];
  }
  const misfit = entryMisfit(entry, inspection);
  if (misfit !== null) {
    return [...faults, wrong(`${id}: its entry does not fit its file: the model ${misfit}.`)];
  }
  const given = names?.count == null ? null : { count: names.count, origin: entry.labels.file };
  const few = given && labelsMisfit(entry, inspection, given);
  return few === null ? faults : [...faults, wrong(`${id}: the model ${few}.`)];
}

function wrong(sentence: string): Fault {
  return { sentence, refused: false };
}

interface Names {
  readonly count: number | null;
  readonly fault: string | null;
}

function readNames({ id, labels: { file, format } }: ModelEntry, bytes: Bytes): Names {
  try {
    return { count: parseLabels(bytes, format).length, fault: null };
  } catch (thrown) {
    const { code, details } = asAppError(thrown);
    if (code !== 'manifest/bad-labels') throw thrown;
    const line = String(details['line']);
    const fault = `${id}: line ${line} of ${file} is not a label of the format “${format}”.`;
    return { count: null, fault };
  }
}
