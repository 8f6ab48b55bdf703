import type { AppError } from '../core/errors.ts';

/** True when a file itself was refused, so that what came of it is of no use. */
export function isVerdict({ code, retryable }: Pick<AppError, 'code' | 'retryable'>): boolean {
  const area = code.split('/')[0];
  if (area === 'integrity' || area === 'gate' || area === 'manifest') return true;
  return area === 'download' && !retryable;
}

/** Refusals that decide nothing about the file: the next try may bring another answer. */
const PASSING = /^(download\/(blocked|bad-range|html|empty)|store\/(id-taken|bad-counter))$/;

/**
 * True when something was refused (a file, where it would come from, its name or its manifest), and not merely failed
 * or stopped: the ledger gets a line.
 */
export function isRefusal(error: Pick<AppError, 'code' | 'retryable'>): boolean {
  return isVerdict(error) || PASSING.test(error.code);
}
