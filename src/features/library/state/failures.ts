import { create } from 'zustand';
import type { AppError } from '../../../core/errors.ts';
import type { InstallState, Library } from '../../../models/library/types.ts';

interface Failure {
  readonly error: AppError;
  /** The model's state when it was noted: once that is another, the failure is of the past. */
  readonly during: InstallState['state'];
}

/** What the library was asked for and could not do, by model, where its own state does not tell. */
interface Failures {
  readonly byModel: Readonly<Record<string, Failure>>;
}

export const useFailures = create<Failures>()(() => ({ byModel: {} }));

/** The last failure of a model; undefined when there is none. */
export function useFailure(id: string): AppError | undefined {
  return useFailures(({ byModel }) => byModel[id]?.error);
}

/** Notes a failure, unless the person ended the work. */
export function noteFailure(id: string, error: AppError, during: InstallState['state']): void {
  if (/\/(cancelled|paused)$/.test(error.code)) return;
  useFailures.setState(({ byModel }) => ({ byModel: { ...byModel, [id]: { error, during } } }));
}

export function clearFailure(id: string): void {
  if (!(id in useFailures.getState().byModel)) return;
  useFailures.setState(({ byModel }) => {
    const { [id]: _gone, ...rest } = byModel;
    return { byModel: rest };
  });
}

/** Clears the failures of models whose state has changed since, by this tab or another. */
export function clearPastFailures(library: Pick<Library, 'state'>): void {
  for (const [id, { during }] of Object.entries(useFailures.getState().byModel)) {
    if (library.state(id).state !== during) clearFailure(id);
  }
}
