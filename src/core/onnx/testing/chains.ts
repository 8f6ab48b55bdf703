import { buildModel } from './build-onnx.ts';
import type { NodeSpec, TensorSpec } from './build-onnx.ts';
import { CLASSIFIER, list } from './samples.ts';

/** A little fewer operators than are accepted. */
const LINKS = 19_000;

/** As many values as are followed, with as many sides as a tensor may have. */
const MOST: TensorSpec = {
  name: 'c0',
  shape: [256, ...Array<number>(15).fill(1)],
  floats: Array<number>(256).fill(1),
};
const FLAT: TensorSpec = { ...MOST, shape: [256] };
const INDICES = list('i', ...Array.from({ length: 256 }, (_, index) => index));

const ZEROS = list('zeros', ...Array<number>(256).fill(0));
const ONES = list('ones', ...Array<number>(256).fill(1));

const POOL: NodeSpec['attributes'] = {
  kernel_shape: { ints: [1, 1] },
  pads: { ints: [0, 0, 0, 0] },
  strides: { ints: [1, 1] },
};

type Link = (from: string) => readonly string[];

/** A constant that goes through one operator thousands of times, beside a network that does nothing. */
function chain(
  op: string,
  link: Link,
  first: TensorSpec = MOST,
  attributes: NodeSpec['attributes'] = {},
): Uint8Array {
  const nodes = Array.from({ length: LINKS }, (_, index) => ({
    op,
    inputs: link(`c${String(index)}`),
    outputs: [`c${String(index + 1)}`],
    attributes,
  }));
  const more = [first, list('start', 0), list('end', 256), list('back', -1), INDICES, ZEROS, ONES];
  return beside(nodes, more);
}

const KERNEL: TensorSpec = { name: 'w', shape: [3, 3, 1, 1], floats: Array<number>(9).fill(1) };
const EQUATION: NodeSpec['attributes'] = { equation: { text: 'abcd,abcd->abcd' } };

/** Operators side by side, each with results of its own. */
function each(
  op: string,
  inputs: readonly string[],
  attributes: NodeSpec['attributes'] = {},
  results = 1,
): readonly NodeSpec[] {
  return Array.from({ length: LINKS }, (_, index) => ({
    op,
    inputs,
    outputs: Array.from({ length: results }, (_one, part) => `r${String(index)}_${String(part)}`),
    attributes,
  }));
}

/** One kind after the other, each with a name of its own. */
function mixed(): readonly NodeSpec[] {
  const kinds = [
    each('Conv', ['x', 'w']),
    each('Relu', ['x']),
    each('TopK', ['x', 'k'], { axis: { int: 1 } }, 2),
    each('Reshape', ['x', 'back']),
    each('MaxPool', ['x'], POOL),
    each('Add', ['x', 'x']),
  ];
  return Array.from({ length: LINKS }, (_, index) => {
    const kind = kinds[index % kinds.length]?.[index];
    return { op: 'Relu', inputs: ['x'], outputs: [], ...kind, name: `node${String(index)}` };
  });
}

/** As many initialisers of one value as are read, used by nobody. */
function initialisers(): Uint8Array {
  const names = Array.from({ length: 76_000 }, (_, index) => `i${String(index)}`);
  return beside(
    [],
    names.map((name) => ({ name, shape: [1], floats: [1] })),
  );
}

/** As many results as are read, fifteen of an operator. */
function results(): Uint8Array {
  const nodes = Array.from({ length: 17_000 }, (_, index) => ({
    op: 'Split',
    inputs: ['start'],
    outputs: Array.from({ length: 15 }, (_part, part) => `s${String(index)}_${String(part)}`),
  }));
  return beside(nodes, [list('start', 0)]);
}

/** Half a megabyte of characters that are shown escaped. */
function unseen(): Uint8Array {
  const metadata = Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [`key${String(index)}`, '\u0001'.repeat(64 * 1024)]),
  );
  return buildModel({ ...CLASSIFIER, metadata });
}

/** A file with these beside a network that does nothing. */
function beside(nodes: readonly NodeSpec[], more: readonly TensorSpec[]): Uint8Array {
  return buildModel({
    graph: {
      inputs: [{ name: 'x', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'y', shape: null }],
      initialisers: more,
      nodes: [...nodes, { op: 'Relu', inputs: ['x'], outputs: ['y'] }],
    },
  });
}

/** Files of about half a megabyte in which small work adds up, by their operator. */
export const CHAINS: Readonly<Record<string, () => Uint8Array>> = {
  Relu: () => chain('Relu', (from) => [from]),
  'MaxPool of many attributes': () => chain('MaxPool', (from) => [from], MOST, POOL),
  Transpose: () => chain('Transpose', (from) => [from]),
  Slice: () => chain('Slice', (from) => [from, 'start', 'end']),
  Reshape: () => chain('Reshape', (from) => [from, 'back']),
  Add: () => chain('Add', (from) => [from, from]),
  Where: () => chain('Where', (from) => [from, from, from]),
  Concat: () => chain('Concat', (from) => [from], FLAT, { axis: { int: 0 } }),
  Gather: () => chain('Gather', (from) => [from, 'i'], FLAT),
  Round: () => chain('Round', (from) => [from]),
  Cast: () => chain('Cast', (from) => [from], MOST, { to: { int: 7 } }),
  'Pad by many': () => chain('Pad', () => ['c0', 'i', '', 'i']),
  'Reshape to many': () => chain('Reshape', () => ['c0', 'i']),
  'Expand to many': () => chain('Expand', () => ['c0', 'i']),
  ConstantOfShape: () => chain('ConstantOfShape', () => ['end']),
  ReduceProd: () => chain('ReduceProd', () => ['i']),
  'Slice with many starts': () => chain('Slice', () => ['c0', 'zeros', 'zeros', 'zeros', 'ones']),
  'several kinds': () => beside(mixed(), [KERNEL, list('k', 2), list('back', -1)]),
  Conv: () => beside(each('Conv', ['x', 'w']), [KERNEL]),
  Einsum: () => beside(each('Einsum', ['x', 'x'], EQUATION), []),
  Resize: () => beside(each('Resize', ['x', '', '', 'sizes']), [list('sizes', 1, 3, 16, 16)]),
  'TopK of two results': () =>
    beside(each('TopK', ['x', 'k'], { axis: { int: 1 } }, 2), [list('k', 2)]),
  'Split into six': () =>
    beside(each('Split', ['x'], { axis: { int: 2 } }, 6).slice(0, 15_000), []),
  Constant: () => beside(each('Constant', [], { value: { tensor: list('', 1, 2, 3) } }), []),
};

/** A Slice of 256 values by a fraction of a step, as a float tensor in the file may say. */
export function fractionalStep(step: number): Uint8Array {
  return buildModel({
    graph: {
      inputs: [{ name: 'x', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'y', shape: null }],
      initialisers: [
        FLAT,
        list('start', 0),
        list('end', 256),
        { name: 'step', shape: [1], floats: [step] },
      ],
      nodes: [
        { op: 'Slice', inputs: ['c0', 'start', 'end', 'start', 'step'], outputs: ['cut'] },
        { op: 'Relu', inputs: ['x'], outputs: ['y'] },
      ],
    },
  });
}

/** Files in which there is as much as is read of one kind. */
export const CROWDS: Readonly<Record<string, () => Uint8Array>> = {
  initialisers,
  results,
  'characters to escape': unseen,
};
