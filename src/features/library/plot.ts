import type { LibraryRow } from './rows.ts';

/** A model in the plot, in screen pixels. */
export interface Dot {
  readonly row: LibraryRow;
  readonly x: number;
  readonly y: number;
}

export interface PlotTick {
  readonly at: number;
  readonly text: string;
}

/** Where everything of the accuracy-against-size plot goes, in screen pixels. */
export interface PlotLayout {
  readonly dots: readonly Dot[];
  readonly xTicks: readonly PlotTick[];
  readonly yTicks: readonly PlotTick[];
  /** Left end of the band for models whose size nobody published; null when there is none. */
  readonly bandFrom: number | null;
  readonly unsized: number;
}

export interface PlotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const MiB = 1024 * 1024;
const GAP = 9;

/** The measures that rows have in common, the most frequent first, with how many rows have each. */
export function measures(
  rows: readonly LibraryRow[],
): readonly { readonly measure: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { measure } of rows) {
    if (measure !== null) counts.set(measure, (counts.get(measure) ?? 0) + 1);
  }
  return [...counts]
    .map(([measure, count]) => ({ measure, count }))
    .sort((a, b) => b.count - a.count || a.measure.localeCompare(b.measure));
}

/**
 * Lays out the rows of one measure: size across on a logarithmic scale, the metric upwards on a linear one. Rows of
 * unknown size share a band at the right, side by side where they would cover each other.
 */
export function layoutPlot(rows: readonly LibraryRow[], measure: string, box: PlotBox): PlotLayout {
  const shown = rows.filter((row) => row.measure === measure && row.metric !== null);
  const values = shown.map(({ metric }) => metric?.value ?? 0);
  const sized = shown.filter(({ bytes }) => bytes !== null);
  const unsized = shown.filter(({ bytes }) => bytes === null);
  const width = box.right - box.left;
  const bandWidth = unsized.length === 0 ? 0 : sized.length === 0 ? width : width * 0.3;
  const y = scaleY(values, box);
  const right = box.right - bandWidth - (bandWidth > 0 && sized.length > 0 ? 12 : 0);
  const x = scaleX(
    sized.map(({ bytes }) => bytes ?? 1),
    box.left,
    right,
  );
  return {
    dots: [
      ...sized.map((row) => ({
        row,
        x: x.place(row.bytes ?? 1),
        y: y.place(row.metric?.value ?? 0),
      })),
      ...swarm(unsized, (row) => y.place(row.metric?.value ?? 0), box.right - bandWidth, box.right),
    ],
    xTicks: sized.length === 0 ? [] : x.ticks,
    yTicks: y.ticks,
    bandFrom: unsized.length === 0 ? null : box.right - bandWidth,
    unsized: unsized.length,
  };
}

function scaleY(values: readonly number[], { top, bottom }: PlotBox) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const spread = high - low || Math.abs(high) || 1;
  const step = niceStep(spread / 4);
  const from = Math.floor(low / step) * step;
  const to = Math.max(from + step, Math.ceil(high / step) * step);
  const place = (value: number) => bottom - ((value - from) / (to - from)) * (bottom - top);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const count = Math.round((to - from) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index): PlotTick => {
    const value = from + index * step;
    return { at: place(value), text: value.toFixed(digits) };
  });
  return { place, ticks };
}

function scaleX(sizes: readonly number[], left: number, right: number) {
  // Half an octave of room at both ends, so that no dot stands on the edge.
  const from = Math.log2(Math.min(...sizes)) - 0.5;
  const to = Math.log2(Math.max(...sizes)) + 0.5;
  const place = (bytes: number) =>
    left + ((Math.log2(bytes) - from) / (to - from)) * (right - left);
  const ticks: PlotTick[] = [];
  for (let mebibytes = 1 / 16; mebibytes <= 1024; mebibytes *= 2) {
    const at = place(mebibytes * MiB);
    const before = ticks.at(-1)?.at ?? -Infinity;
    if (at >= left && at <= right && at - before >= 44) {
      const text = mebibytes < 1 ? mebibytes.toFixed(2) : String(mebibytes);
      ticks.push({ at, text: ticks.length === 0 ? `${text}\u00a0MiB` : text });
    }
  }
  return { place, ticks };
}

/** Dots of one column pushed aside, as little as needed, from the middle of the band. */
function swarm(
  rows: readonly LibraryRow[],
  place: (row: LibraryRow) => number,
  left: number,
  right: number,
): readonly Dot[] {
  const middle = (left + right) / 2;
  const reach = Math.max(0, Math.floor(((right - left) / 2 - GAP) / GAP));
  const done: Dot[] = [];
  for (const row of rows.toSorted((a, b) => place(a) - place(b))) {
    const y = place(row);
    const free = (x: number) => done.every((dot) => Math.hypot(dot.x - x, dot.y - y) >= GAP);
    const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) =>
      i % 2 === 0 ? i / 2 : -(i + 1) / 2,
    );
    const offset = offsets.find((one) => free(middle + one * GAP)) ?? 0;
    done.push({ row, x: middle + offset * GAP, y });
  }
  return done;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is at least `least`, fractions too. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((step) => step * power >= least) ?? 10) * power;
}
