import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithReference, sharedPath } from '../geometry/reference.fixture.ts';
import { judgeModel } from './gate.ts';
import { inspectModel } from './inspect.ts';
import { buildModel } from './testing/build-onnx.ts';
import type { NodeSpec } from './testing/build-onnx.ts';
import { CLASSIFIER, classifierThen } from './testing/samples.ts';

function inspectFile(...parts: readonly string[]) {
  return inspectModel(readFileSync(path.resolve(...parts)));
}

describe('inspectModel', () => {
  const found = inspectModel(buildModel(CLASSIFIER));

  it('says what the file says of itself', () => {
    expect(found).toMatchObject({
      irVersion: 8,
      opsets: [{ domain: '', version: 13 }],
      producer: 'build-onnx',
      graphName: 'classifier',
      inputs: [{ name: 'data', elementType: 'float32', shape: ['N', 3, 8, 8] }],
      outputs: [{ name: 'logits', elementType: 'float32', shape: ['N', 5] }],
      metadata: [
        { key: 'author', value: 'a test' },
        { key: 'notes', value: 'two\nlines' },
      ],
    });
  });

  it('keeps a list of class names whole, and of longer texts the beginning', () => {
    const names = JSON.stringify(
      Array.from({ length: 1000 }, (_, at) => `a class of number ${String(at)}`),
    );
    const { metadata } = inspectModel(
      buildModel({ ...CLASSIFIER, metadata: { names, long: 'x'.repeat(70_000) } }),
    );
    expect(metadata.find(({ key }) => key === 'names')?.value).toBe(names);
    const long = metadata.find(({ key }) => key === 'long')?.value ?? '';
    expect([long.length, long.at(-1)]).toEqual([65_537, '…']);
  });

  it('infers every shape, through sizes that the graph computes', () => {
    expect(found.layers.map(({ op, outputShape }) => [op, outputShape])).toEqual([
      ['Conv', [1, 4, 8, 8]],
      ['BatchNormalization', [1, 4, 8, 8]],
      ['Relu', [1, 4, 8, 8]],
      ['MaxPool', [1, 4, 4, 4]],
      ['Shape', [4]],
      ['Gather', [1]],
      ['Concat', [2]],
      ['Reshape', [1, 64]],
      ['Gemm', [1, 5]],
    ]);
    expect(found.unknownShapes).toBe(0);
  });

  it('counts parameters where they are used, and multiply-adds', () => {
    const conv = 4 * 3 * 3 * 3;
    const dense = 5 * 64;
    expect(found.parameters).toBe(conv + 16 + dense + 5);
    expect(found.parameterBytes).toBe(4 * found.parameters);
    expect(found.layers.map((layer) => layer.parameters)).toEqual([
      ...[conv, 16, 0, 0, 0, 0, 0, 0],
      dense + 5,
    ]);
    expect(found.multiplyAdds).toBe(conv * 64 + dense);
  });

  it('estimates memory by what is alive at the same time', () => {
    // Two maps of 4×8×8 at the batch normalisation; the input (3×8×8) has been used up before.
    expect(found.activationBytes).toBe(4 * (2 * 4 * 8 * 8));
    // A second use at the end keeps the first map alive past the pooling: 2 maps, the third no longer fits beside.
    const again = classifierThen({ op: 'Relu', inputs: ['c0'], outputs: ['z'] });
    expect(inspectModel(buildModel(again)).activationBytes).toBe(4 * (3 * 4 * 8 * 8));
  });

  it('fills in what the declared outputs leave open, and nothing else', () => {
    const outputs = [
      { name: 'logits', shape: ['N', null] },
      { name: 'p0', shape: null },
    ];
    const spec = { ...CLASSIFIER, graph: { ...CLASSIFIER.graph, outputs } };
    expect(inspectModel(buildModel(spec)).outputs.map(({ shape }) => shape)).toEqual([
      ['N', 5],
      [1, 4, 4, 4],
    ]);
  });

  it('leaves a layer open whose size depends on an open side', () => {
    const inputs = [{ name: 'data', shape: ['N', 3, 'height', 'width'] }];
    const spec = { ...CLASSIFIER, graph: { ...CLASSIFIER.graph, inputs } };
    const { layers, multiplyAdds, activationBytes } = inspectModel(buildModel(spec));
    expect(layers[0]).toMatchObject({ outputShape: null, multiplyAdds: null });
    expect(layers.at(-1)).toMatchObject({ outputShape: [1, 5] });
    expect(multiplyAdds).toBe(5 * 64);
    expect(activationBytes).not.toBeNull();
  });

  it('says which operators it could not follow, and none where the file leaves a size open', () => {
    const unfollowed = (...nodes: readonly NodeSpec[]) =>
      inspectModel(buildModel(classifierThen(...nodes))).unfollowed;
    const odd = { op: 'Odd\u202e', inputs: ['logits'], outputs: ['z'] };
    const behind = { op: 'Relu', inputs: ['z'], outputs: ['r'] };
    expect(unfollowed(odd, behind)).toEqual(['Odd\\u{202e}']);
    const invalid = { op: 'Conv', inputs: ['logits', 'w1'], outputs: ['z'] };
    expect(unfollowed(invalid)).toEqual(['Conv']);
    expect(unfollowed({ op: 'NonZero', inputs: ['logits'], outputs: ['z'] })).toEqual([]);
    const inputs = [{ name: 'data', shape: ['N', 3, 'H', 'W'] }];
    const open = { ...CLASSIFIER, graph: { ...CLASSIFIER.graph, inputs } };
    const found = inspectModel(buildModel(open));
    expect([found.unknownShapes > 0, found.unfollowed]).toEqual([true, []]);
  });

  it('counts the metadata that it does not keep', () => {
    const entries = Array.from({ length: 1234 }, (_, at) => [`key${String(at)}`, 'x'] as const);
    const { metadata, metadataLines } = inspectModel(
      buildModel({ ...CLASSIFIER, metadata: Object.fromEntries(entries) }),
    );
    expect([metadata.length, metadataLines]).toEqual([100, 1234]);
  });

  it('fills the open sides of an input with the picture that it will be given', () => {
    const inputs = [{ name: 'data', shape: ['N', 3, 'height', 'width'] }];
    const spec = { ...CLASSIFIER, graph: { ...CLASSIFIER.graph, inputs } };
    const given = { input: 'data', layout: 'NCHW', width: 8, height: 8 } as const;
    const { layers, multiplyAdds, activationBytes, unknownShapes, ...rest } = inspectModel(
      buildModel(spec),
      given,
    );
    const closed = inspectModel(buildModel(CLASSIFIER));
    expect([layers, multiplyAdds, activationBytes, unknownShapes]).toEqual([
      closed.layers,
      closed.multiplyAdds,
      closed.activationBytes,
      0,
    ]);
    expect(rest.inputs[0]?.shape).toEqual(['N', 3, 'height', 'width']); // what the file says
    const other = inspectModel(buildModel(spec), { ...given, input: 'another' });
    expect(other.unknownShapes).toBeGreaterThan(0);
    // What is closed stays as the file has it.
    const larger = inspectModel(buildModel(CLASSIFIER), { ...given, width: 99 });
    expect(larger.activationBytes).toBe(closed.activationBytes);
  });

  it('does not say that a network does nothing where the size of all that multiplies is open', () => {
    const spec = {
      ...CLASSIFIER,
      graph: {
        ...CLASSIFIER.graph,
        inputs: [{ name: 'data', shape: ['N', 3, 'height', 'width'] }],
        nodes: (CLASSIFIER.graph.nodes ?? []).slice(0, 3),
        outputs: [{ name: 'r0', shape: null }],
      },
    };
    expect(inspectModel(buildModel(spec)).multiplyAdds).toBeNull();
  });

  it('takes a side of −1 for an open one, as the runtime does', () => {
    const inputs = [{ name: 'data', shape: [-1, 3, 8, 8] }];
    const outputs = [{ name: 'logits', shape: [-1, 5] }];
    const spec = { ...CLASSIFIER, graph: { ...CLASSIFIER.graph, inputs, outputs } };
    const { inputs: read, layers } = inspectModel(buildModel(spec));
    expect(read[0]?.shape).toEqual([null, 3, 8, 8]);
    expect(layers.at(-1)).toMatchObject({ outputShape: [1, 5] });
  });

  it('says what constants a graph begins with, in either order where that is the same', () => {
    const mean = { name: 'mean', shape: [1, 3, 1, 1], floats: [1, 2, 3] };
    const large = { name: 'large', shape: [5], floats: [1, 2, 3, 4, 5] };
    const arithmetic = (op: string, inputs: readonly string[], output: string) => ({
      op,
      inputs,
      outputs: [output],
    });
    const { layers } = inspectModel(
      buildModel({
        graph: {
          inputs: [{ name: 'x', shape: [1, 3, 8, 5] }],
          outputs: [{ name: 'e', shape: null }],
          initialisers: [mean, large],
          nodes: [
            arithmetic('Sub', ['x', 'mean'], 'a'),
            arithmetic('Mul', ['mean', 'a'], 'b'),
            arithmetic('Div', ['mean', 'b'], 'c'),
            arithmetic('Add', ['c', 'large'], 'd'),
            arithmetic('Relu', ['d'], 'e'),
          ],
        },
      }),
    );
    expect(layers.map(({ operand }) => operand)).toEqual([[1, 2, 3], [1, 2, 3], null, null, null]);
  });

  it('knows nothing of an operator without a rule, and guesses nothing', () => {
    const { layers, unknownShapes } = inspectModel(
      buildModel(classifierThen({ op: 'constructor', inputs: ['logits'], outputs: ['z'] })),
    );
    expect(layers.at(-1)?.outputShape).toBeNull();
    expect(unknownShapes).toBe(1);
  });

  it('reads a file that lies anywhere in a buffer', () => {
    const file = buildModel(CLASSIFIER);
    for (let offset = 0; offset < 8; offset += 1) {
      const buffer = new Uint8Array(file.length + 16).fill(0xff);
      buffer.set(file, offset);
      expect(inspectModel(buffer.subarray(offset, offset + file.length))).toEqual(found);
    }
  });
});

