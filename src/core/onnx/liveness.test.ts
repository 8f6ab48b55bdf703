import { describe, expect, it } from 'vitest';
import { peakActivationBytes } from './liveness.ts';
import { readModel } from './proto/model-proto.ts';
import { buildModel } from './testing/build-onnx.ts';
import { CLASSIFIER } from './testing/samples.ts';

describe('peakActivationBytes', () => {
  const { graph } = readModel(buildModel(CLASSIFIER));

  it.each([NaN, Infinity, 2 ** 53])('takes a side of %d for the most there can be', (side) => {
    const known = new Map([['c0', { shape: [1, side], values: null, integer: false }]]);
    expect(peakActivationBytes(graph, known)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is not known where no shape is', () => {
    expect(peakActivationBytes(graph, new Map())).toBeNull();
  });
});
