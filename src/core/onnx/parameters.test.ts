import { describe, expect, it } from 'vitest';
import { describeWithReference, sharedPath } from '../geometry/reference.fixture.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspectModel } from './inspect.ts';
import { buildModel } from './testing/build-onnx.ts';
import type { NodeSpec, TensorSpec } from './testing/build-onnx.ts';
import { list, weights } from './testing/samples.ts';

const step = (op: string, inputs: readonly string[], output: string): NodeSpec => {
  return { op, inputs, outputs: [output] };
};

/** Operators and their parameters, in order; the sum is that of the file. */
function counted(nodes: readonly NodeSpec[], initialisers: readonly TensorSpec[]) {
  const { layers, parameters } = inspectModel(
    buildModel({
      graph: {
        inputs: [{ name: 'x', shape: [1, 3, 8, 8] }],
        outputs: [{ name: 'y', shape: null }],
        initialisers,
        nodes,
      },
    }),
  );
  const sum = layers.reduce((total, layer) => total + layer.parameters, 0);
  expect(sum).toBe(parameters);
  return layers.map((layer) => [layer.op, layer.parameters]);
}

const w = weights('w', 4, 3, 3, 3);

describe('parameters by layer', () => {
  it('are the layer’s that works with them, past a cast', () => {
    const half = { name: 'w', shape: [4, 3, 3, 3], type: 10, raw: new Uint8Array(216) };
    const nodes = [
      step('Cast', ['w'], 'wide'),
      step('Identity', ['wide'], 'same'),
      step('Conv', ['x', 'same'], 'y'),
    ];
    expect(counted(nodes, [half])).toEqual([
      ['Cast', 0],
      ['Identity', 0],
      ['Conv', 108],
    ]);
  });

  it('count scale and zero point of quantised weights with them', () => {
    const bytes = { name: 'w', shape: [4, 3, 3, 3], type: 3, raw: new Uint8Array(108) };
    const zero = { name: 'zero', shape: [4], type: 3, raw: new Uint8Array(4) };
    const nodes = [
      step('DequantizeLinear', ['w', 'scale', 'zero'], 'wide'),
      step('Conv', ['x', 'wide'], 'y'),
    ];
    expect(counted(nodes, [bytes, weights('scale', 4), zero])).toEqual([
      ['DequantizeLinear', 0],
      ['Conv', 116],
    ]);
  });

  it('pass by what arranges them, its sizes being none, and come from Constants', () => {
    const constant = {
      op: 'Constant',
      inputs: [],
      outputs: ['c'],
      attributes: { value: { tensor: w } },
    };
    const nodes = [
      constant,
      step('Reshape', ['c', 'sizes'], 'r'),
      step('Transpose', ['r'], 't'),
      step('Unsqueeze', ['t', 'axes'], 'u'),
      step('Add', ['x', 'u'], 'y'),
    ];
    const found = counted(nodes, [list('sizes', 27, 4), list('axes', 0)]);
    expect(found.map(([, parameters]) => parameters)).toEqual([0, 0, 0, 0, 108]);
  });

  it('stay with the last that has them where nothing works with them', () => {
    const nodes = [step('Cast', ['w'], 'a'), step('Cast', ['a'], 'b'), step('Relu', ['x'], 'y')];
    expect(counted(nodes, [w])).toEqual([
      ['Cast', 0],
      ['Cast', 108],
      ['Relu', 0],
    ]);
  });

  it('count once where several layers share them, and with a cast of what is no constant', () => {
    const nodes = [
      step('Cast', ['w'], 'a'),
      step('Conv', ['x', 'a'], 'b'),
      step('Conv', ['x', 'a'], 'c'),
      step('Conv', ['x', 'w'], 'd'),
      step('DequantizeLinear', ['x', 'scale'], 'e'),
      step('Relu', ['e'], 'y'),
    ];
    expect(counted(nodes, [w, weights('scale', 1)])).toEqual([
      ['Cast', 0],
      ['Conv', 108],
      ['Conv', 0],
      ['Conv', 0],
      ['DequantizeLinear', 1],
      ['Relu', 0],
    ]);
  });
});

const classifiers = sharedPath('models', 'classifiers');

describeWithReference('parameters of SqueezeNet 1.1 in half precision', classifiers, () => {
  it('are its convolutions’', () => {
    const { layers, parameters } = inspectModel(
      readFileSync(path.resolve(classifiers, 'squeezenet1.1.onnx')),
    );
    const having = layers.filter((layer) => layer.parameters > 0);
    expect(new Set(having.map(({ op }) => op))).toEqual(new Set(['Conv']));
    expect(having.reduce((sum, layer) => sum + layer.parameters, 0)).toBe(parameters);
    expect(having[0]?.parameters).toBe(64 * 3 * 3 * 3 + 64);
  });
});
