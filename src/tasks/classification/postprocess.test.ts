import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import type { OutputTensors } from '../types.ts';
import { postprocessClassification, softmax } from './postprocess.ts';
import { TOP_K, type ClassificationOutput } from './schema.ts';

const SOFTMAX: ClassificationOutput = { scores: 'y', activation: 'softmax' };
const NONE: ClassificationOutput = { scores: 'y', activation: 'none' };

const outputs = (...scores: readonly number[]): OutputTensors =>
  new Map([['y', { dims: [1, scores.length], data: Float32Array.from(scores) }]]);
const labels = (count: number) => Array.from({ length: count }, (_, at) => `label ${String(at)}`);

const logit = fc.float({ min: -1000, max: 1000, noNaN: true });
const logits = fc.array(logit, { minLength: 1, maxLength: 50 });

describe('softmax', () => {
  it('sums to 1, keeps the order and does not mind a shift', () => {
    fc.assert(
      fc.property(logits, fc.integer({ min: -100, max: 100 }), (values, shift) => {
        const row = Float32Array.from(values, Math.round);
        const shares = softmax(row);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        shares.forEach((share, at) => {
          expect(share).toBeGreaterThanOrEqual(0);
          row.forEach((other, index) => {
            if ((row[at] ?? 0) > other) expect(share).toBeGreaterThanOrEqual(shares[index] ?? NaN);
          });
        });
        expect(softmax(row.map((x) => x + shift))).toEqual(shares);
      }),
    );
  });

  it('gives equal shares for equal logits and does not overflow', () => {
    expect([...softmax(Float32Array.of(3e38, 3e38))]).toEqual([0.5, 0.5]);
    expect([...softmax(Float32Array.of(-3e38, 3e38))]).toEqual([0, 1]);
  });

  it('is the textbook value', () => {
    const shares = softmax(Float32Array.of(1, 2, 3));
    [0.09003057317038046, 0.24472847105479764, 0.6652409557748219].forEach((share, at) => {
      expect(shares[at]).toBeCloseTo(share, 15);
    });
  });
});

describe('postprocessClassification', () => {
  it('names the five best, best first, the earlier class on a tie', () => {
    const { classes, known } = postprocessClassification(
      outputs(0, 5, 1, 5, 4, 3, 2),
      SOFTMAX,
      labels(7),
    );
    expect(classes.map(({ index }) => index)).toEqual([1, 3, 4, 5, 6]);
    expect(classes[0]?.label).toBe('label 1');
    expect(known).toBe(7);
  });

  it('is sorted and within 0..1 for any logits', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const { classes } = postprocessClassification(
          outputs(...values),
          SOFTMAX,
          labels(values.length),
        );
        expect(classes).toHaveLength(Math.min(values.length, TOP_K));
        const shares = classes.map(({ probability }) => probability);
        expect(shares).toEqual([...shares].sort((a, b) => b - a));
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      }),
    );
  });

  it('takes probabilities as they are', () => {
    const { classes } = postprocessClassification(outputs(0.25, 0.75), NONE, labels(2));
    expect(classes.map(({ probability }) => probability)).toEqual([0.75, 0.25]);
  });

  it.each([
    ['a missing output', new Map(), SOFTMAX, 2],
    ['fewer scores than labels', outputs(1, 2), SOFTMAX, 3],
    ['more scores than labels', outputs(1, 2), SOFTMAX, 1],
    ['NaN', outputs(1, NaN), SOFTMAX, 2],
    ['infinity', outputs(1, Infinity), SOFTMAX, 2],
    ['nothing but minus infinity', outputs(-Infinity, -Infinity), SOFTMAX, 2],
    ['NaN among probabilities', outputs(1, NaN), NONE, 2],
    ['logits that are declared probabilities', outputs(12.5, -3), NONE, 2],
  ])('refuses %s', (_, tensors, contract, count) => {
    const work = () => postprocessClassification(tensors, contract, labels(count));
    expect(work).toThrow(AppError);
    expect(work).toThrow(expect.objectContaining({ code: 'engine/bad-output' }));
  });
});
