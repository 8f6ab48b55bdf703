/** What an operator does in a network, for colour and legend. */
export const KINDS = ['convolution', 'dense', 'norm', 'activation', 'pooling', 'other'] as const;
export type OperatorKind = (typeof KINDS)[number];

export const KIND_WORDS: Readonly<Record<OperatorKind, string>> = {
  convolution: 'Convolution',
  dense: 'Dense',
  norm: 'Normalisation',
  activation: 'Activation',
  pooling: 'Pooling and resizing',
  other: 'Everything else',
};

const MEMBERS: Readonly<Record<Exclude<OperatorKind, 'other'>, readonly string[]>> = {
  convolution: ['Conv', 'ConvTranspose', 'ConvInteger', 'QLinearConv', 'DeformConv'],
  dense: ['Gemm', 'MatMul', 'MatMulInteger', 'QLinearMatMul', 'Einsum', 'LSTM', 'GRU', 'RNN'],
  norm: [
    'BatchNormalization',
    'InstanceNormalization',
    'LayerNormalization',
    'GroupNormalization',
    'LRN',
    'LpNormalization',
  ],
  activation: [
    'Relu',
    'LeakyRelu',
    'PRelu',
    'Elu',
    'Selu',
    'Gelu',
    'Sigmoid',
    'HardSigmoid',
    'HardSwish',
    'Softmax',
    'LogSoftmax',
    'Tanh',
    'Softplus',
    'Softsign',
    'Clip',
    'Mish',
    'Erf',
  ],
  pooling: [
    'MaxPool',
    'AveragePool',
    'GlobalAveragePool',
    'GlobalMaxPool',
    'LpPool',
    'GlobalLpPool',
    'RoiAlign',
    'MaxRoiPool',
    'Resize',
    'Upsample',
  ],
};

const KIND_OF: ReadonlyMap<string, OperatorKind> = new Map(
  KINDS.flatMap((kind) =>
    kind === 'other' ? [] : MEMBERS[kind].map((op): [string, OperatorKind] => [op, kind]),
  ),
);

/** The kind of an ONNX operator. */
export function kindOf(op: string): OperatorKind {
  return KIND_OF.get(op) ?? 'other';
}
