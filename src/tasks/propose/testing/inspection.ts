import { SOUND } from '../../../core/onnx/testing/inspection.ts';
import type { Layer, ModelInspection, TensorInfo } from '../../../core/onnx/types.ts';

type Shape = TensorInfo['shape'];

interface Sketch {
  readonly input?: Shape;
  readonly inputs?: readonly TensorInfo[];
  readonly inputType?: string;
  /** By name; `int64` where the name ends in `:int64`. */
  readonly outputs: Readonly<Record<string, Shape>>;
  /** Operators in a chain from the input `data` to the first output. */
  readonly chain?: readonly string[];
  /** Constants of the chain's arithmetic, in its order. */
  readonly operands?: readonly (readonly number[])[];
  /** Layers beside the chain, with the shape of what they give. */
  readonly others?: readonly { readonly op: string; readonly shape: readonly number[] }[];
  readonly graphName?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What the inspector would say of a network that is only sketched. */
export function sketchInspection(sketch: Sketch): ModelInspection {
  const outputs = Object.entries(sketch.outputs).map(([label, shape]): TensorInfo => {
    const [name = label, elementType = 'float32'] = label.split(':');
    return { name, elementType, shape };
  });
  const chain = sketch.chain ?? ['Conv', 'Relu', 'Conv'];
  const last = outputs[0]?.name ?? 'y';
  const layers = [
    ...chain.map((op, at) => {
      const from = at === 0 ? 'data' : `t${String(at)}`;
      const to = at === chain.length - 1 ? last : `t${String(at + 1)}`;
      return layer(at, op, [from, `w${String(at)}`], [to], null, sketch.operands?.[at] ?? null);
    }),
    ...(sketch.others ?? []).map(({ op, shape }, at) =>
      layer(chain.length + at, op, [`o${String(at)}`], [`p${String(at)}`], shape),
    ),
  ];
  const counts = new Map<string, number>();
  for (const { op } of layers) counts.set(op, (counts.get(op) ?? 0) + 1);
  return {
    ...SOUND,
    graphName: sketch.graphName ?? '',
    inputs: sketch.inputs ?? [
      { name: 'data', elementType: sketch.inputType ?? 'float32', shape: sketch.input ?? null },
    ],
    outputs,
    ops: [...counts].map(([op, count]) => ({ op, domain: '', count })),
    layers,
    metadata: Object.entries(sketch.metadata ?? {}).map(([key, value]) => ({ key, value })),
    metadataLines: Object.keys(sketch.metadata ?? {}).length,
  };
}

function layer(
  index: number,
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  outputShape: readonly number[] | null,
  operand: readonly number[] | null = null,
): Layer {
  return {
    index,
    name: `${op}_${String(index)}`,
    op,
    inputs,
    outputs,
    outputShape,
    parameters: 0,
    multiplyAdds: null,
    operand,
  };
}