describe('the models of the product', () => {
  it('reads the classifier', () => {
    const found = inspectFile('public/models/cifar_resnet20_v1/cifar_resnet20_v1.onnx');
    expect(found).toMatchObject({
      multiplyAdds: 40_813_184, // as its manifest entry says
      parameters: 274_048,
      unknownShapes: 0,
      activationBytes: 196_608, // three maps of 16×32×32
      weights: { nan: 0, infinite: 0 },
    });
    expect(judgeModel(found)).toMatchObject({ accepted: true, warnings: [] });
  });

  it('reads the detector, whose last part depends on data', () => {
    const folder = 'public/models/ssd_300_mobilenet0.25_bccd';
    const found = inspectFile(folder, 'ssd_300_mobilenet0.25_bccd.onnx');
    expect(found.unknownShapes).toBe(4);
    expect(found.outputs.map(({ shape }) => shape)).toEqual([
      [1, 100, 1],
      [1, 100, 1],
      [1, 100, 4],
    ]);
    expect(found.layers.find(({ op }) => op === 'NonMaxSuppression')?.outputShape).toBeNull();
    expect(judgeModel(found).accepted).toBe(true);
  });
});

const classifiers = sharedPath('models', 'classifiers');

describeWithReference('models of others', classifiers, () => {
  it('reads SqueezeNet 1.1 with half-precision weights: published 1.235 M parameters, 0.35 G multiply-adds', () => {
    const found = inspectFile(classifiers, 'squeezenet1.1.onnx');
    expect(found).toMatchObject({
      parameters: 1_235_496,
      multiplyAdds: 349_151_936,
      unknownShapes: 0,
      weights: { values: 1_235_496, nan: 0, infinite: 0 },
    });
    expect(found.layers.at(-1)?.outputShape).toEqual([1, 1000]);
    expect(judgeModel(found).accepted).toBe(true);
  });

  it.each([
    ['cifar_resnet20_v1.onnx', 274_042],
    ['cifar_resnet20_v2.onnx', 273_670],
  ])('reads %s of GluonCV', (file, parameters) => {
    const found = inspectFile(classifiers, file);
    expect(found).toMatchObject({ parameters, multiplyAdds: 40_813_184, unknownShapes: 0 });
    expect(found.outputs[0]?.shape).toEqual(['N', 10]);
    expect(judgeModel(found).accepted).toBe(true);
  });
});
