import { describe, expect, it } from 'vitest';
import { inspectModel } from '../inspect.ts';
import { buildModel } from '../testing/build-onnx.ts';
import type { AttributeValue, ModelSpec, NodeSpec, TensorSpec } from '../testing/build-onnx.ts';
import { list, single, weights } from '../testing/samples.ts';
import { knownByName } from '../testing/known.ts';

type Sides = readonly (number | string | null)[];
type Case = readonly [
  op: string,
  input: Sides,
  rest: readonly (TensorSpec | null)[],
  attributes: Readonly<Record<string, AttributeValue>>,
  expected: readonly (number | null)[] | null,
  opset?: number,
];

const ints = (...values: readonly number[]) => ({ ints: values });
const w = (...shape: readonly number[]) => weights('', ...shape);
const l = (...values: readonly number[]) => list('', ...values);
const f = (...floats: readonly number[]) => ({ shape: [floats.length], floats });
const scalar = (value: number) => ({ shape: [], int64s: [value] });

function inferred(spec: ModelSpec, name = 'y') {
  const bytes = buildModel(spec);
  inspectModel(bytes);
  return knownByName(bytes).get(name);
}

/** The size of one picture of 3 × 20 × 30. */
const PICTURE_SIZE = [1, 3, 20, 30];

/** Expected sides by hand from the formulas in onnx/docs/Operators.md and Changelog.md. */
const CASES: readonly Case[] = [
  [
    'Conv',
    [1, 3, 224, 224],
    [w(64, 3, 7, 7)],
    { strides: ints(2, 2), pads: ints(3, 3, 3, 3) },
    [1, 64, 112, 112],
  ],
  [
    'Conv',
    [1, 8, 9, 9],
    [w(8, 1, 3, 3)],
    { group: { int: 8 }, dilations: ints(2, 2) },
    [1, 8, 5, 5],
  ],
  [
    'Conv',
    [1, 3, 15, 15],
    [w(4, 3, 3, 3)],
    { auto_pad: { text: 'SAME_UPPER' }, strides: ints(2, 2) },
    [1, 4, 8, 8],
  ],
  ['Conv', [1, 3, 8, 16, 16], [w(4, 3, 1, 3, 3)], {}, [1, 4, 8, 14, 14]],
  ['Conv', [1, 5, 8, 8], [w(4, 3, 3, 3)], {}, null],
  ['Resize', [1, 3, 8, 8], [null, null, l(20, 30)], { axes: ints(-2, -1) }, PICTURE_SIZE, 18],
  ['Flatten', [1, 3, 8], [], { axis: { int: -9 } }, null],
  ['Slice', [8], [l(0), l(8), l(0), f(0.5)], {}, [null]],
  ['Col2Im', [1, 16, 1024], [l(64, 64), l(2, 2)], {}, [1, 4, 64, 64], 18],
  ['CenterCropPad', [1, 3, 10, 20], [l(16, 16)], { axes: ints(2, -1) }, [1, 3, 16, 16], 18],
  ['CenterCropPad', [1, 3], [l(4, 5)], {}, [4, 5], 18],
  ['AffineGrid', [1, 2, 3], [l(...PICTURE_SIZE)], {}, [1, 20, 30, 2], 20],
  ['Attention', [1, 4, 9, 8], [w(1, 4, 7, 8), w(1, 4, 7, 6)], {}, [1, 4, 9, 6], 23],
  [
    'Attention',
    [1, 9, 32],
    [w(1, 7, 16), w(1, 7, 12)],
    { q_num_heads: { int: 4 }, kv_num_heads: { int: 2 } },
    [1, 9, 24],
    23,
  ],
  ['Conv', [1, 3, 2, 2], [w(4, 3, 3, 3)], {}, [1, 4, 0, 0]],
  [
    'ConvTranspose',
    [1, 64, 8, 6],
    [w(64, 32, 4, 4)],
    { strides: ints(2, 2), pads: ints(1, 1, 1, 1) },
    [1, 32, 16, 12],
  ],
  [
    'ConvTranspose',
    [1, 4, 5, 5],
    [w(4, 1, 3, 3)],
    { group: { int: 4 }, strides: ints(2, 2), output_padding: ints(1, 1) },
    [1, 4, 12, 12],
  ],
  [
    'MaxPool',
    [1, 4, 112, 112],
    [],
    { kernel_shape: ints(3, 3), strides: ints(2, 2) },
    [1, 4, 55, 55],
  ],
  [
    'MaxPool',
    [1, 4, 112, 112],
    [],
    { kernel_shape: ints(3, 3), strides: ints(2, 2), ceil_mode: { int: 1 } },
    [1, 4, 56, 56],
  ],
  [
    'MaxPool',
    [1, 4, 4, 4],
    [],
    { kernel_shape: ints(1, 1), strides: ints(3, 3), ceil_mode: { int: 1 } },
    [1, 4, 2, 2],
  ],
  [
    'AveragePool',
    [1, 4, 5, 5],
    [],
    {
      kernel_shape: ints(2, 2),
      strides: ints(2, 2),
      pads: ints(1, 1, 1, 1),
      ceil_mode: { int: 1 },
    },
    [1, 4, 3, 3],
  ],
  [
    'AveragePool',
    [1, 4, 7, 7],
    [],
    { kernel_shape: ints(2, 2), auto_pad: { text: 'VALID' } },
    [1, 4, 6, 6],
  ],
  ['GlobalAveragePool', ['N', 512, 'h', 'w'], [], {}, [1, 512, 1, 1]],
  ['Gemm', [1, 512], [w(1000, 512)], { transB: { int: 1 } }, [1, 1000]],
  ['MatMul', [2, 3, 4, 5], [w(3, 5, 6)], {}, [2, 3, 4, 6]],
  ['MatMul', [4, 5], [w(5)], {}, [4]],
  ['MatMul', [4, 5], [w(6, 2)], {}, null],
  ['Flatten', [2, 3, 4], [], {}, [2, 12]],
  ['Flatten', [2, 3, 4], [], { axis: { int: -1 } }, [6, 4]],
  ['Reshape', ['N', 12, 4], [l(0, -1)], {}, [1, 48]],
  ['Reshape', [2, 3, 4], [l(0, 0, 2, -1)], {}, [2, 3, 2, 2]],
  ['Reshape', [1, 8, 'h'], [l(0, 4, -1)], {}, [1, 4, null]],
  ['Reshape', ['N', 'h', 6], [l(1, 0, -1)], {}, [1, null, 6]],
  ['Reshape', [2, 3], [l(4, -1)], {}, null],
  ['Transpose', [1, 300, 400, 3], [], { perm: ints(0, 3, 1, 2) }, [1, 3, 300, 400]],
  ['Transpose', [1, 2, 3], [], {}, [3, 2, 1]],
  ['Transpose', [1, 2, 3], [], { perm: ints(0, 0, 1) }, null],
  ['Concat', [1, 4, 8], [w(1, 5, 8)], { axis: { int: 1 } }, [1, 9, 8]],
  ['Concat', [1, 'h', 8], [w(1, 5, 8)], { axis: { int: 1 } }, [1, null, 8]],
  ['Add', [1, 64, 8, 8], [w(64, 1, 1)], {}, [1, 64, 8, 8]],
  ['Mul', [3, 1], [w(4)], {}, [3, 4]],
  ['Sub', [3], [w(4)], {}, null],
  ['Max', [2, 1], [w(1, 3), w(1)], {}, [2, 3]],
  ['Equal', [2, 1], [w(3)], {}, [2, 3]],
  ['Softmax', [1, 10], [], {}, [1, 10]],
  ['PRelu', [1, 8, 4, 4], [w(8, 1, 1)], {}, [1, 8, 4, 4]],
  ['Squeeze', [1, 5, 1], [l(0, -1)], {}, [5]],
  ['Squeeze', [1, 5, 1], [], { axes: ints(2) }, [1, 5], 11],
  ['Squeeze', [1, 5, 1], [], {}, [5]],
  ['Unsqueeze', [5], [l(0, -1)], {}, [1, 5, 1]],
  ['Unsqueeze', [5], [], { axes: ints(0) }, [1, 5], 11],
  ['Slice', [1, 10, 8], [l(2), l(9_223_372_036_854), l(1), l(3)], {}, [1, 3, 8]],
  ['Slice', [1, 10], [l(-1), l(-11), l(1), l(-1)], {}, [1, 10]],
  ['Slice', [1, 10], [], { axes: ints(1), starts: ints(-3), ends: ints(100) }, [1, 3], 9],
  ['Slice', [1, 10], [l(5), l(2), l(1)], {}, [1, 0]],
  ['Gather', [5, 6], [w(2, 3)], { axis: { int: 1 } }, [5, 2, 3]],
  ['Gather', [5, 6], [scalar(0)], {}, [6]],
  ['GatherND', [2, 3, 4], [w(7, 2)], {}, [7, 4]],
  ['Pad', [1, 3, 8, 8], [l(0, 0, 1, 2, 0, 0, 3, 4)], {}, [1, 3, 12, 14]],
  ['Pad', [1, 3, 8, 8], [], { pads: ints(0, 0, 1, 1, 0, 0, 1, 1) }, [1, 3, 10, 10], 10],
  ['Resize', [1, 3, 8, 8], [null, f(1, 1, 2, 2.5)], {}, [1, 3, 16, 20]],
  ['Resize', [1, 3, 8, 8], [null, null, l(1, 3, 20, 30)], {}, [1, 3, 20, 30]],
  ['Resize', [1, 3, 8, 8], [f(1, 1, 2, 2)], {}, [1, 3, 16, 16], 10],
  ['Upsample', [1, 3, 8, 8], [f(1, 1, 2, 2)], {}, [1, 3, 16, 16], 9],
  ['Upsample', [1, 3, 8, 8], [], { scales: { floats: [1, 1, 2, 2] } }, [1, 3, 16, 16], 7],
  ['ReduceMean', [1, 8, 4, 4], [], { axes: ints(2, 3), keepdims: { int: 0 } }, [1, 8]],
  ['ReduceSum', [1, 8, 4], [l(1)], {}, [1, 1, 4]],
  ['ReduceMax', [2, 3], [], { keepdims: { int: 0 } }, []],
  ['Tile', [1, 3], [l(2, 4)], {}, [2, 12]],
  ['Expand', [3, 1], [l(2, 1, 6)], {}, [2, 3, 6]],
  ['TopK', [1, 100], [l(10)], {}, [1, 10]],
  ['ArgMax', [1, 10], [], { axis: { int: 1 }, keepdims: { int: 0 } }, [1]],
  ['DepthToSpace', [1, 12, 4, 4], [], { blocksize: { int: 2 } }, [1, 3, 8, 8]],
  ['SpaceToDepth', [1, 3, 8, 8], [], { blocksize: { int: 2 } }, [1, 12, 4, 4]],
  [
    'RoiAlign',
    [1, 256, 50, 50],
    [w(100, 4)],
    { output_height: { int: 7 }, output_width: { int: 7 } },
    [100, 256, 7, 7],
  ],
  ['NonMaxSuppression', [1, 100, 4], [w(1, 3, 100)], {}, [null, 3]],
  ['ScatterND', [4, 4], [w(1, 1), w(1, 4)], {}, [4, 4]],
  ['InstanceNormalization', [1, 8, 4, 4], [w(8), w(8)], {}, [1, 8, 4, 4]],
  ['Split', [1, 7], [], { axis: { int: 1 } }, [1, 7]],
  ['NonZero', [3, 4], [], {}, [2, null]],
  ['Unheard', [3, 4], [], {}, null],
];

