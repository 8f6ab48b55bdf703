/*
 * The layer strip's arithmetic: which layers are in sight, and how many of them share a bar.
 */

/** A run of layers in sight: `count` from `from`, both whole, within the network. */
export interface Sight {
  readonly from: number;
  readonly count: number;
}

/** Closest sight: fewer layers would be wider than tall. */
const CLOSEST = 8;

/** The whole network. */
export function fullSight(total: number): Sight {
  return { from: 0, count: total };
}

/** @param factor below 1 comes closer @param anchor share of the strip that stays where it is, 0..1 */
export function zoomSight(sight: Sight, total: number, factor: number, anchor: number): Sight {
  const least = Math.min(CLOSEST, total);
  const count = Math.min(total, Math.max(least, Math.round(sight.count * factor)));
  return within(Math.round(sight.from + (sight.count - count) * anchor), count, total);
}

/** @param layers how far to the right, in layers */
export function panSight({ from, count }: Sight, total: number, layers: number): Sight {
  return within(from + Math.round(layers), count, total);
}

/** Moved as little as needed to have a layer in sight. */
export function revealSight(sight: Sight, total: number, index: number): Sight {
  const { from, count } = sight;
  if (index < from) return within(index, count, total);
  return index >= from + count ? within(index - count + 1, count, total) : sight;
}

function within(from: number, count: number, total: number): Sight {
  return { from: Math.min(Math.max(from, 0), total - count), count };
}

/** Layers that share a bar: `from` up to `to`, the latter not included. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly sum: number;
  /** The layer with the largest value; the first one where all are 0. */
  readonly lead: number;
}

/** At most `bars` bars for the layers in sight, all of nearly the same number of layers. */
export function barsOf(
  values: readonly number[],
  { from, count }: Sight,
  bars: number,
): readonly Bar[] {
  const shown = Math.max(1, Math.min(Math.floor(bars), count));
  return count === 0
    ? []
    : Array.from({ length: shown }, (_, at) => {
        const start = from + Math.floor((at * count) / shown);
        const end = from + Math.floor(((at + 1) * count) / shown);
        let lead = start;
        let sum = 0;
        for (let index = start; index < end; index += 1) {
          const value = values[index] ?? 0;
          sum += value;
          if (value > (values[lead] ?? 0)) lead = index;
        }
        return { from: start, to: end, sum, lead };
      });
}
