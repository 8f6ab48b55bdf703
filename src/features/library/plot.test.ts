import { describe, expect, it } from 'vitest';
import { layoutPlot, measures } from './plot.ts';
import { rowOf } from './testing/rows.ts';

const MiB = 1024 * 1024;
const BOX = { left: 40, right: 640, top: 10, bottom: 210 };
const MEASURE = 'ImageNet-1k, top-1';

const sized = (name: string, value: number, mebibytes: number) =>
  rowOf({ name, value, bytes: mebibytes * MiB });

describe('the plot of accuracy against size', () => {
  it('names the measures, the most frequent first', () => {
    const rows = [sized('a', 1, 1), sized('b', 2, 1), rowOf({ name: 'c' }), rowOf({ name: 'd', value: 1, dataset: 'COCO' })]; // prettier-ignore
    expect(measures(rows)).toEqual([
      { measure: MEASURE, count: 2 },
      { measure: 'COCO, top-1', count: 1 },
    ]);
  });

  it('places larger further right and better further up', () => {
    const { dots } = layoutPlot([sized('small', 60, 5), sized('large', 80, 200)], MEASURE, BOX);
    const [small, large] = dots;
    expect(large?.x).toBeGreaterThan(small?.x ?? Infinity);
    expect(large?.y).toBeLessThan(small?.y ?? -Infinity);
  });

  it('doubles the size over equal distances', () => {
    const { dots } = layoutPlot(
      [sized('a', 1, 10), sized('b', 2, 20), sized('c', 3, 40)],
      MEASURE,
      BOX,
    );
    const [a = 0, b = 0, c = 0] = dots.map(({ x }) => x);
    expect(b - a).toBeCloseTo(c - b, 6);
  });

  it('keeps every dot in the box, and unknown sizes in their band without covering each other', () => {
    const unknown = Array.from({ length: 60 }, (_, index) =>
      rowOf({ name: `m${String(index)}`, value: 70 + (index % 20) }),
    );
    const { dots, bandFrom, unsized } = layoutPlot([sized('a', 75, 10), ...unknown], MEASURE, BOX);
    expect(unsized).toBe(60);
    expect(dots).toHaveLength(61);
    const band = dots.filter(({ row }) => row.bytes === null);
    for (const dot of band) expect(dot.x).toBeGreaterThanOrEqual(bandFrom ?? Infinity);
    for (const { x, y } of dots) {
      expect(x >= BOX.left && x <= BOX.right && y >= BOX.top && y <= BOX.bottom).toBe(true);
    }
    const places = new Set(band.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`));
    expect(places.size).toBe(band.length);
  });

  it('copes with one model, and with none', () => {
    const one = layoutPlot([sized('a', 70, 10)], MEASURE, BOX);
    expect(one.dots.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(one.bandFrom).toBeNull();
    expect(layoutPlot([], MEASURE, BOX).dots).toEqual([]);
    expect(layoutPlot([rowOf({ name: 'z', value: 0 })], MEASURE, BOX).dots).toHaveLength(1);
  });

  it('labels the axes with round numbers', () => {
    const { yTicks, xTicks } = layoutPlot(
      [sized('a', 56.3, 5), sized('b', 78.2, 230)],
      MEASURE,
      BOX,
    );
    expect(yTicks.map(({ text }) => text)).toEqual(['50', '60', '70', '80']);
    expect(xTicks[0]?.text).toBe('4\u00a0MiB');
  });
});
