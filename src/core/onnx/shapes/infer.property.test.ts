import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { inspectModel } from '../inspect.ts';
import { buildModel } from '../testing/build-onnx.ts';
import type { AttributeValue, ModelSpec, NodeSpec, TensorSpec } from '../testing/build-onnx.ts';
import { knownByName } from '../testing/known.ts';
import { MOST_SIDES, MOST_VALUES } from './value.ts';
import type { Value } from './value.ts';

const OPERATORS = [
  ...['Shape', 'Size', 'Gather', 'GatherND', 'GatherElements', 'Slice', 'Concat', 'Split'],
  ...['Reshape', 'Flatten', 'Transpose', 'Squeeze', 'Unsqueeze', 'Expand', 'Tile', 'Pad', 'Resize'],
  ...['Upsample', 'Range', 'ConstantOfShape', 'OneHot', 'TopK', 'Where', 'Cast', 'Floor', 'Neg'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Mod', 'Pow', 'Min', 'Exp', 'Sqrt', 'Not', 'Equal', 'ReduceProd'],
  ...['ReduceSum', 'ArgMax', 'Compress', 'Col2Im', 'CenterCropPad', 'AffineGrid', 'NonZero'],
  ...['Conv', 'ConvTranspose', 'MaxPool', 'RoiAlign', 'DepthToSpace', 'SpaceToDepth', 'Attention'],
  ...['Gemm', 'MatMul', 'Einsum', 'LSTM', 'Identity', 'Dropout', 'GridSample', 'Sum'],
] as const;

const WHOLE_ATTRIBUTES = [
  ...['axis', 'to', 'k', 'keepdims', 'start', 'end', 'allowzero', 'batch_dims', 'group', 'fmod'],
  ...['blocksize', 'hidden_size', 'output_height', 'ceil_mode', 'q_num_heads', 'kv_num_heads'],
] as const;
const LIST_ATTRIBUTES = [
  ...['axes', 'perm', 'shape', 'starts', 'ends', 'split', 'pads', 'kernel_shape', 'strides'],
  ...['dilations', 'output_shape', 'output_padding'],
] as const;

const odd = fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 0.5, -1.5, 1e-9, 1e-4, 3e38, 2 ** 53);
const small = fc.integer({ min: -3, max: 6 });
const extreme = fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n, 30_000n, -1n, 0n);
const whole = fc.oneof({ weight: 5, arbitrary: small }, extreme.map(Number));

/** Constants as sizes, steps and scales are, of any type that a file may give them. */
const tensor: fc.Arbitrary<Omit<TensorSpec, 'name'>> = fc.oneof(
  fc.array(fc.oneof(small, odd), { maxLength: 6 }).map((floats) => {
    return { shape: [floats.length], floats };
  }),
  fc.array(whole, { maxLength: 6 }).map((int64s) => ({ shape: [int64s.length], int64s })),
  fc.oneof(small, odd).map((value) => ({ shape: [], floats: [value] })),
  whole.map((value) => ({ shape: [], int64s: [value] })),
  fc.constantFrom([2, 3], [4, 1, 64], [256], [0, 2], [300]).map((shape) => {
    const count = shape.reduce<number>((a, b) => a * b, 1);
    return { shape, floats: Array.from({ length: count }, (_, index) => index) };
  }),
);

const attribute = fc.oneof(
  fc.tuple(
    fc.constantFrom(...WHOLE_ATTRIBUTES),
    whole.map((int) => ({ int })),
  ),
  fc.tuple(
    fc.constantFrom(...LIST_ATTRIBUTES),
    fc.array(whole, { maxLength: 4 }).map((ints) => ({ ints })),
  ),
  fc.tuple(
    fc.constant('scales'),
    fc.array(odd, { maxLength: 4 }).map((floats) => ({ floats })),
  ),
);

/** A tensor made before, counted from the last, so that what an operator makes is used by the next ones. */
const made = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 30 }));
/** The one number of a list of one, or the open side of a picture as such a list. */
const short = fc.constantFrom('s0', 's1', 's2', 's3', 'W', '');

