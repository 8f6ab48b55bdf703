import type { AppError } from '../../core/errors.ts';
import { isRefusal, isVerdict } from '../refusals.ts';
import { aloneOrNot } from './alone.ts';
import { noteOfRefusal } from './notes.ts';
import type { LibraryParts } from './parts.ts';
import type { Installable } from './types.ts';

/**
 * Says how a failed install stands: paused when what came may still be of use, refused otherwise. The ledger gets its
 * line for every refusal, also for one of which only the next try can say whether it stays.
 */
export async function settle(
  parts: LibraryParts,
  item: Installable,
  error: AppError,
): Promise<void> {
  const { records, states, ledger } = parts;
  const { id } = item;
  if (error.code === 'download/cancelled') return; // whoever cancels clears up
  if (isRefusal(error)) await ledger.append(noteOfRefusal(item, error));
  if (isVerdict(error)) {
    states.set(id, { state: 'refused', error });
    return;
  }
  const partial = await records.partial(id);
  states.set(id, {
    state: 'paused',
    loadedBytes: partial?.receivedBytes ?? 0,
    totalBytes: partial?.totalBytes ?? item.bytes,
    error: error.code === 'download/paused' ? null : error,
  });
}

/** Says why a paused install does not go on. */
export function setReason({ states }: LibraryParts, id: string, error: AppError): void {
  const now = states.get(id);
  if (now.state === 'paused') states.set(id, { ...now, error });
}

/** An install goes on by itself no more. */
export async function leave({ records, dependencies }: LibraryParts, id: string): Promise<void> {
  await aloneOrNot(dependencies.locks, id, () => records.setStranded(id, false));
}
