import { describe, expect, it } from 'vitest';
import { inspectModel } from './inspect.ts';
import { buildModel } from './testing/build-onnx.ts';
import { CLASSIFIER } from './testing/samples.ts';
import { knownWork } from './work.ts';

describe('the work that a declaration states', () => {
  it('is that of the whole network', () => {
    const found = inspectModel(buildModel(CLASSIFIER));
    expect(knownWork(found)).toEqual({ multiplyAdds: found.multiplyAdds });
  });

  it('is left out where it is known of a part only, or of nothing', () => {
    const inputs = [{ name: 'data', shape: ['N', 3, 'height', 'width'] }];
    const open = { ...CLASSIFIER, graph: { ...CLASSIFIER.graph, inputs } };
    const found = inspectModel(buildModel(open));
    expect(found.multiplyAdds).toBeGreaterThan(0);
    expect(knownWork(found)).toEqual({});
    expect(knownWork({ layers: [], multiplyAdds: null })).toEqual({});
    expect(knownWork({ layers: [], multiplyAdds: 0 })).toEqual({});
  });
});
