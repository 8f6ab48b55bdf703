import {
  buildModel,
  type NodeSpec,
  type TensorSpec,
} from '../../src/core/onnx/testing/build-onnx.ts';

/** 500 × 500 values of four bytes: a layer has 1 MB (10⁶ bytes) of weights exactly. */
const CHANNELS = 500;
const SIDE = 32;

/** The graph's input and output, as a declaration names them. */
export const WEIGHTS_MODEL = { input: 'data', output: 'features', side: SIDE } as const;

/**
 * A sound ONNX file of a wanted size that is always the same: a layer from three channels to {@link CHANNELS}, then
 * pointwise convolutions, each with a ReLU behind it.
 * @param megabytes whole number of 10⁶ bytes of weights, 1 or more; the file is under 1 % larger from 5 on.
 */
export function weightsModel(megabytes: number): Uint8Array<ArrayBuffer> {
  const random = generator();
  const initialisers = [weights('stem', 3, random)];
  const nodes = layer('stem', WEIGHTS_MODEL.input, 'stem_out');
  for (let index = 1; index <= megabytes; index += 1) {
    const name = `conv${String(index)}`;
    const before = index === 1 ? 'stem_out' : `conv${String(index - 1)}_out`;
    initialisers.push(weights(name, CHANNELS, random));
    nodes.push(...layer(name, before, index === megabytes ? WEIGHTS_MODEL.output : `${name}_out`));
  }
  return buildModel({
    graph: {
      name: 'weights',
      nodes,
      initialisers,
      inputs: [{ name: WEIGHTS_MODEL.input, shape: ['N', 3, SIDE, SIDE] }],
      outputs: [{ name: WEIGHTS_MODEL.output, shape: ['N', CHANNELS, SIDE, SIDE] }],
    },
  });
}

function layer(name: string, input: string, output: string): NodeSpec[] {
  const attributes = { kernel_shape: { ints: [1, 1] } };
  const between = `${name}_conv`;
  return [
    { op: 'Conv', name, inputs: [input, `${name}_weight`], outputs: [between], attributes },
    { op: 'Relu', inputs: [between], outputs: [output] },
  ];
}

function weights(name: string, channels: number, random: () => number): TensorSpec {
  const values = new Float32Array(CHANNELS * channels).map(random);
  return {
    name: `${name}_weight`,
    shape: [CHANNELS, channels, 1, 1],
    raw: new Uint8Array(values.buffer),
  };
}

/** Values from −0.05 to 0.05 (Numerical Recipes, §7.1). */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) / 10;
  };
}
