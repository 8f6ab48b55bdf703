import { describe, expect, it } from 'vitest';
import { judgeModel } from '../../src/core/onnx/gate.ts';
import { inspectModel } from '../../src/core/onnx/inspect.ts';
import { WEIGHTS_MODEL, weightsModel } from './weights-model.ts';

describe('weightsModel', () => {
  const bytes = weightsModel(5);

  it('has the wanted size and hardly more', () => {
    expect(bytes.length).toBeGreaterThan(5_000_000);
    expect(bytes.length).toBeLessThan(5_050_000);
  });

  it('is a model that the gate takes without a warning, understood to its end', () => {
    const inspection = inspectModel(bytes);
    expect(judgeModel(inspection)).toEqual({ accepted: true, reasons: [], warnings: [] });
    expect(inspection).toMatchObject({ unknownShapes: 0, parameters: 5 * 500 * 500 + 500 * 3 });
    expect(inspection.inputs.map(({ name }) => name)).toEqual([WEIGHTS_MODEL.input]);
    expect(inspection.outputs.map(({ name }) => name)).toEqual([WEIGHTS_MODEL.output]);
  });

  it('is the same every time', () => {
    expect(Buffer.compare(weightsModel(5), bytes)).toBe(0);
  });
});
