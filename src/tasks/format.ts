import { fixed } from '../core/quantity.ts';

/*
 * Shares and scores as an instrument prints them: with fixed decimals.
 */

/** 0.97314 → "97.3%"; what would round to 0 or 100 without being so says "<0.1%" or ">99.9%". */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  if (share < 1 && share >= 0.9995) return '>99.9%';
  return `${fixed(share * 100, 1)}%`;
}

/** A score or threshold on the scale 0..1, two decimals. */
export function formatScore(score: number): string {
  return fixed(score, 2);
}
