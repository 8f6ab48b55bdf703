import type { AppError } from '../core/errors.ts';

/** True when a file itself was refused, so that what came of it is of no use. */
export function isVerdict({ code, retryable }: Pick<AppError, 'code' | 'retryable'>): boolean {
  const area = code.split('/')[0];
  if (area === 'integrity' || area === 'gate' || area === 'manifest') return true;
  return area === 'download' && !retryable;
}
