import { describe, expect, it } from 'vitest';
import { niceStep, rulerTicks } from './ticks.ts';

describe('niceStep', () => {
  it('rounds up to 1, 2 or 5 times a power of ten', () => {
    expect([0.2, 1, 1.1, 3, 6, 12, 21, 51].map(niceStep)).toEqual([1, 1, 2, 5, 10, 20, 50, 100]);
  });
});

describe('rulerTicks', () => {
  it('labels a photo every hundred pixels and halves between', () => {
    const ticks = rulerTicks(640, 640);
    expect(ticks.filter((tick) => tick.rank === 2).map((tick) => tick.at)).toEqual([
      0, 100, 200, 300, 400, 500, 600,
    ]);
    expect(ticks.find((tick) => tick.at === 50)?.rank).toBe(1);
    expect(ticks.find((tick) => tick.at === 10)?.rank).toBe(0);
    expect(ticks.at(-1)?.at).toBe(640);
  });

  it('keeps labels apart whatever the zoom', () => {
    for (const pixels of [120, 350, 900, 2400]) {
      for (const length of [8, 32, 640, 3000, 16384]) {
        const labels = rulerTicks(length, pixels).filter((tick) => tick.rank === 2);
        const apart = (((labels[1]?.at ?? length) - (labels[0]?.at ?? 0)) * pixels) / length;
        expect(labels.length === 1 || apart >= 63.9).toBe(true);
      }
    }
  });

  it('has nothing to say about nothing', () => {
    expect(rulerTicks(0, 100)).toEqual([]);
    expect(rulerTicks(100, 0)).toEqual([]);
  });
});
