import type { GraphSpec, ModelSpec, NodeSpec, TensorSpec } from './build-onnx.ts';

/** A float32 tensor of small different numbers. */
export function weights(name: string, ...shape: readonly number[]): TensorSpec {
  const count = shape.reduce((a, b) => a * b, 1);
  return { name, shape, floats: Array.from({ length: count }, (_, i) => ((i % 17) - 8) / 16) };
}

/** A list of whole numbers. */
export function list(name: string, ...values: readonly number[]): TensorSpec {
  return { name, shape: [values.length], int64s: values };
}

/**
 * A small classifier as GluonCV's are, 8×8 pixels: convolution, batch normalisation, pooling, a reshape by a computed
 * size, a fully connected layer.
 */
export const CLASSIFIER: ModelSpec = {
  graph: {
    name: 'classifier',
    inputs: [{ name: 'data', shape: ['N', 3, 8, 8] }],
    outputs: [{ name: 'logits', shape: ['N', 5] }],
    initialisers: [
      weights('w0', 4, 3, 3, 3),
      ...['gamma', 'beta', 'mean', 'var'].map((name) => weights(name, 4)),
      list('rest', -1),
      list('first', 0),
      weights('w1', 5, 64),
      weights('b1', 5),
    ],
    nodes: [
      {
        op: 'Conv',
        name: 'conv0',
        inputs: ['data', 'w0'],
        outputs: ['c0'],
        attributes: { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] } },
      },
      {
        op: 'BatchNormalization',
        inputs: ['c0', 'gamma', 'beta', 'mean', 'var'],
        outputs: ['n0'],
        attributes: { epsilon: { float: 1e-5 } },
      },
      { op: 'Relu', inputs: ['n0'], outputs: ['r0'] },
      {
        op: 'MaxPool',
        inputs: ['r0'],
        outputs: ['p0'],
        attributes: { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } },
      },
      { op: 'Shape', inputs: ['p0'], outputs: ['s0'] },
      { op: 'Gather', inputs: ['s0', 'first'], outputs: ['batch'] },
      {
        op: 'Concat',
        inputs: ['batch', 'rest'],
        outputs: ['size'],
        attributes: { axis: { int: 0 } },
      },
      { op: 'Reshape', inputs: ['p0', 'size'], outputs: ['f0'] },
      {
        op: 'Gemm',
        name: 'dense',
        inputs: ['f0', 'w1', 'b1'],
        outputs: ['logits'],
        attributes: { transB: { int: 1 } },
      },
    ],
  },
  metadata: { author: 'a test', notes: 'two\nlines' },
};

/** The classifier with parts of its graph replaced. */
export function classifierWith(
  graph: Partial<GraphSpec>,
  model: Partial<ModelSpec> = {},
): ModelSpec {
  return { ...CLASSIFIER, ...model, graph: { ...CLASSIFIER.graph, ...graph } };
}

/** The classifier with more operators behind its own. */
export function classifierThen(...nodes: readonly NodeSpec[]): ModelSpec {
  return classifierWith({ nodes: [...(CLASSIFIER.graph.nodes ?? []), ...nodes] });
}

/** A chain of one operator: `x` of a shape, more inputs as initialisers, output `y`. */
export function single(
  op: string,
  shape: readonly (number | string | null)[],
  rest: readonly (TensorSpec | null)[] = [],
  attributes: NodeSpec['attributes'] = {},
  options: { readonly opset?: number; readonly outputs?: readonly string[] } = {},
): ModelSpec {
  const named = rest.map((tensor, index) =>
    tensor === null ? null : { ...tensor, name: `input${String(index + 1)}` },
  );
  const { opset = 13, outputs = ['y'] } = options;
  return {
    opsets: [['', opset]],
    graph: {
      inputs: [{ name: 'x', shape }],
      outputs: outputs.map((name) => ({ name, shape: null })),
      initialisers: named.filter((tensor) => tensor !== null),
      nodes: [{ op, inputs: ['x', ...named.map((t) => t?.name ?? '')], outputs, attributes }],
    },
  };
}
