/** A sample in a few numbers, in the sample's own unit. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly min: number;
  /** First and third quartile: half of all values lie between them. */
  readonly p25: number;
  readonly p75: number;
}

/** Two samples that were taken in turn, compared. */
export interface Comparison {
  readonly a: Summary;
  readonly b: Summary;
  /** p50 of b over p50 of a. */
  readonly ratio: number;
  /** Minimum of b over minimum of a: what is left of the ratio where nothing else disturbed. */
  readonly minRatio: number;
  /** The pairs' own ratios: what drifts during the run cancels out in each. */
  readonly pairRatio: Summary;
}

/** @param values any order; none gives NaN throughout */
export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    min: quantile(sorted, 0),
    p25: quantile(sorted, 0.25),
    p75: quantile(sorted, 0.75),
  };
}

/** @param pairs two samples of the same length, index by index */
export function compare({
  a,
  b,
}: {
  readonly a: readonly number[];
  readonly b: readonly number[];
}): Comparison {
  const [sumA, sumB] = [summarise(a), summarise(b)];
  const pairRatio = summarise(b.map((value, index) => value / (a[index] ?? NaN)));
  return { a: sumA, b: sumB, ratio: sumB.p50 / sumA.p50, minRatio: sumB.min / sumA.min, pairRatio };
}

/** Linear between the two nearest ranks (R's type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}
