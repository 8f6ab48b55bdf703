import { asAppError } from '../../../core/errors.ts';
import { limitOf } from '../../../core/limits.ts';
import { parseLabels } from '../../../models/labels.ts';
import { loadVerified } from '../../../models/verify.ts';
import type { Zoo } from '../../../models/zoo/schema.ts';
import { labelsOf } from '../../../tasks/propose/label-text.ts';
import { plural } from '../../../ui/format.ts';

/** Names of classes that the page has, by id. */
export type LabelLists = Zoo['labels'];

/** Where a model's labels come from. */
export type LabelSource = 'list' | 'inside' | 'text' | 'numbers';

/** “class 0”, “class 1”, … */
export function numberedLabels(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `class ${String(at)}`);
}

/**
 * How many labels there must be, in a sentence.
 * @param classes null when the file does not tell
 * @param unfit how many names the file carries that are too many or too few; null without such
 */
export function labelsNeeded(classes: number | null, unfit: number | null): string {
  if (classes === null) return 'The file does not say how many classes there are.';
  const labels = `${plural(classes, 'label is', 'labels are')} needed, in its order.`;
  const has = `the network has ${plural(classes, 'class', 'classes')}`;
  return unfit === null
    ? `The network has ${plural(classes, 'class', 'classes')}, so ${labels}`
    : `The file carries ${plural(unfit, 'name', 'names')}, but ${has}: ${labels}`;
}

/**
 * Fetches one of the page's lists and checks its digest.
 * @throws AppError `integrity/…`, `download/…`, `manifest/bad-labels`.
 */
export async function loadLabelList(
  id: string,
  { file, bytes, sha256 }: LabelLists[string],
  pageUrl: string,
): Promise<readonly string[]> {
  try {
    const url = new URL(file, pageUrl).href;
    const asset = { what: `the labels ${id}`, url, bytes, sha256, isText: true } as const;
    const loaded = await loadVerified(asset);
    return parseLabels(loaded.bytes, 'plain');
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

/** The person's choice of labels; what is not chosen keeps what was entered. */
export interface LabelChoice {
  readonly source: LabelSource;
  /** Id of one of the page's lists. */
  readonly list: string;
  readonly text: string;
  /** How many, for numbers; NaN while the field is empty. */
  readonly count: number;
  /** Why a text file was not taken. */
  readonly fileProblem: string | null;
}

/**
 * The labels of a choice, as far as they are at hand: null for one of the page's lists, which must be fetched.
 * @param classes how many are needed; null when the file does not tell
 */
export function labelsAtHand(
  choice: LabelChoice,
  inside: readonly string[] | null,
  classes: number | null,
): readonly string[] | null {
  switch (choice.source) {
    case 'inside':
      return inside ?? [];
    case 'list':
      return null;
    case 'text':
      return labelsOf(choice.text).labels;
    case 'numbers': {
      const count = classes ?? choice.count;
      return Number.isInteger(count) && count >= 1 && count <= limitOf('labelsBytes') // a label has a byte at least
        ? numberedLabels(count)
        : [];
    }
  }
}

/** The page's lists, with their ids, that may name so many classes; null classes fit any number. */
export function fittingLists(
  lists: LabelLists,
  classes: number | null,
): readonly (readonly [string, LabelLists[string]])[] {
  return Object.entries(lists).filter(
    ([, list]) => list.classes > 1 && (classes === null || list.classes === classes),
  );
}

/** The choice that a proposal suggests. */
export function proposedLabels(
  labelSet: string | null,
  inside: readonly string[] | null,
  lists: LabelLists,
  classes: number | null,
): LabelChoice {
  const fits = fittingLists(lists, classes);
  const list = fits.find(([id]) => id === labelSet)?.[0];
  return {
    source: inside ? 'inside' : list !== undefined ? 'list' : 'numbers',
    list: list ?? fits[0]?.[0] ?? '',
    text: '',
    count: classes ?? 80,
    fileProblem: null,
  };
}
