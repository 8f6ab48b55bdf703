import { create } from 'zustand';
import { AppError, asAppError } from '../../../../core/errors.ts';
import type { InstalledModel, Library } from '../../../../models/library/types.ts';
import { readFile, type ReadFile } from '../read-file.ts';
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
    }
  | { readonly at: 'installed'; readonly model: InstalledModel };

/**
 * The file in work and what was entered about it, until it is kept or discarded: whoever leaves the library and comes
 * back finds it as it was. Gone with the page; nothing of it is stored.
 */
export const useOwnWork = create<{ readonly stage: Stage }>(() => ({ stage: { at: 'start' } }));

/** Reads and judges a file in place of the one in work. */
export async function takeFile(
  library: Library,
  file: File,
  surroundings: () => Surroundings,
): Promise<void> {
  const reading: Stage = { at: 'reading', file };
  useOwnWork.setState({ stage: reading });
  let next: Stage;
  try {
    const read = await readFile(library, file);
    const { own, offers } = read;
    const usable = offers !== null && !(offers instanceof AppError);
    next = { at: 'read', file, read, form: usable ? beginForm(own, offers, surroundings()) : null };
  } catch (thrown) {
    next = { at: 'failed', file, error: asAppError(thrown) };
  }
  // Another file was chosen meanwhile, or this one discarded.
  if (useOwnWork.getState().stage === reading) useOwnWork.setState({ stage: next });
}

/** Changes the form of a file, as long as that file is the one in work. */
export function changeForm(of: ReadFile, change: (form: Form) => Partial<Form>): void {
  useOwnWork.setState(({ stage }) => {
    if (stage.at !== 'read' || stage.read !== of || !stage.form) return {};
    return { stage: { ...stage, form: { ...stage.form, ...change(stage.form) } } };
  });
}

/** Says that a file became a model, unless the person is at another one by now. */
export function finish(of: ReadFile, model: InstalledModel): void {
  useOwnWork.setState(({ stage }) =>
    stage.at === 'read' && stage.read === of ? { stage: { at: 'installed', model } } : {},
  );
}

/** Forgets the file in work, or that it was kept. */
export function discard(): void {
  useOwnWork.setState({ stage: { at: 'start' } });
}
