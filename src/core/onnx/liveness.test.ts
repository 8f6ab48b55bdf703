import { describe, expect, it } from 'vitest';
import { checkOrder } from './graph-order.ts';
import { peakActivationBytes } from './liveness.ts';
import { readModel } from './proto/model-proto.ts';
import { UNKNOWN } from './shapes/value.ts';
import type { Value } from './shapes/value.ts';
import { buildModel } from './testing/build-onnx.ts';
import { numbersByName } from './testing/known.ts';
import { CLASSIFIER } from './testing/samples.ts';

describe('peakActivationBytes', () => {
  const { graph } = readModel(buildModel(CLASSIFIER));
  const wiring = checkOrder(graph);

  it.each([NaN, Infinity, 2 ** 53])('takes a side of %d for the most there can be', (side) => {
    const known = Array<Value>(graph.names.count).fill(UNKNOWN);
    known[numbersByName(graph.names).get('c0') ?? 0] = {
      shape: [1, side],
      values: null,
      integer: false,
    };
    expect(peakActivationBytes(graph.nodes, wiring, known)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is not known where no shape is', () => {
    expect(peakActivationBytes(graph.nodes, wiring, [])).toBeNull();
  });
});
