import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SOUND } from '../../../core/onnx/testing/inspection.ts';
import type { Layer, ModelInspection } from '../../../core/onnx/types.ts';
import { shortened } from './capped.ts';
import { describeActivations, describeShare, describeWork } from './estimates.ts';
import { formatShape, GraphFacts } from './GraphFacts.tsx';
import { kindOf } from './operators.ts';
import { drawnRows, matches, sortLayers, splitName } from './rows.ts';
import { barsOf, fullSight, panSight, revealSight, zoomSight } from './strip.ts';
import { Warnings } from './ReasonList.tsx';

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
  const full = {
    unknownShapes: 0,
    unfollowed: [] as readonly string[],
    multiplyAdds: 2_000_000,
    activationBytes: 4096,
  };
  const part = { ...full, unknownShapes: 3 };
  const none = { ...full, unknownShapes: 9, multiplyAdds: null };
  it.each([
    ['every size is known', full, false, /^2.0 million/, /^at most 4/],
    ['some are not', part, false, /^at least 2.0 million/, /^at least 4/],
    ['the input’s is open', part, true, /^unknown.*picture open$/, /^unknown.*picture open$/],
    ['only data tell', none, false, /when it runs$/, /when it runs$/],
    [
      'an operator is none',
      { ...none, unfollowed: ['Foo', 'Bar'] },
      false,
      /^unknown: “Foo”, “Bar” could not be followed$/,
      /^unknown: “Foo”, “Bar” could not be followed$/,
    ],
    ['it multiplies oddly', { ...none, unknownShapes: 0 }, false, /not counted here$/, /^at most/],
  ])(
    'is an upper bound, a lower one or unknown, and why: %s',
    (_, estimates, open, work, activations) => {
      expect(describeWork(estimates, open)).toMatch(work);
      expect(describeActivations(estimates, open)).toMatch(activations);
    },
  );
});

describe('a file that declares any number of things', () => {
  const tensors = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      return { name: `tensor${String(at)}`, elementType: 'float32', shape: [1, 3, 8, 8] };
    });
  const shown = (changes: Partial<ModelInspection>) =>
    renderToStaticMarkup(createElement(GraphFacts, { inspection: { ...SOUND, ...changes } }));

  it('is shown in a few lines: inputs, outputs, operator sets, names, sides', () => {
    const usual = shown({ inputs: tensors(8), outputs: tensors(8) });
    expect(usual).not.toContain(' more');
    const page = shown({
      inputs: tensors(50_001),
      outputs: tensors(9),
      opsets: Array.from({ length: 100_000 }, () => ({ domain: 'x'.repeat(1000), version: 1 })),
    });
    expect(page).toContain('and 49,993 more');
    expect(page).toContain('and 1 more');
    expect(page).toContain('and 99,992 more, IR 7');
    expect(page.length).toBeLessThan(10_000);
    expect(formatShape(Array.from({ length: 1000 }, () => 2))).toMatch(/× 2 and 992 more$/);
    expect(shortened('a'.repeat(121))).toMatch(/^a{120}… \(121 characters\)$/);
  });

  it('warns and counts operators in a few lines too', () => {
    const warning = { code: 'gate/old-opset', sentence: 'Old.', details: {} } as const;
    const warnings = Array.from({ length: 1000 }, () => warning);
    expect(renderToStaticMarkup(createElement(Warnings, { warnings }))).toContain('and 984 more');
  });

  it('says of how much metadata the first lines are', () => {
    const metadata = Array.from({ length: 100 }, () => ({ key: 'same', value: 'x' }));
    const page = shown({ metadata, metadataLines: 100_000 });
    expect(page).toContain('The first 100 of 100,000 lines of metadata');
    expect(shown({ metadata, metadataLines: 100 })).toContain('>100 lines of metadata');
  });

  it('tells the numbers of one size beside it', () => {
    const sized = { picture: { width: 320, height: 224 }, found: { ...SOUND, multiplyAdds: 3e6 } };
    const page = (found: typeof sized.found | null) =>
      renderToStaticMarkup(
        createElement(GraphFacts, { inspection: SOUND, sized: { ...sized, found } }),
      );
    expect(page(sized.found)).toMatch(/At 320 × 224: 3.0 million multiply-adds/);
    expect(page(null)).toContain('At 320 × 224: not known yet');
  });
});
