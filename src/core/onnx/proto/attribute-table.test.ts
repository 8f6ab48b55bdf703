import { describe, expect, it } from 'vitest';
import { buildModel } from '../testing/build-onnx.ts';
import type { AttributeValue } from '../testing/build-onnx.ts';
import { readModel } from './model-proto.ts';

function nodesWith(...all: readonly Readonly<Record<string, AttributeValue>>[]) {
  const nodes = all.map((attributes, index) => {
    return { op: 'Sum', inputs: ['x'], outputs: [`y${String(index)}`], attributes };
  });
  const graph = { inputs: [{ name: 'x', shape: [1] }], outputs: [], nodes };
  return readModel(buildModel({ graph })).graph.nodes;
}

describe('attributes', () => {
  it('of the same bytes are one object, those of others are not', () => {
    const nodes = nodesWith(
      { axis: { int: 1 }, pads: { ints: [1, 2] } },
      { pads: { ints: [1, 2] }, axis: { int: 2 } },
    );
    const [axis, pads] = nodes.attributes(0);
    const [same, other] = nodes.attributes(1);
    expect(same).toBe(pads);
    expect([axis?.int, other?.int]).toEqual([1, 2]);
    expect(pads?.ints).toEqual([1, 2]);
  });

  it('with tensors are objects of their own, and are told by their node', () => {
    const value = { tensor: { name: '', shape: [1], int64s: [7] } };
    const nodes = nodesWith({ value }, { axis: { int: 1 } }, { value });
    expect(nodes.special.map(({ node }) => node)).toEqual([0, 2]);
    const [first, second] = nodes.special.map(({ attribute }) => attribute.tensors[0]);
    expect(second?.offset).toBeGreaterThan(first?.offset ?? Infinity);
  });
});