const attributes = fc.array(attribute, { maxLength: 3 });
const node = fc.oneof(
  fc.record({
    op: fc.constantFrom(...OPERATORS),
    inputs: fc.array(fc.oneof(made, fc.constant('')), { maxLength: 5 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    attributes,
  }),
  // As a list of sizes is worked on: without these few graphs would hold a Slice that is one.
  fc.record({
    op: fc.constantFrom('Slice', 'Tile', 'Pad', 'Expand', 'Resize', 'Range', 'TopK', 'Gather'),
    inputs: fc
      .tuple(fc.oneof(made, fc.constant('list')), fc.array(short, { minLength: 1, maxLength: 4 }))
      .map(([data, rest]) => [data, ...rest]),
    outputs: fc.constant(1),
    attributes: fc.constant([]),
  }),
);

const model: fc.Arbitrary<ModelSpec> = fc
  .record({
    tensors: fc.array(tensor, { minLength: 3, maxLength: 8 }),
    shorts: fc.array(fc.oneof(small, odd), { minLength: 4, maxLength: 4 }),
    nodes: fc.array(node, { minLength: 1, maxLength: 25 }),
    opset: fc.constantFrom(7, 9, 10, 11, 13, 18, 23),
  })
  .map(({ tensors, shorts, nodes, opset }) => {
    const initialisers = [
      ...tensors.map((one, index) => ({ ...one, name: `t${String(index)}` })),
      ...shorts.map((one, index) => ({ name: `s${String(index)}`, shape: [1], floats: [one] })),
      { name: 'list', shape: [4], int64s: [1, 2, 3, 4] },
      { name: 'second', shape: [1], int64s: [1] },
    ];
    const names = ['x', 'open', ...initialisers.map(({ name }) => name)];
    const specs = nodes.map((one, index) => {
      const inputs = one.inputs.map((input) => {
        return typeof input === 'string' ? input : (names.at(-1 - input) ?? '');
      });
      const outputs = Array.from(
        { length: one.outputs },
        (_, at) => `r${String(index)}_${String(at)}`,
      );
      names.push(...outputs);
      const own: NodeSpec['attributes'] = Object.fromEntries<AttributeValue>(one.attributes);
      return { op: one.op, inputs, outputs, attributes: own };
    });
    const open = [
      { op: 'Shape', inputs: ['open'], outputs: ['sides'] },
      { op: 'Gather', inputs: ['sides', 'second'], outputs: ['W'] },
    ];
    const inputs = [
      { name: 'x', shape: [1, 4, 6, 6] },
      { name: 'open', shape: [1, 'W', null] },
    ];
    const outputs = [{ name: names.at(-1) ?? 'x', shape: null }];
    return {
      opsets: [['', opset]],
      graph: { inputs, outputs, initialisers, nodes: [...open, ...specs] },
    };
  });

/** What every value keeps to, whatever the file says. */
function isSound({ shape, values }: Value): boolean {
  if (shape === null) return values === null;
  const sane = shape.every((side) => side === null || (Number.isSafeInteger(side) && side >= 0));
  if (!sane || shape.length > MOST_SIDES) return false;
  if (values === null) return true;
  const count = shape.reduce<number>((all, side) => all * (side ?? NaN), 1);
  return values.length === count && count <= MOST_VALUES;
}

describe('inference of any graph', () => {
  it('is quick, and yields sides that are sizes and memory that is a number', () => {
    fc.assert(
      fc.property(model, (spec) => {
        const bytes = buildModel(spec);
        const start = performance.now();
        const known = knownByName(bytes);
        expect(performance.now() - start).toBeLessThan(500);
        expect([...known].filter(([, value]) => !isSound(value))).toEqual([]);
        const activations = activationsOf(bytes);
        expect(activations === null || Number.isSafeInteger(activations)).toBe(true);
        expect(activations ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 800 },
    );
  });
});

/** Null also for a graph that is refused as none. */
function activationsOf(bytes: Uint8Array): number | null {
  try {
    return inspectModel(bytes).activationBytes;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.startsWith('gate/')) return null;
    throw thrown;
  }
}
