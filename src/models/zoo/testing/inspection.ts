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
  return {
    fileBytes: 1000,
    irVersion: 7,
    opsets: [{ domain: '', version: 12 }],
    producer: 'a test',
    graphName: 'graph',
    ...graph,
    ops: [],
    layers: [],
    parameters: 100,
    parameterBytes: 400,
    multiplyAdds: null,
    activationBytes: null,
    unknownShapes: 0,
    weights: { values: 100, nan: 0, infinite: 0, min: -1, max: 1, mean: 0 },
    metadata: [],
    findings: {
      externalData: [],
      customDomains: [],
      controlFlow: [],
      functions: 0,
      trainingInfo: false,
      claimedInitialiserBytes: 400,
      badNames: [],
      sparseInitialisers: 0,
    },
  };
}
