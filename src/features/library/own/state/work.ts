import { create } from 'zustand';
import { AppError, asAppError } from '../../../../core/errors.ts';
import type { InstalledModel, Library } from '../../../../models/library/types.ts';
import { readFile, type ReadFile } from '../read-file.ts';
import { readLabelsFile } from '../read-labels.ts';
import { beginForm, type Form, type Surroundings } from './form.ts';

/** How far a file of the person's own is. */
export type Stage =
  | { readonly at: 'start' }
  | { readonly at: 'reading'; readonly file: File }
  | { readonly at: 'failed'; readonly file: File; readonly error: AppError }
  | {
      readonly at: 'read';
      readonly file: File;
      readonly read: ReadFile;
      /** Null where the file cannot be used. */
      readonly form: Form | null;
      /** The person entered something. */
      readonly changed: boolean;
    }
  | { readonly at: 'installed'; readonly model: InstalledModel };

/** A model file that came. */
export interface Came {
  readonly file: File;
  /** A text that came with it; null without. */
  readonly labels: File | null;
}

interface Work {
  readonly stage: Stage;
  /** Labels for the file that is being read; null without. */
  readonly labels: File | null;
  /** What came while something was entered about another file: the person is asked which it is to be. */
  readonly waiting: Came | null;
}

const NOTHING: Work = { stage: { at: 'start' }, labels: null, waiting: null };

/**
 * The file in work and what was entered about it, until it is kept or discarded: whoever leaves the library and comes
 * back finds it as it was. Gone with the page; nothing of it is stored.
 */
export const useOwnWork = create<Work>(() => NOTHING);

/** Takes a file as `takeFile`, or has the person asked first where something entered would be lost. */
export async function offerFile(
  library: Library,
  came: Came,
  surroundings: () => Surroundings,
): Promise<LabelsOutcome | null> {
  const { stage } = useOwnWork.getState();
  if (stage.at !== 'read' || !stage.changed) return takeFile(library, came, surroundings);
  useOwnWork.setState({ waiting: came });
  return null;
}

/** The file that waits is not wanted. */
export function declineFile(): void {
  useOwnWork.setState({ waiting: null });
}

/**
 * Reads and judges a file in place of the one in work.
 * @returns what became of the labels that came with it, or while it was read; null without such.
 */
export async function takeFile(
  library: Library,
  { file, labels }: Came,
  surroundings: () => Surroundings,
): Promise<LabelsOutcome | null> {
  const reading: Stage = { at: 'reading', file };
  useOwnWork.setState({ stage: reading, labels, waiting: null });
  let next: Stage;
  try {
    const read = await readFile(library, file);
    const { own, offers } = read;
    const usable = offers !== null && !(offers instanceof AppError);
    const form = usable ? beginForm(own, offers, surroundings()) : null;
    next = { at: 'read', file, read, form, changed: false };
  } catch (thrown) {
    next = { at: 'failed', file, error: asAppError(thrown) };
  }
  // Another file was chosen meanwhile, or this one discarded.
  const now = useOwnWork.getState();
  if (now.stage !== reading) return null;
  useOwnWork.setState({ stage: next, labels: null });
  return now.labels && giveLabels(now.labels);
}

/** Changes the form of a file, as long as that file is the one in work. */
export function changeForm(of: ReadFile, change: (form: Form) => Partial<Form>): void {
  useOwnWork.setState(({ stage }) => {
    if (stage.at !== 'read' || stage.read !== of || !stage.form) return {};
    return {
      stage: { ...stage, form: { ...stage.form, ...change(stage.form) }, changed: true },
    };
  });
}

/** What became of a text with labels. */
export type LabelsOutcome =
  'labels-came' | 'labels-failed' | 'labels-early' | 'labels-unneeded' | 'labels-unusable';

/**
 * Makes a text file the labels of the model in work, if there is one and it has labels.
 * @returns null while that model is being read: `takeFile` tells then.
 */
export async function giveLabels(file: File): Promise<LabelsOutcome | null> {
  const { stage } = useOwnWork.getState();
  if (stage.at === 'reading') {
    useOwnWork.setState({ labels: file });
    return null;
  }
  if (stage.at === 'start' || stage.at === 'installed') return 'labels-early';
  if (stage.at === 'failed' || !stage.form) return 'labels-unusable';
  if (stage.form.draft.task === 'tensors') return 'labels-unneeded';
  const given = await readLabelsFile(file);
  changeForm(stage.read, ({ labels }) => ({ labels: { ...labels, ...given } }));
  return given.text === undefined ? 'labels-failed' : 'labels-came';
}

/** Says that a file became a model, unless the person is at another one by now. */
export function finish(of: ReadFile, model: InstalledModel): void {
  useOwnWork.setState(({ stage }) =>
    stage.at === 'read' && stage.read === of ? { stage: { at: 'installed', model } } : {},
  );
}

/** Forgets the file in work, or that it was kept. */
export function discard(): void {
  useOwnWork.setState(NOTHING);
}
