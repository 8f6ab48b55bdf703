import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { OutputTensor, OutputTensors } from '../types.ts';
import { coordinatesOf, postprocessTensors } from './postprocess.ts';
import { tensorsOutputSchema } from './schema.ts';

const tensors = (values: readonly number[], dims: readonly number[] = [values.length]) =>
  new Map([['y', { dims, data: Float32Array.from(values), elementType: 'int64' }]]);

const read = (outputs: OutputTensors) => postprocessTensors(outputs, { outputs: ['y'] }).outputs[0];

describe('postprocessTensors', () => {
  it('describes a tensor: type, shape, statistics, first and largest values', () => {
    expect(read(tensors([3, 1, 2, 9, 9, 4, 0, 5, 6], [1, 3, 3]))).toEqual({
      name: 'y',
      elementType: 'int64',
      shape: [1, 3, 3],
      count: 9,
      statistics: { min: 0, max: 9, mean: 39 / 9, deviation: Math.sqrt(84 / 9) },
      nan: 0,
      infinite: 0,
      head: [3, 1, 2, 9, 9, 4, 0, 5],
      peaks: [
        { index: 3, value: 9 },
        { index: 4, value: 9 },
        { index: 8, value: 6 },
        { index: 7, value: 5 },
        { index: 5, value: 4 },
      ],
    });
  });

  it('counts NaN and infinities and leaves them out of the statistics', () => {
    expect(read(tensors([NaN, 1, Infinity, 3, -Infinity]))).toMatchObject({
      nan: 1,
      infinite: 2,
      statistics: { min: 1, max: 3, mean: 2, deviation: 1 },
      peaks: [
        { index: 3, value: 3 },
        { index: 1, value: 1 },
      ],
    });
  });

  it.each([
    ['no values', []],
    ['nothing but NaN', [NaN, NaN]],
  ])('has no statistics for %s', (_, values) => {
    expect(read(tensors(values))).toMatchObject({ statistics: null, peaks: [] });
  });

  it('holds for any values', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noDefaultInfinity: true })), (values) => {
        const found = read(tensors(values));
        const finite = [...Float32Array.from(values)].filter(Number.isFinite);
        expect(found?.peaks.map(({ value }) => value)).toEqual(
          finite.toSorted((a, b) => b - a).slice(0, 5),
        );
        if (found?.statistics) {
          const { min, max, mean, deviation } = found.statistics;
          const slack = 1e-9 * Math.max(Math.abs(min), Math.abs(max));
          expect(mean).toBeGreaterThanOrEqual(min - slack);
          expect(mean).toBeLessThanOrEqual(max + slack);
          expect(deviation).toBeLessThanOrEqual((max - min) / 2 + slack);
        }
      }),
    );
  });

  it('keeps the order of the contract and refuses a missing output', () => {
    const two: OutputTensors = new Map<string, OutputTensor>([
      ...tensors([1]),
      ['x', { dims: [1], data: Float32Array.of(2) }],
    ]);
    const { outputs } = postprocessTensors(two, { outputs: ['x', 'y'] });
    expect(outputs.map(({ name, elementType }) => [name, elementType])).toEqual([
      ['x', 'float32'],
      ['y', 'int64'],
    ]);
    expect(() => postprocessTensors(two, { outputs: ['z'] })).toThrow(
      expect.objectContaining({ code: 'engine/bad-output', details: { missing: 'z' } }),
    );
  });
});

describe('the place of a value', () => {
  it('is unravelled axis by axis', () => {
    expect(coordinatesOf(5, [2, 3])).toEqual([1, 2]);
    expect(coordinatesOf(0, [])).toEqual([]);
    expect(coordinatesOf(1000, [1, 17, 64, 48])).toEqual([0, 0, 20, 40]);
  });
});

describe('the contract', () => {
  it.each([[[]], [['a', 'a']], [['']], [Array.from({ length: 17 }, String)]])(
    'refuses %j',
    (outputs) => {
      expect(v.is(tensorsOutputSchema, { outputs })).toBe(false);
    },
  );
});
