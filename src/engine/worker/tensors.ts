import type { InferenceSession } from 'onnxruntime-web';
import { AppError } from '../../core/errors.ts';
import type { OutputTensor, OutputTensors } from '../../tasks/types.ts';

/**
 * Copies the outputs of a run to plain float32 arrays and disposes of the runtime's tensors, all of them in any
 * case. Integers, 16-bit and 64-bit numbers become float32 here, at the border; whole numbers beyond 2²⁴ are rounded.
 * Texts are left out: no task reads them.
 * @throws AppError `engine/bad-output` for element types that are no numbers.
 */
export function readOutputs(results: InferenceSession.ReturnType): OutputTensors {
  const outputs = new Map<string, OutputTensor>();
  try {
    for (const [name, tensor] of Object.entries(results)) {
      if (tensor.type === 'string') continue;
      outputs.set(name, {
        dims: [...tensor.dims],
        data: toFloat32(name, tensor.type, tensor.data),
        elementType: tensor.type,
      });
    }
    return outputs;
  } finally {
    for (const tensor of Object.values(results)) tensor.dispose();
  }
}

function toFloat32(name: string, type: string, data: unknown): Float32Array {
  if (data instanceof Float32Array) return data.slice(); // the original may live in wasm memory
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return Float32Array.from(data, Number);
  }
  // Where the browser has no Float16Array, the runtime gives the halves' bits.
  if (type === 'float16' && data instanceof Uint16Array)
    return Float32Array.from(data, halfToNumber);
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) {
    return Float32Array.from(data as unknown as ArrayLike<number>);
  }
  throw new AppError(
    'engine/bad-output',
    `The output “${name}” is of an element type that is not supported. Choose another model.`,
    { details: { name } },
  );
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
