import { describe, expect, it } from 'vitest';
import { judgeModel } from './gate.ts';
import { inspectModel } from './inspect.ts';
import { buildModel } from './testing/build-onnx.ts';
import type { NodeSpec, TensorSpec, ValueSpec } from './testing/build-onnx.ts';
import { outcome } from './testing/outcome.ts';
import { list } from './testing/samples.ts';

type Shape = ValueSpec['shape'];

/** One operator on a picture of 1×3×32×32 named `x`. */
function model(
  nodes: readonly NodeSpec[],
  initialisers: readonly TensorSpec[] = [],
  input: Shape = [1, 3, 32, 32],
): Uint8Array {
  return buildModel({
    graph: {
      inputs: [{ name: 'x', shape: input }],
      outputs: [{ name: 'y', shape: null }],
      initialisers,
      nodes,
    },
  });
}

function made(
  op: string,
  inputs: readonly string[],
  initialisers: readonly TensorSpec[],
  attributes: NodeSpec['attributes'] = {},
): Uint8Array {
  return model([{ op, inputs, outputs: ['y'], attributes }], initialisers);
}

const scalar = (name: string, value: number): TensorSpec => ({ ...list(name, value), shape: [] });
const real = (name: string, ...floats: readonly number[]): TensorSpec => {
  return { name, shape: [floats.length], floats };
};

const SIDES = [2 ** 31, 2 ** 40, 2 ** 52, 2 ** 53, 2 ** 62];

describe('constants that make enormous results', () => {
  it.each(SIDES)('are refused: %d', (side) => {
    const list4 = [list('s', 1, 3, side, side)];
    const files = {
      Expand: made('Expand', ['x', 's'], [list('s', 1, 3, 32, side, 1, 1)]),
      'Expand all': made('Expand', ['x', 's'], [list('s', side, side, 3, 32, 32)]),
      Tile: made('Tile', ['x', 's'], list4),
      ConstantOfShape: made('ConstantOfShape', ['s'], list4),
      Resize: made('Resize', ['x', '', '', 's'], list4),
      'Resize by scales': made('Resize', ['x', '', 's'], [real('s', 1, 1, side, side)]),
      Upsample: made('Upsample', ['x', 's'], [real('s', 1, 1, side, 1)]),
      Pad: made('Pad', ['x', 's'], [list('s', 0, 0, 0, 0, 0, 0, side, side)]),
      Range: made('Range', ['a', 'b', 'c'], [scalar('a', 0), scalar('b', side), scalar('c', 1)]),
      OneHot: made('OneHot', ['x', 'd', 'v'], [scalar('d', side), real('v', 0, 1)]),
      TopK: made('TopK', ['x', 'k'], [list('k', side)]),
      CenterCropPad: made('CenterCropPad', ['x', 's'], list4),
      ConvTranspose: made(
        'ConvTranspose',
        ['x', 'w'],
        [{ ...real('w', 1, 1, 1), shape: [3, 1, 1, 1] }],
        {
          strides: { ints: [side, 1] },
        },
      ),
      MaxPool: made('MaxPool', ['x'], [], {
        kernel_shape: { ints: [1, 1] },
        pads: { ints: [0, 0, side, side] },
      }),
    };
    const found = Object.entries(files).map(([op, file]) => [op, outcome(file)]);
    const expected = Object.keys(files).map((op) => [op, 'gate/activations-too-large']);
    expect(found).toEqual(expected);
  });

  it('are refused where only their product overflows, up to infinity', () => {
    const sides = list('s', ...Array<number>(16).fill(2 ** 62));
    const file = model([{ op: 'ConstantOfShape', inputs: ['s'], outputs: ['y'] }], [sides]);
    const { activationBytes, outputs } = inspectModel(file);
    expect(activationBytes).toBe(Number.MAX_SAFE_INTEGER);
    expect(outputs[0]?.shape).toEqual(Array(16).fill(Number.MAX_SAFE_INTEGER));
    expect(judgeModel(inspectModel(file)).reasons[0]?.sentence).toContain(
      'One run would need more than 8,589,934,591 MiB for intermediate results',
    );
  });

  it.each([
    ['Expand', ['x', 's']],
    ['Tile', ['x', 's']],
    ['ConstantOfShape', ['s']],
    ['Resize', ['x', '', '', 's']],
  ])('%s by negative sizes is of unknown shape, and the gate says so', (op, inputs) => {
    const { accepted, warnings } = judgeModel(
      inspectModel(made(op, inputs, [list('s', 1, 3, -(2 ** 62), 32)])),
    );
    expect(accepted).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['gate/unknown-shapes']);
  });
});

