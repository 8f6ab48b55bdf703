import { describe, expect, it } from 'vitest';
import { judgeModel } from './gate.ts';
import { inspectModel } from './inspect.ts';
import { buildModel } from './testing/build-onnx.ts';
import type { ModelSpec, ValueSpec } from './testing/build-onnx.ts';
import { classifierWith, weights } from './testing/samples.ts';

type Shape = ValueSpec['shape'];

/** Eight averages of a picture, declared as something else. */
function averages(input: Shape, output: Shape, nodes: ModelSpec['graph']['nodes'] = []): ModelSpec {
  return {
    graph: {
      inputs: [{ name: 'data', shape: input }],
      outputs: [{ name: 'scores', shape: output }],
      initialisers: [weights('w', 8, 3, 3, 3)],
      nodes: [
        { op: 'Conv', inputs: ['data', 'w'], outputs: ['c'] },
        { op: 'GlobalAveragePool', inputs: ['c'], outputs: ['g'] },
        { op: 'Flatten', inputs: ['g'], outputs: [nodes.length > 0 ? 'f' : 'scores'] },
        ...nodes,
      ],
    },
  };
}

const inspect = (spec: ModelSpec) => inspectModel(buildModel(spec));

describe('a declared shape that contradicts the operators', () => {
  it.each<[string, Shape, Shape, string]>([
    ['a side', [1, 3, 32, 32], [1, 1000], '1 × 1000'],
    ['a side beside an open batch', ['N', 3, 32, 32], ['N', 1000], 'N × 1000'],
    ['a side where the picture’s size is open', [1, 3, 'H', 'W'], [1, 1000], '1 × 1000'],
    ['the number of sides', [1, 3, 32, 32], [1, 8, 1, 1], '1 × 8 × 1 × 1'],
    ['the batch', [1, 3, 32, 32], [2, 8], '2 × 8'],
  ])('is refused: %s', (_, input, output, declared) => {
    const work = () => inspect(averages(input, output));
    expect(work).toThrow(
      expect.objectContaining({
        code: 'gate/malformed-graph',
        details: expect.objectContaining({ name: 'scores', declared, inferred: '1 × 8' }) as object,
      }),
    );
    expect(work).toThrow(`the output “scores” is declared ${declared}, but its operators make it`);
  });

  it('is refused of an inner result too', () => {
    const graph = { declared: [{ name: 'p0', shape: ['N', 4, 8, 8] }] };
    expect(() => inspect(classifierWith(graph))).toThrow(
      'the result “p0” is declared N × 4 × 8 × 8, but its operators make it 1 × 4 × 4 × 4',
    );
  });
});

describe('a declared shape that may be so', () => {
  it.each<[string, Shape, Shape, Shape]>([
    ['as it is', [1, 3, 32, 32], [1, 8], [1, 8]],
    ['not declared', [1, 3, 32, 32], null, [1, 8]],
    ['declared without sides', [1, 3, 32, 32], [], [1, 8]],
    ['symbolic', ['N', 3, 32, 32], ['N', 'classes'], ['N', 8]],
    ['of any batch', [0, 3, 32, 32], [0, 8], [1, 8]],
    ['of a batch that the input leaves open', ['N', 3, 32, 32], [16, 8], [1, 8]],
  ])('is accepted, and shown as inferred: %s', (_, input, output, shown) => {
    const found = inspect(averages(input, output));
    expect(judgeModel(found)).toEqual({ accepted: true, reasons: [], warnings: [] });
    expect(found.outputs[0]?.shape).toEqual(shown);
  });

  it('stays as declared where inference does not reach', () => {
    const last = { op: 'Unheard', inputs: ['f'], outputs: ['scores'] };
    const found = inspect(averages([1, 3, 32, 32], [1, 1000], [last]));
    expect(found.outputs[0]?.shape).toEqual([1, 1000]);
  });

  it('is not trusted in the sides that are known', () => {
    const spec = averages([1, 3, 'H', 'W'], [1, 8]);
    const outputs = [{ name: 'c', shape: [1, 64, 30, 30] }];
    const found = inspect({ ...spec, graph: { ...spec.graph, outputs } });
    expect(found.outputs[0]?.shape).toEqual([1, 8, 30, 30]);
  });

  it('may be one off inside where pooling rounds up', () => {
    const pool = (ceil: boolean): ModelSpec => ({
      graph: {
        inputs: [{ name: 'x', shape: [1, 3, 8, 8] }],
        outputs: [{ name: 'y', shape: null }],
        declared: [{ name: 'p', shape: [1, 3, 5, 5] }],
        nodes: [
          {
            op: 'MaxPool',
            inputs: ['x'],
            outputs: ['p'],
            attributes: {
              kernel_shape: { ints: [2, 2] },
              strides: { ints: [2, 2] },
              ...(ceil ? { ceil_mode: { int: 1 } } : {}),
            },
          },
          { op: 'Relu', inputs: ['p'], outputs: ['y'] },
        ],
      },
    });
    expect(inspect(pool(true)).outputs[0]?.shape).toEqual([1, 3, 4, 4]);
    expect(() => inspect(pool(false))).toThrow('is declared 1 × 3 × 5 × 5');
  });
});

describe('a size that runtimes round', () => {
  const resized = (side: number, scale: number, declared: Shape): ModelSpec => ({
    graph: {
      inputs: [{ name: 'x', shape: [1, 3, side, side] }],
      outputs: [{ name: 'y', shape: declared }],
      initialisers: [{ name: 's', shape: [4], floats: [1, 1, scale, scale] }],
      nodes: [{ op: 'Resize', inputs: ['x', '', 's'], outputs: ['y'] }],
    },
  });

  // The runtime's answers: onnxruntime-web 1.30, by running such files.
  it.each([
    [10, 0.7, 7],
    [7, 15 / 7, 15],
    [30, 0.7, 21],
    [10, 2, 20],
  ])('is reckoned in float32 as there: %d × %d', (side, scale, expected) => {
    const { outputs } = inspect(resized(side, scale, null));
    expect(outputs[0]?.shape).toEqual([1, 3, expected, expected]);
  });

  it('may be declared as float64 has it, one off, and no more', () => {
    const judged = (declared: Shape) => judgeModel(inspect(resized(7, 15 / 7, declared)));
    expect(judged([1, 3, 14, 14]).accepted).toBe(true);
    expect(judged([1, 3, 15, 15]).accepted).toBe(true);
    expect(() => judged([1, 3, 13, 13])).toThrow('is declared 1 × 3 × 13 × 13');
    expect(() => judged([1, 4, 15, 15])).toThrow('is declared 1 × 4 × 15 × 15');
  });
});
