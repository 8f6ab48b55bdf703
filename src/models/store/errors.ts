import { AppError } from '../../core/errors.ts';

/** Makes what a browser's storage threw an AppError: `store/quota` when the device is full, else `store/failed`. */
export function storeError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown;
  if (thrown instanceof Error && thrown.name === 'QuotaExceededError') {
    return new AppError(
      'store/quota',
      'The browser gives this page no more space on the device. Remove models that are not needed, or free space on the disk, and go on.',
      { retryable: true, details: { cause }, cause: thrown },
    );
  }
  return new AppError(
    'store/failed',
    `The browser could not read or write the files of this page (${cause}). Try again; if it stays so, restart the browser.`,
    { retryable: true, details: { cause }, cause: thrown },
  );
}
