import { AppError } from '../../core/errors.ts';

/** The AppError that a promise rejects with; any other outcome fails. */
export async function rejection(work: Promise<unknown>): Promise<AppError> {
  const [outcome] = await Promise.allSettled([work]);
  if (outcome.status === 'rejected' && outcome.reason instanceof AppError) return outcome.reason;
  if (outcome.status === 'rejected') throw outcome.reason;
  throw new AppError('app/test', 'Nothing was rejected where a refusal was expected.');
}