describe('shapes of single operators', () => {
  const titled = CASES.map((one, index) => {
    const [op, input, rest, , expected] = one;
    const others = rest.map((tensor) => tensor?.int64s ?? tensor?.shape ?? null);
    return [`${String(index)} ${op}`, JSON.stringify([input, ...others]), expected, one] as const;
  });
  it.each(titled)('%s of %s is %j', (_op, _inputs, expected, one) => {
    const [op, input, rest, attributes, , opset = 13] = one;
    const spec = single(op, input, rest, attributes, { opset });
    expect(inferred(spec)?.shape ?? null).toEqual(expected);
  });

  it('splits into equal parts, the last one smaller, or as told', () => {
    const outputs = ['a', 'b', 'c'];
    const shapesOf = (spec: ModelSpec) => outputs.map((name) => inferred(spec, name)?.shape?.[1]);
    const axis = { axis: { int: 1 } };
    expect(shapesOf(single('Split', [1, 7], [], axis, { outputs }))).toEqual([3, 3, 1]);
    expect(shapesOf(single('Split', [1, 7], [l(1, 2, 4)], axis, { outputs }))).toEqual([1, 2, 4]);
    const old = { ...axis, split: ints(4, 2, 1) };
    expect(shapesOf(single('Split', [1, 7], [], old, { outputs, opset: 11 }))).toEqual([4, 2, 1]);
  });
});

