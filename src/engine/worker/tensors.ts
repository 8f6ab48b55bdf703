import type { InferenceSession } from 'onnxruntime-web';
import { AppError } from '../../core/errors.ts';
import type { OutputTensor, OutputTensors } from '../../tasks/types.ts';

/**
 * Copies the outputs of a run to plain float32 arrays and disposes of the runtime's tensors, all of them in any
 * case. 64-bit integers are narrowed here, at the border.
 * @throws AppError `engine/bad-output` for element types no GluonCV family has.
 */
export function readOutputs(results: InferenceSession.ReturnType): OutputTensors {
  const outputs = new Map<string, OutputTensor>();
  try {
    for (const [name, tensor] of Object.entries(results)) {
      outputs.set(name, { dims: [...tensor.dims], data: toFloat32(name, tensor.data) });
    }
    return outputs;
  } finally {
    for (const tensor of Object.values(results)) tensor.dispose();
  }
}

function toFloat32(name: string, data: unknown): Float32Array {
  if (data instanceof Float32Array) return data.slice(); // the original may live in wasm memory
  if (data instanceof Int32Array) return Float32Array.from(data);
  if (data instanceof BigInt64Array) return Float32Array.from(data, Number);
  throw new AppError(
    'engine/bad-output',
    `The output “${name}” is of an element type that is not supported. Choose another model.`,
    { details: { name } },
  );
}
