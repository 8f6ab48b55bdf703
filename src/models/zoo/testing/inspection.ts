import { SOUND } from '../../../core/onnx/testing/inspection.ts';
import type { ModelInspection, TensorInfo } from '../../../core/onnx/types.ts';

/** A tensor of a made-up graph. */
export function tensor(
  name: string,
  shape: readonly (number | string | null)[] | null,
  elementType = 'float32',
): TensorInfo {
  return { name, elementType, shape };
}

/** What the reader would find in a sound file with these inputs and outputs. */
export function inspectionOf(graph: Pick<ModelInspection, 'inputs' | 'outputs'>): ModelInspection {
  return { ...SOUND, ...graph };
}
