import { create } from 'zustand';
import type { AppError } from '../../../core/errors.ts';

/** What the library was asked for and could not do, by model, where its own state does not tell. */
interface Failures {
  readonly byModel: Readonly<Record<string, AppError>>;
}

const useFailures = create<Failures>()(() => ({ byModel: {} }));

/** The last failure of a model; undefined when there is none. */
export function useFailure(id: string): AppError | undefined {
  return useFailures(({ byModel }) => byModel[id]);
}

/** Notes a failure, unless the person ended the work. */
export function noteFailure(id: string, error: AppError): void {
  if (/\/(cancelled|paused)$/.test(error.code)) return;
  useFailures.setState(({ byModel }) => ({ byModel: { ...byModel, [id]: error } }));
}

export function clearFailure(id: string): void {
  useFailures.setState(({ byModel }) => {
    if (!(id in byModel)) return { byModel };
    const { [id]: _gone, ...rest } = byModel;
    return { byModel: rest };
  });
}
