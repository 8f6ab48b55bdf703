import {
  buildModel,
  field,
  float32Bytes,
  graphBytes,
  joined,
  nodeBytes,
  tensorBytes,
  text,
  varint,
  whole,
} from './build-onnx.ts';
import type { TensorSpec } from './build-onnx.ts';
import { CLASSIFIER, classifierThen, classifierWith, list, weights } from './samples.ts';

const { nodes = [], initialisers = [] } = CLASSIFIER.graph;
const OPSET = field(8, whole(2, 13));
const GRAPH = graphBytes(CLASSIFIER.graph);

/** A model around the bytes of a graph. */
function around(...graph: readonly Uint8Array[]): Uint8Array {
  return joined(whole(1, 8), field(7, ...graph), OPSET);
}

function withTensor(tensor: TensorSpec): Uint8Array {
  return buildModel(classifierWith({ initialisers: [...initialisers, tensor] }));
}

const relu = (from: string, to: string) => ({ op: 'Relu', inputs: [from], outputs: [to] });
const html = new TextEncoder().encode('<!doctype html><title>Not found</title>');
const pointer = new TextEncoder().encode(
  'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
);

/** Files that must be refused, by what is wrong with them, each with the code of the refusal. */
export const HOSTILE: Readonly<Record<string, readonly [code: string, file: Uint8Array]>> = {
  'an empty file': ['gate/not-onnx', new Uint8Array()],
  'a web page': ['gate/not-onnx', html],
  'an LFS pointer': ['gate/not-onnx', pointer],
  zeros: ['gate/not-onnx', new Uint8Array(64)],
  'no format version': ['gate/not-onnx', joined(field(7, GRAPH), OPSET)],
  'no graph': ['gate/malformed', joined(whole(1, 8), OPSET)],
  'no operator set': ['gate/malformed', joined(whole(1, 8), field(7, GRAPH))],
  'a graph longer than the file': [
    'gate/truncated',
    joined(whole(1, 8), OPSET, varint(7 * 8 + 2), varint(1000), GRAPH.subarray(0, 100)),
  ],
  'a length of 2^63': ['gate/truncated', joined(whole(1, 8), OPSET, varint(58), varint(-1n))],
  'a node longer than its graph': ['gate/malformed', around(GRAPH, varint(10), varint(5000))],
  'a number without end': ['gate/malformed', around(GRAPH, new Uint8Array(12).fill(0xff))],
  'field number 0': ['gate/malformed', around(GRAPH, whole(0, 1))],
  'a group': ['gate/malformed', around(GRAPH, varint(30 * 8 + 3), varint(30 * 8 + 4))],
  'two graphs': ['gate/malformed', joined(whole(1, 8), field(7, GRAPH), field(7, GRAPH), OPSET)],
  'a node of the wrong wire type': ['gate/malformed', around(GRAPH, whole(1, 1))],
  'an enum beyond 32 bits': [
    'gate/malformed',
    around(GRAPH, field(5, tensorBytes({ name: 'x', shape: [0] }), whole(14, 2 ** 32 + 1))),
  ],
  'a very long name': ['gate/malformed', around(GRAPH, text(2, 'n'.repeat(5000)))],
  'an attribute twice': [
    'gate/malformed',
    around(field(1, nodeBytes(nodes[0] ?? relu('a', 'b')), field(5, text(1, 'pads')))),
  ],
  'an attribute of another type than its value': [
    'gate/malformed',
    around(field(1, text(4, 'Relu'), field(5, text(1, 'pads'), whole(3, 1), whole(20, 7)))),
  ],
  'an attribute with two kinds of value': [
    'gate/malformed',
    around(field(1, text(4, 'Relu'), field(5, text(1, 'pads'), whole(3, 1), whole(8, 1)))),
  ],
  'a tensor of no type': ['gate/malformed', withTensor({ name: 't', shape: [1], type: 99 })],
  'a negative side': ['gate/malformed', withTensor({ name: 't', shape: [-1], floats: [] })],
  'an input with a negative side': [
    'gate/malformed',
    buildModel(classifierWith({ inputs: [{ name: 'data', shape: [1, 3, -8, 8] }] })),
  ],
  'values twice': [
    'gate/malformed',
    withTensor({ name: 't', shape: [1], floats: [1], raw: float32Bytes([1]) }),
  ],
  'fewer values than the shape says': [
    'gate/malformed',
    withTensor({ name: 't', shape: [4], floats: [1, 2, 3] }),
  ],
  'more values than the shape says': [
    'gate/malformed',
    withTensor({ name: 't', shape: [2], raw: float32Bytes([1, 2, 3]) }),
  ],
  'values in the field of another type': [
    'gate/malformed',
    withTensor({ name: 't', shape: [1], type: 10, floats: [1] }),
  ],
  'a tensor larger than the file': [
    'gate/initialisers-too-large',
    withTensor({ name: 't', shape: [1 << 20, 1 << 10], raw: new Uint8Array(16) }),
  ],
  'sides whose product overflows': [
    'gate/initialisers-too-large',
    withTensor({ name: 't', shape: Array<number>(12).fill(2 ** 31), floats: [1] }),
  ],
  'a huge tensor in an attribute': [
    'gate/initialisers-too-large',
    buildModel(
      classifierThen({
        op: 'Constant',
        inputs: [],
        outputs: ['c'],
        attributes: { value: { tensor: { shape: [2 ** 40], raw: new Uint8Array(4) } } },
      }),
    ),
  ],
  'external data': [
    'gate/external-data',
    withTensor({ name: 't', shape: [4], location: '../../etc/passwd' }),
  ],
  'a custom domain': [
    'gate/custom-domain',
    buildModel(classifierThen({ ...relu('logits', 'z'), domain: 'com.microsoft' })),
  ],
  'an operator that ONNX does not have': [
    'gate/unknown-operator',
    buildModel(classifierThen({ ...relu('logits', 'z'), op: 'NoSuchOp' })),
  ],
  'an operator of another domain of ONNX': [
    'gate/unknown-operator',
    buildModel(classifierThen({ ...relu('logits', 'z'), op: 'Scaler' })),
  ],
  'a loop': [
    'gate/control-flow',
    buildModel(classifierThen({ ...relu('logits', 'z'), op: 'Loop' })),
  ],
  'a graph in an attribute': [
    'gate/control-flow',
    buildModel(
      classifierThen({ ...relu('logits', 'z'), attributes: { body: { graph: { nodes } } } }),
    ),
  ],
  functions: ['gate/functions', buildModel({ ...CLASSIFIER, functions: 2 })],
  'training information': ['gate/training-info', buildModel({ ...CLASSIFIER, trainingInfo: true })],
  'a sparse initialiser': [
    'gate/sparse-initialisers',
    buildModel(classifierWith({ sparseInitialisers: 1 })),
  ],
  'a sparse attribute': [
    'gate/sparse-initialisers',
    buildModel(classifierThen({ ...relu('logits', 'z'), attributes: { v: { sparse: true } } })),
  ],
  'too many operators': [
    'gate/too-many-nodes',
    buildModel(
      classifierWith({
        nodes: Array.from({ length: 20_001 }, (_, i) => relu('data', `r${String(i)}`)),
      }),
    ),
  ],
  'too many names': [
    'gate/too-complex',
    around(
      GRAPH,
      field(
        1,
        new Uint8Array(800_002).map((_, at) => (at % 2 === 0 ? 10 : 0)),
      ),
    ),
  ],
  'activations beyond memory': [
    'gate/activations-too-large',
    buildModel(
      classifierWith({
        initialisers: [...initialisers, list('repeats', 1 << 20, 1 << 20)],
        nodes: [...nodes, { op: 'Tile', inputs: ['logits', 'repeats'], outputs: ['z'] }],
      }),
    ),
  ],
  'a picture too large behind a cut that is not known': [
    'gate/activations-too-large',
    buildModel({
      graph: {
        inputs: [
          { name: 'x', shape: [1, 3, 64, 64] },
          { name: 'q', shape: [1, 'W'] },
        ],
        outputs: [{ name: 'y', shape: null }],
        initialisers: [
          list('sizes', 1, 3, 30_000, 30_000),
          list('four', 1, 2, 3, 4),
          list('end', 4),
          list('second', 1),
        ],
        nodes: [
          { op: 'Shape', inputs: ['q'], outputs: ['sides'] },
          { op: 'Gather', inputs: ['sides', 'second'], outputs: ['W'] },
          { op: 'Slice', inputs: ['four', 'W', 'end'], outputs: ['cut'] },
          { op: 'Resize', inputs: ['x', '', '', 'sizes'], outputs: ['large'] },
          relu('large', 'y'),
        ],
      },
    }),
  ],
  'a side beyond what a number holds': [
    'gate/activations-too-large',
    buildModel(
      classifierWith({
        initialisers: [...initialisers, list('repeats', 2 ** 60, 1)],
        nodes: [...nodes, { op: 'Tile', inputs: ['logits', 'repeats'], outputs: ['z'] }],
      }),
    ),
  ],
  'a picture too large along axes from the back': [
    'gate/activations-too-large',
    buildModel(
      classifierWith(
        {
          initialisers: [...initialisers, list('sizes', 30_000, 30_000)],
          nodes: [
            ...nodes,
            {
              op: 'Resize',
              inputs: ['p0', '', '', 'sizes'],
              outputs: ['z'],
              attributes: { axes: { ints: [-2, -1] } },
            },
          ],
        },
        { opsets: [['', 18]] },
      ),
    ),
  ],
  'an input of enormous size': [
    'gate/activations-too-large',
    buildModel(classifierWith({ inputs: [{ name: 'data', shape: [1, 3, 2 ** 31, 2 ** 31] }] })),
  ],
  'a name that turns the writing direction': [
    'gate/bad-names',
    buildModel(classifierThen(relu('logits', 'ab\u202ecd'))),
  ],
  'a name with a control character': [
    'gate/bad-names',
    buildModel(classifierThen({ ...relu('logits', 'z'), name: 'a\u001b[2Jb' })),
  ],
  'a line of metadata whose name has a control character': [
    'gate/bad-names',
    buildModel({ ...CLASSIFIER, metadata: { 'k\u0007': 'v' } }),
  ],
  'a declared result whose name has a control character': [
    'gate/bad-names',
    buildModel(classifierWith({ declared: [{ name: 'q\u0007', shape: [1] }] })),
  ],
  'a name that is not UTF-8': [
    'gate/bad-names',
    around(GRAPH, field(5, tensorBytes({ shape: [0] }), field(8, Uint8Array.of(0xff, 0xfe)))),
  ],
  'no input': [
    'gate/no-input',
    buildModel(
      classifierWith({
        initialisers: [...initialisers, weights('data', 1, 3, 8, 8)],
      }),
    ),
  ],
  'no output': ['gate/no-output', buildModel(classifierWith({ outputs: [] }))],
  'no operators': [
    'gate/no-operators',
    buildModel(classifierWith({ nodes: [], outputs: [{ name: 'data', shape: null }] })),
  ],
  'a result that is made twice': [
    'gate/malformed-graph',
    buildModel(classifierThen(relu('logits', 'r0'))),
  ],
  'a result with the name of a weight': [
    'gate/malformed-graph',
    buildModel(classifierThen(relu('logits', 'w0'))),
  ],
  'two operators of one name': [
    'gate/malformed-graph',
    buildModel(classifierThen({ ...relu('logits', 'z'), name: 'conv0' })),
  ],
  'two initialisers of one name': ['gate/malformed-graph', withTensor(weights('w0', 1))],
  'two inputs of one name': [
    'gate/malformed-graph',
    buildModel(
      classifierWith({
        inputs: [
          { name: 'data', shape: [1, 3, 8, 8] },
          { name: 'data', shape: null },
        ],
      }),
    ),
  ],
  'operators out of order': [
    'gate/malformed-graph',
    buildModel(classifierWith({ nodes: nodes.toReversed() })),
  ],
  'an operator that feeds itself': [
    'gate/malformed-graph',
    buildModel(classifierThen(relu('z', 'z'))),
  ],
  'an output that nothing makes': [
    'gate/malformed-graph',
    buildModel(classifierWith({ outputs: [{ name: 'elsewhere', shape: null }] })),
  ],
  'an output of another shape than its operators make': [
    'gate/malformed-graph',
    buildModel(classifierWith({ outputs: [{ name: 'logits', shape: ['N', 1000] }] })),
  ],
  'a result of another shape than its operator makes': [
    'gate/malformed-graph',
    buildModel(classifierWith({ declared: [{ name: 'p0', shape: ['N', 4, 8, 8] }] })),
  ],
  'an operator without a type': [
    'gate/malformed-graph',
    buildModel(classifierThen({ ...relu('logits', 'z'), op: '' })),
  ],
  'no main operator set': [
    'gate/malformed-graph',
    buildModel({ ...CLASSIFIER, opsets: [['ai.onnx.ml', 3]] }),
  ],
};