describe('sizes that the graph computes', () => {
  /** A graph on an input whose height is open. */
  function graph(nodes: readonly NodeSpec[], ...initialisers: readonly TensorSpec[]): ModelSpec {
    const inputs = [{ name: 'x', shape: ['N', 4, 'h', 6] }];
    return { graph: { inputs, outputs: [{ name: 'y', shape: null }], initialisers, nodes } };
  }

  it('follows known sides through arithmetic beside an open one', () => {
    const spec = graph(
      [
        { op: 'Shape', inputs: ['x'], outputs: ['s'] },
        { op: 'Slice', inputs: ['s', 'two', 'four'], outputs: ['hw'] },
        { op: 'Cast', inputs: ['hw'], outputs: ['real'], attributes: { to: { int: 1 } } },
        { op: 'Mul', inputs: ['real', 'factor'], outputs: ['scaled'] },
        { op: 'Floor', inputs: ['scaled'], outputs: ['floored'] },
        { op: 'Cast', inputs: ['floored'], outputs: ['larger'], attributes: { to: { int: 7 } } },
        { op: 'Slice', inputs: ['s', 'zero', 'two'], outputs: ['nc'] },
        {
          op: 'Concat',
          inputs: ['nc', 'larger'],
          outputs: ['size'],
          attributes: { axis: { int: 0 } },
        },
        { op: 'Resize', inputs: ['x', '', '', 'size'], outputs: ['y'] },
      ],
      ...[list('zero', 0), list('two', 2), list('four', 4)],
      { name: 'factor', shape: [1], floats: [2.5] },
    );
    expect(inferred(spec)?.shape).toEqual([1, 4, null, 15]);
  });

  it('divides whole numbers as ONNX does', () => {
    const spec = graph(
      [
        { op: 'Shape', inputs: ['x'], outputs: ['s'] },
        { op: 'Gather', inputs: ['s', 'last'], outputs: ['w'] },
        { op: 'Div', inputs: ['w', 'four'], outputs: ['part'] },
        { op: 'Concat', inputs: ['part', 'two'], outputs: ['z'], attributes: { axis: { int: 0 } } },
        { op: 'ConstantOfShape', inputs: ['z'], outputs: ['y'] },
      ],
      ...[list('last', -1), list('four', 4), list('two', 2)],
    );
    expect(inferred(spec)?.shape).toEqual([1, 2]);
  });

  it('takes an unknown number for no number', () => {
    const spec = graph(
      [
        { op: 'Shape', inputs: ['x'], outputs: ['s'] },
        { op: 'Gather', inputs: ['s', 'two'], outputs: ['h'] },
        { op: 'Equal', inputs: ['h', 'two'], outputs: ['same'] },
        { op: 'Where', inputs: ['same', 'h', 'two'], outputs: ['size'] },
        { op: 'ConstantOfShape', inputs: ['size'], outputs: ['y'] },
      ],
      list('two', 2),
    );
    expect(inferred(spec)?.shape).toEqual([null]);
  });

  it.each([
    ['value', { tensor: { shape: [2], int64s: [3, 4] } }],
    ['value_ints', { ints: [3, 4] }],
  ])('reads constants from %s', (attribute, value) => {
    const spec = graph([
      { op: 'Constant', inputs: [], outputs: ['size'], attributes: { [attribute]: value } },
      { op: 'ConstantOfShape', inputs: ['size'], outputs: ['y'] },
    ]);
    expect(inferred(spec)?.shape).toEqual([3, 4]);
  });

  it('follows the padding that PyTorch’s older exporter writes: reversed as a table, then turned', () => {
    const spec = graph(
      [
        // Starts and ends of the last axis, then of the one before, become ONNX's order.
        { op: 'Reshape', inputs: ['pairs', 'table'], outputs: ['rows'] },
        { op: 'Slice', inputs: ['rows', 'last', 'least', 'zero', 'back'], outputs: ['reversed'] },
        {
          op: 'Transpose',
          inputs: ['reversed'],
          outputs: ['turned'],
          attributes: { perm: ints(1, 0) },
        },
        { op: 'Reshape', inputs: ['turned', 'row'], outputs: ['pads'] },
        { op: 'Pad', inputs: ['x', 'pads'], outputs: ['y'] },
      ],
      ...[list('pairs', 1, 2, 0, 0, 3, 4, 0, 0), list('table', -1, 2), list('row', -1)],
      ...[list('last', -1), list('least', -(2 ** 31)), list('zero', 0), list('back', -1)],
    );
    expect(inferred(spec, 'turned')?.values).toEqual([0, 3, 0, 1, 0, 4, 0, 2]);
    expect(inferred(spec)?.shape).toEqual([1, 11, null, 9]);
  });

  it('leaves a side open that a cut not known decides', () => {
    const spec = graph(
      [
        { op: 'Shape', inputs: ['x'], outputs: ['s'] },
        { op: 'Gather', inputs: ['s', 'two'], outputs: ['h'] },
        { op: 'Slice', inputs: ['table', 'h', 'end', 'two'], outputs: ['y'] },
      ],
      { ...list('table', 1, 2, 3, 4), shape: [2, 1, 2] },
      list('two', 2),
      list('end', 2),
    );
    expect(inferred(spec)).toEqual({ shape: [2, 1, null], values: null, integer: true });
  });

  it('broadcasts what Where chooses from', () => {
    const spec = graph(
      [{ op: 'Where', inputs: ['row', 'row', 'column'], outputs: ['y'] }],
      { ...list('row', 1, 0, 1, 0), shape: [1, 4] },
      { ...list('column', 1, 2, 3, 4), shape: [4, 1] },
    );
    expect(inferred(spec)?.shape).toEqual([4, 4]);
  });

  it('makes truth of every number but 0', () => {
    const spec = graph(
      [{ op: 'Cast', inputs: ['numbers'], outputs: ['y'], attributes: { to: { int: 9 } } }],
      { name: 'numbers', ...f(0.5, 0, 7) },
    );
    expect(inferred(spec)).toEqual({ shape: [3], values: [1, 0, 1], integer: true });
  });

  it('counts a Range', () => {
    const spec = graph(
      [{ op: 'Range', inputs: ['from', 'to', 'step'], outputs: ['y'] }],
      { name: 'from', shape: [], int64s: [1] },
      { name: 'to', shape: [], int64s: [10] },
      { name: 'step', shape: [], int64s: [4] },
    );
    expect(inferred(spec)).toEqual({ shape: [3], values: [1, 5, 9], integer: true });
  });
});

it('knows that a constant is of whole numbers, also where it has more sides than are followed', () => {
  const many = { name: 'many', shape: Array<number>(17).fill(1), int64s: [3] };
  const known = knownByName(
    buildModel({
      graph: {
        inputs: [{ name: 'x', shape: [1] }],
        outputs: [{ name: 'y', shape: null }],
        initialisers: [many, { name: 'half', shape: [1], floats: [1.5] }],
        nodes: [{ op: 'CastLike', inputs: ['half', 'many'], outputs: ['y'] }],
      },
    }),
  );
  expect(known.get('many')).toEqual({ shape: null, values: null, integer: true });
  expect(known.get('y')).toMatchObject({ values: [1], integer: true });
});
