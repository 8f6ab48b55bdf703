import { AppError } from '../errors.ts';
import type { GateVerdict } from './types.ts';

/**
 * The first reason as an error, its sentence and the others' codes with it.
 *
 * @returns null for an accepted model
 */
export function refusal(verdict: GateVerdict): AppError | null {
  const [first] = verdict.reasons;
  if (first === undefined) return null;
  const codes = verdict.reasons.map(({ code }) => code).join(' ');
  return new AppError(first.code, first.sentence, { details: { ...first.details, codes } });
}
