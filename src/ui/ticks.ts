/** One mark of a scale. */
export interface Tick {
  /** Where, in the scale's own unit. */
  readonly at: number;
  /** 2: labelled, 1: half way, 0: fine. */
  readonly rank: 0 | 1 | 2;
}

const STEPS = [1, 2, 5] as const;

/** The smallest of 1, 2, 5 × 10ⁿ (whole numbers) that is at least `least`. */
export function niceStep(least: number): number {
  let power = 1;
  for (;;) {
    for (const step of STEPS) {
      if (step * power >= least) return step * power;
    }
    power *= 10;
  }
}

/**
 * Marks for a ruler over `length` units shown on `pixels` screen pixels: labels at least `gap` screen pixels
 * apart, ten fine marks between labels where they stay 4 pixels apart, else five, else none.
 */
export function rulerTicks(length: number, pixels: number, gap = 64): readonly Tick[] {
  if (!(length > 0) || !(pixels > 0)) return [];
  const scale = pixels / length;
  const major = niceStep(gap / scale);
  const parts = [10, 5, 2].find((n) => major % n === 0 && (major / n) * scale >= 4) ?? 1;
  const step = major / parts;
  const ticks: Tick[] = [];
  for (let index = 0; index * step <= length; index += 1) {
    const at = index * step;
    const rank = at % major === 0 ? 2 : (at * 2) % major === 0 ? 1 : 0;
    ticks.push({ at, rank });
  }
  return ticks;
}
