import { describe, expect, it } from 'vitest';
import { checkOrder } from './graph-order.ts';
import { peakActivationBytes } from './liveness.ts';
import { readModel } from './proto/model-proto.ts';
import { UNKNOWN } from './shapes/value.ts';
import type { Value } from './shapes/value.ts';
import { buildModel } from './testing/build-onnx.ts';
import { CLASSIFIER } from './testing/samples.ts';

describe('peakActivationBytes', () => {
  const wiring = checkOrder(readModel(buildModel(CLASSIFIER)).graph);

  it.each([NaN, Infinity, 2 ** 53])('takes a side of %d for the most there can be', (side) => {
    const known = Array<Value>(wiring.end).fill(UNKNOWN);
    known[wiring.numbers.get('c0') ?? 0] = { shape: [1, side], values: null, integer: false };
    expect(peakActivationBytes(wiring, known)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is not known where no shape is', () => {
    expect(peakActivationBytes(wiring, [])).toBeNull();
  });
});