describe('arithmetic beyond what a number holds exactly', () => {
  const computed = (...nodes: readonly NodeSpec[]) =>
    model(
      [...nodes, { op: 'Expand', inputs: ['x', 'size'], outputs: ['y'] }],
      [list('a', 2 ** 62), list('b', 2 ** 62 + 2 ** 20), list('k', 100)],
    );
  const step = (op: string, inputs: readonly string[], output: string): NodeSpec => {
    return { op, inputs, outputs: [output] };
  };

  it('is unknown where it comes back to a small number', () => {
    const { accepted, warnings } = judgeModel(
      inspectModel(computed(step('Sub', ['b', 'a'], 'd'), step('Mul', ['d', 'k'], 'size'))),
    );
    expect(accepted).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['gate/unknown-shapes']);
  });

  it('stays large while it is, and a small one that is chosen stays exact', () => {
    expect(outcome(computed(step('Mul', ['a', 'k'], 'size')))).toBe('gate/activations-too-large');
    const chosen = inspectModel(computed(step('Min', ['a', 'k'], 'size')));
    expect(chosen.outputs[0]?.shape).toEqual([1, 3, 32, 100]);
  });
});

describe('declared sizes', () => {
  const input = (shape: Shape, op = 'Relu') =>
    model([{ op, inputs: ['x'], outputs: ['y'] }], [], shape);

  it('beyond 2^53 are refused with all their digits', () => {
    const file = input([1, 3, 2 ** 62, 2 ** 62]);
    expect(() => inspectModel(file)).toThrow(
      'a declared side is 4,611,686,018,427,387,904, and only numbers up to ±9,007,199,254,740,991 are read',
    );
    const tensor = { name: 't', shape: [0, 2 ** 62], floats: [] };
    expect(outcome(model([], [tensor]))).toBe('gate/malformed');
    expect(outcome(buildModel({ opsets: [['', 2 ** 60]], graph: {} }))).toBe('gate/malformed');
  });

  it.each(['Relu', 'NonZero'])('count as activations, whatever %s makes of them', (op) => {
    expect(outcome(input([1, 3, 20_000, 20_000], op))).toBe('gate/activations-too-large');
    expect(outcome(input([1, 3, 2 ** 53 - 1, 1], op))).toBe('gate/activations-too-large');
    // At least one row and one column: an open side makes nothing smaller.
    expect(outcome(input(['N', 3, 2 ** 40, 'W'], op))).toBe('gate/activations-too-large');
    expect(inspectModel(input([1, 3, 8, 8], op)).activationBytes).toBeGreaterThanOrEqual(768);
  });

  it('that counting stopped at are printed as more', () => {
    const nodes = [{ op: 'ConstantOfShape', inputs: ['s'], outputs: ['y'] }];
    const outputs = [{ name: 'y', shape: [1, 5] }];
    const graph = { nodes, outputs, initialisers: [list('s', 1, 2 ** 62)] };
    expect(() => inspectModel(buildModel({ graph }))).toThrow(
      'is declared 1 × 5, but its operators make it 1 × more than 9,007,199,254,740,990',
    );
  });
});
