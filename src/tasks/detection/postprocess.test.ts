import { describe, expect, it } from 'vitest';
import type { InputGeometry } from '../../core/geometry/boxes.ts';
import type { OutputTensors } from '../types.ts';
import { postprocessDetection } from './postprocess.ts';
import type { DetectionOutput } from './schema.ts';

const CONTRACT: DetectionOutput = {
  ids: 'ids',
  scores: 'scores',
  boxes: 'bboxes',
  nms: 'in-graph',
  threshold: 0.4,
};
const LABELS = ['cat', 'dog'];
/** A 200 × 50 picture squashed to 100 × 100. */
const GEOMETRY: InputGeometry = {
  pictureWidth: 200,
  pictureHeight: 50,
  scaleX: 0.5,
  scaleY: 2,
  offsetX: 0,
  offsetY: 0,
};

/** [id, score, x1, y1, x2, y2] in input pixels. */
type Row = readonly [number, number, number, number, number, number];
const PADDING: Row = [-1, -1, -1, -1, -1, -1];

function outputs(...rows: readonly Row[]): Map<string, { dims: number[]; data: Float32Array }> {
  const tensor = (width: number, values: readonly number[]) => ({
    dims: [1, rows.length, width],
    data: Float32Array.from(values),
  });
  return new Map([
    [
      'ids',
      tensor(
        1,
        rows.map(([id]) => id),
      ),
    ],
    [
      'scores',
      tensor(
        1,
        rows.map(([, score]) => score),
      ),
    ],
    [
      'bboxes',
      tensor(
        4,
        rows.flatMap(([, , ...box]) => box),
      ),
    ],
  ]);
}

const read = (tensors: OutputTensors, geometry = GEOMETRY) =>
  postprocessDetection(tensors, CONTRACT, LABELS, geometry);

describe('postprocessDetection', () => {
  it('maps boxes to the picture and names them', () => {
    const answer = read(outputs([1, 0.75, 10, 20, 60, 80]));
    expect(answer).toEqual({
      task: 'detection',
      detections: [{ classIndex: 1, label: 'dog', score: 0.75, box: [20, 10, 120, 40] }],
      labels: LABELS,
      defaultThreshold: 0.4,
    });
  });

  it('adds the crop back', () => {
    const cropped = { ...GEOMETRY, pictureHeight: 200, scaleX: 2, offsetX: 16, offsetY: 8 };
    const { detections } = read(outputs([0, 0.5, 4, 2, 24, 12]), cropped);
    expect(detections[0]?.box).toEqual([10, 5, 20, 10]);
  });

  it('leaves a box that reaches beyond the picture as it is, as GluonCV does', () => {
    const { detections } = read(outputs([0, 0.5, -5, -5, 105, 300]));
    expect(detections[0]?.box).toEqual([-10, -2.5, 210, 150]);
  });

  it('leaves out padding, wherever it is', () => {
    const { detections } = read(
      outputs(PADDING, [0, 0.5, 0, 0, 9, 9], PADDING, [1, 0.4, 0, 0, 9, 9], PADDING),
    );
    expect(detections.map(({ label }) => label)).toEqual(['cat', 'dog']);
  });

  it('finds nothing in nothing but padding, or in no rows', () => {
    expect(read(outputs(PADDING, PADDING)).detections).toEqual([]);
    expect(read(outputs()).detections).toEqual([]);
  });

  it('keeps low scores and sorts, in the network’s order on a tie', () => {
    const { detections } = read(
      outputs(
        [0, 0.25, 0, 0, 1, 1],
        [1, 0.5, 0, 0, 1, 1],
        [0, 0.5, 0, 0, 1, 1],
        [1, 0, 0, 0, 1, 1],
      ),
    );
    expect(detections.map(({ label, score }) => [label, score])).toEqual([
      ['dog', 0.5],
      ['cat', 0.5],
      ['cat', 0.25],
      ['dog', 0],
    ]);
  });

  it.each<[string, Row]>([
    ['an id without a label', [2, 0.5, 0, 0, 1, 1]],
    ['an id that is not whole', [0.5, 0.5, 0, 0, 1, 1]],
    ['a NaN id', [NaN, 0.5, 0, 0, 1, 1]],
    ['a NaN score', [0, NaN, 0, 0, 1, 1]],
    ['an infinite score', [0, Infinity, 0, 0, 1, 1]],
    ['a score that is not a probability', [0, 7, 0, 0, 1, 1]],
    ['a NaN coordinate', [0, 0.5, 0, NaN, 1, 1]],
    ['an infinite coordinate', [0, 0.5, 0, 0, Infinity, 1]],
    ['nothing but NaN', [NaN, NaN, NaN, NaN, NaN, NaN]],
  ])('refuses %s', (_, row) => {
    expect(() => read(outputs([1, 0.9, 0, 0, 1, 1], row))).toThrow(
      expect.objectContaining({ code: 'engine/bad-output', retryable: true }),
    );
  });

  it.each(['ids', 'scores', 'bboxes'])('refuses outputs without %s or with a short one', (name) => {
    const badOutput = expect.objectContaining({ code: 'engine/bad-output' }) as Error;
    const missing = outputs([0, 0.5, 0, 0, 1, 1]);
    missing.delete(name);
    expect(() => read(missing)).toThrow(badOutput);
    const short = outputs([0, 0.5, 0, 0, 1, 1], PADDING);
    short.set(name, { dims: [1, 1, 1], data: new Float32Array(1) });
    expect(() => read(short)).toThrow(badOutput);
  });
});
