import type { ModelInspection } from '../types.ts';

/** What the reader would find in a sound file of no layers. */
export const SOUND: ModelInspection = {
  fileBytes: 1000,
  irVersion: 7,
  opsets: [{ domain: '', version: 12 }],
  producer: 'a test',
  graphName: 'graph',
  inputs: [],
  outputs: [],
  ops: [],
  layers: [],
  parameters: 100,
  parameterBytes: 400,
  multiplyAdds: null,
  activationBytes: null,
  unknownShapes: 0,
  unfollowed: [],
  weights: { values: 100, nan: 0, infinite: 0, min: -1, max: 1, mean: 0 },
  metadata: [],
  metadataLines: 0,
  findings: {
    externalData: [],
    customDomains: [],
    unknownOperators: [],
    controlFlow: [],
    functions: 0,
    trainingInfo: false,
    claimedInitialiserBytes: 400,
    badNames: [],
    sparseInitialisers: 0,
  },
};
