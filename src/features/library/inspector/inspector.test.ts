import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../../core/onnx/types.ts';
import { describeActivations, describeShare, describeWork } from './estimates.ts';
import { formatShape } from './GraphFacts.tsx';
import { kindOf } from './operators.ts';
import { drawnRows, matches, sortLayers, splitName } from './rows.ts';
import { barsOf, fullSight, panSight, revealSight, zoomSight } from './strip.ts';

const layer = (
  index: number,
  op: string,
  parameters: number,
  multiplyAdds: number | null,
): Layer => ({
  index,
  name: `layer${String(index)}`,
  op,
  inputs: ['data'],
  outputs: [`Out${String(index)}`],
  outputShape: null,
  parameters,
  multiplyAdds,
  operand: null,
});
const LAYERS = [layer(0, 'Conv', 9, 100), layer(1, 'Relu', 0, null), layer(2, 'Conv', 90, 10)];

describe('the sight of the strip', () => {
  const total = fc.integer({ min: 1, max: 20_000 });
  const moves = fc.array(
    fc.oneof(
      fc.record({
        factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
        anchor: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ pan: fc.integer({ min: -30_000, max: 30_000 }) }),
      fc.record({ reveal: fc.nat() }),
    ),
    { maxLength: 20 },
  );

  it('never leaves the network, and shows what it was asked to', () => {
    fc.assert(
      fc.property(total, moves, (count, steps) => {
        let sight = fullSight(count);
        for (const step of steps) {
          if ('factor' in step) sight = zoomSight(sight, count, step.factor, step.anchor);
          else if ('pan' in step) sight = panSight(sight, count, step.pan);
          else {
            const index = step.reveal % count;
            sight = revealSight(sight, count, index);
            expect(index).toBeGreaterThanOrEqual(sight.from);
            expect(index).toBeLessThan(sight.from + sight.count);
          }
          expect(sight.count).toBeGreaterThanOrEqual(1);
          expect(sight.from).toBeGreaterThanOrEqual(0);
          expect(sight.from + sight.count).toBeLessThanOrEqual(count);
        }
      }),
    );
  });

  it('keeps the anchor where it is', () => {
    expect(zoomSight({ from: 0, count: 100 }, 100, 0.5, 0)).toEqual({ from: 0, count: 50 });
    expect(zoomSight({ from: 0, count: 100 }, 100, 0.5, 1)).toEqual({ from: 50, count: 50 });
  });
});

describe('the bars of the strip', () => {
  it('hold every layer in sight exactly once and nothing is lost of their values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 400 }),
        (values, most) => {
          const bars = barsOf(values, fullSight(values.length), most);
          expect(bars.length).toBe(Math.min(most, values.length));
          expect(bars[0]?.from).toBe(0);
          expect(bars.at(-1)?.to).toBe(values.length);
          bars.forEach((bar, at) => {
            expect(bar.from).toBe(bars[at - 1]?.to ?? 0);
            expect(values[bar.lead]).toBe(Math.max(...values.slice(bar.from, bar.to)));
          });
          const sum = bars.reduce((total, bar) => total + bar.sum, 0);
          expect(sum).toBe(values.reduce((total, value) => total + value, 0));
        },
      ),
    );
  });

  it('are none for a network without layers', () => {
    expect(barsOf([], fullSight(0), 10)).toEqual([]);
  });
});

describe('the table of layers', () => {
  it.each([
    [{ op: '', text: '' }, [0, 1, 2]],
    [{ op: 'Conv', text: '' }, [0, 2]],
    [{ op: 'Conv', text: 'layer2' }, [2]],
    [{ op: '', text: ' out1 ' }, [1]],
    [{ op: '', text: 'nothing' }, []],
  ])('finds %j', (filter, expected) => {
    const found = LAYERS.filter((one) => matches(one, filter));
    expect(found.map(({ index }) => index)).toEqual(expected);
  });

  it.each([
    [{ key: 'index', descending: true }, [2, 1, 0]],
    [{ key: 'op', descending: false }, [0, 2, 1]],
    [{ key: 'parameters', descending: true }, [2, 0, 1]],
    [{ key: 'multiplyAdds', descending: false }, [1, 2, 0]],
  ] as const)('sorts by %j', (sorting, expected) => {
    expect(sortLayers(LAYERS, sorting).map(({ index }) => index)).toEqual(expected);
  });

  it('keeps the end of a name and halves no character', () => {
    expect(splitName('conv')).toEqual(['', 'conv']);
    expect(splitName('stage1/unit2/conv2/weight')).toEqual(['stage1/unit', '2/conv2/weight']);
    expect(splitName(`ab🙂${'x'.repeat(13)}`)).toEqual(['ab', `🙂${'x'.repeat(13)}`]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(splitName(name).join('')).toBe(name);
        expect(splitName(name).some((part) => /[\ud800-\udfff]/u.test(part))).toBe(false);
      }),
    );
  });

  it('draws what is in sight and little more, of any number of rows', () => {
    expect(drawnRows(20_000, 44_000, 440, 44)).toEqual({ from: 992, to: 1018 });
    expect(drawnRows(3, 0, 440, 44)).toEqual({ from: 0, to: 3 });
    expect(drawnRows(3, 9_999, 440, 44)).toEqual({ from: 0, to: 3 });
    expect(drawnRows(0, 0, 440, 44)).toEqual({ from: 0, to: 0 });
  });
});

it('knows operators by what they do', () => {
  expect(['Conv', 'Gemm', 'Relu', 'MaxPool', 'LRN', 'Concat'].map(kindOf)).toEqual([
    'convolution',
    'dense',
    'activation',
    'pooling',
    'norm',
    'other',
  ]);
});

it.each([
  [0, 100, ''],
  [0, 0, ''],
  [1, 100_000, ', less than 0.1 % of all'],
  [125, 1000, ', 12.5 % of all'],
  [7, 7, ', 100.0 % of all'],
])('says which share %d of %d is', (part, all, words) => {
  expect(describeShare(part, all).replaceAll('\u00a0', ' ')).toBe(words);
});

it('does not print a side beyond counting as if it were exact', () => {
  expect(formatShape([1, null, 'W', 3])).toBe('1 × ? × W × 3');
  expect(formatShape([0, Number.MAX_SAFE_INTEGER])).toBe('0 × more than 9,007,199,254,740,990');
});

describe('what a run takes', () => {
  const full = { unknownShapes: 0, multiplyAdds: 2_000_000, activationBytes: 4096 };
  it.each([
    ['every size is known', full, /^2.0 million/, /^At most 4/],
    ['some are not', { ...full, unknownShapes: 3 }, /^At least 2.0 million/, /^At least 4/],
    ['the input’s is open', { ...full, unknownShapes: 9, multiplyAdds: null }, /open$/, /open$/],
    ['nothing is', { ...full, activationBytes: null }, /^2.0 million/, /open$/],
  ])('is an upper bound, a lower one or unknown: %s', (_, estimates, work, activations) => {
    expect(describeWork(estimates)).toMatch(work);
    expect(describeActivations(estimates)).toMatch(activations);
  });
});
