import { describe, expect, it } from 'vitest';
import { refusal } from '../../core/image/testing/outcome.ts';
import type { Golden } from '../../core/manifest/schema.ts';
import type { OutputTensors } from '../../tasks/types.ts';
import { compareGolden } from './self-test.ts';

/** A golden answer of outputs [name, head, tolerance]. */
function golden(...outputs: [name: string, head: number[], tolerance: number][]): Golden {
  return {
    generator: 'lcg-u8',
    seed: 1,
    runtime: 'test',
    outputs: outputs.map(([name, head, tolerance]) => ({ name, head, tolerance })),
  };
}

function outputs(values: Readonly<Record<string, readonly number[]>>): OutputTensors {
  return new Map(
    Object.entries(values).map(([name, data]) => [
      name,
      { dims: [1, data.length], data: Float32Array.from(data) },
    ]),
  );
}

describe('compareGolden', () => {
  it('reports the largest error of the head, whatever comes behind it', () => {
    const report = compareGolden(
      outputs({ y: [1.25, -2.5, 99, NaN] }),
      golden(['y', [1, -2], 0.5]),
    );
    expect(report).toEqual({ maxError: 0.5, tolerance: 0.5 });
  });

  it('allows an error as large as the tolerance and none larger', () => {
    const off = (tolerance: number) => () =>
      compareGolden(outputs({ y: [1.25] }), golden(['y', [1], tolerance]));
    expect(off(0.25)()).toEqual({ maxError: 0.25, tolerance: 0.25 });
    const error = refusal(off(0.2499));
    expect(error).toMatchObject({
      code: 'engine/self-test-failed',
      details: { output: 'y', maxError: '0.25', tolerance: 0.2499 },
    });
    expect(error.message).toContain('“y” was off by 0.250 where 0.2499 is allowed');
  });

  it('counts errors to both sides', () => {
    for (const value of [0, 2]) {
      expect(
        refusal(() => compareGolden(outputs({ y: [value] }), golden(['y', [1], 0.5]))).code,
      ).toBe('engine/self-test-failed');
    }
  });

  it('reports the output that is worst in relation to its tolerance', () => {
    const report = compareGolden(
      outputs({ ids: [1], scores: [0.5625], boxes: [104] }),
      golden(['ids', [1], 0.125], ['scores', [0.5], 0.125], ['boxes', [100], 16]),
    );
    expect(report).toEqual({ maxError: 0.0625, tolerance: 0.125 });
    expect(compareGolden(outputs({ y: [3] }), golden(['y', [3], 0.1]))).toEqual({
      maxError: 0,
      tolerance: 0.1,
    });
  });

  it.each([
    ['NaN', { y: [1, NaN] }],
    ['infinite', { y: [1, Infinity] }],
    ['negative infinite', { y: [-Infinity, 2] }],
    ['too few', { y: [1] }],
    ['none', { y: [] }],
    ['of another name', { z: [1, 2] }],
  ])('fails when values are %s, however large the tolerance', (_what, values) => {
    const error = refusal(() =>
      compareGolden(outputs(values), golden(['y', [1, 2], Number.MAX_VALUE])),
    );
    expect(error).toMatchObject({
      code: 'engine/self-test-failed',
      details: { output: 'y', maxError: 'Infinity' },
    });
    expect(error.message).toContain('“y” lacked values or had some that are no numbers');
  });

  it('fails on the second output when the first is right', () => {
    const compare = () =>
      compareGolden(outputs({ a: [1], b: [1] }), golden(['a', [1], 1], ['b', [5], 1]));
    expect(refusal(compare).details).toMatchObject({ output: 'b' });
  });
});
