import { describe, expect, it } from 'vitest';
import { checkOrder, UNREAD } from './graph-order.ts';
import { readModel } from './proto/model-proto.ts';
import type { NumberLists } from './proto/number-lists.ts';
import { buildModel } from './testing/build-onnx.ts';
import { knownByName, numbersByName } from './testing/known.ts';
import { list, weights } from './testing/samples.ts';

const relu = (from: string, to: string) => ({ op: 'Relu', inputs: [from], outputs: [to] });

describe('the numbers of tensors', () => {
  const bytes = buildModel({
    graph: {
      inputs: [
        { name: 'x', shape: [1, 3] },
        { name: 'w', shape: [1, 3] },
      ],
      outputs: [{ name: 'y', shape: null }],
      initialisers: [weights('w', 1, 3), weights('high', 1)],
      nodes: [
        { op: 'Clip', inputs: ['x', '', 'high'], outputs: ['a', ''] },
        relu('a', 'b'),
        { op: 'Add', inputs: ['a', 'w'], outputs: ['y'] },
      ],
    },
  });
  const { graph } = readModel(bytes);
  const { nodes } = graph;
  const wiring = checkOrder(graph);
  const numbers = numbersByName(graph.names);
  const number = (name: string) => numbers.get(name) ?? NaN;
  const all = (lists: NumberLists, list: number) => {
    const count = lists.end(list) - lists.start(list);
    return Array.from({ length: count }, (_, place) => lists.at(lists.start(list) + place));
  };

  it('are those of their names, also where an initialiser is an input', () => {
    expect([...wiring.fed]).toEqual([number('x')]);
    expect(wiring.outputs).toEqual([number('y')]);
  });

  it('are 0 for what is left out', () => {
    expect(all(nodes.inputs, 0)).toEqual([number('x'), 0, number('high')]);
    expect(all(nodes.outputs, 0)).toEqual([number('a'), 0]);
  });

  it('come with the last operator that reads each', () => {
    const read = ['x', 'w', 'high', 'a', 'b', 'y'].map((name) => wiring.lastRead[number(name)]);
    expect(read).toEqual([0, 2, 0, 2, UNREAD, UNREAD]);
  });
});

describe('values on their way', () => {
  it('are let go behind the last operator that reads them, but for short lists', () => {
    const long = Array.from({ length: 100 }, (_, index) => index);
    const known = knownByName(
      buildModel({
        graph: {
          inputs: [{ name: 'x', shape: [1, 3] }],
          outputs: [{ name: 'y', shape: null }],
          initialisers: [list('long', ...long), list('short', 1, 2)],
          nodes: [
            { op: 'Neg', inputs: ['long'], outputs: ['less'] },
            { op: 'Add', inputs: ['less', 'long'], outputs: ['none'] },
            { op: 'Neg', inputs: ['short'], outputs: ['few'] },
            relu('x', 'y'),
          ],
        },
      }),
    );
    expect(known.get('none')?.values).toEqual(long.map(() => 0));
    expect(known.get('long')).toMatchObject({ shape: [100], values: null });
    expect(known.get('less')).toMatchObject({ shape: [100], values: null });
    expect(known.get('short')?.values).toEqual([1, 2]);
  });
});
