import { describe, expect, it } from 'vitest';
import { saidBy } from './output-names.ts';
import { PRESETS } from './presets.ts';
import { proposeContracts } from './propose.ts';
import { sketchInspection } from './testing/inspection.ts';

type Sketch = Parameters<typeof sketchInspection>[0];
const propose = (sketch: Sketch, fileName?: string) =>
  proposeContracts(sketchInspection(sketch), fileName);
const FACE = [1, 3, 112, 112];

describe('what an output’s name says', () => {
  it.each([
    ['landmarks', 'points'],
    ['landms', 'points'],
    ['kps_8', 'points'],
    ['coords', 'points'],
    ['ld_3d', 'points'],
    ['regressors', 'boxes'],
    ['classificators', 'scores'],
    ['faceLandmarks', 'points'],
    ['KPT_out', 'points'],
    ['lmk', 'points'],
    ['points_2', 'points'],
    ['pose', 'points'],
    ['Embedding', 'embedding'],
    ['features', 'embedding'],
    ['fc1', 'embedding'],
    ['bbox_pred', 'boxes'],
    ['mbox_loc', 'boxes'],
    ['boxes', 'boxes'],
    ['mbox_conf', 'scores'],
    ['transpose_3', null],
    ['block4', null],
    ['endpoints', null],
    ['config', null],
    ['fc10', null],
    ['y', null],
  ])('%s: %s', (name, said) => {
    expect(saidBy(name)).toBe(said);
  });
});

describe('places of points', () => {
  it.each([
    ['landmarks', 136, '68 points', 'Face landmarks'],
    ['LMK', 10, '5 points', 'Face landmarks'],
    ['output_points', 212, '106 points', 'Face landmarks'],
    ['pose', 34, '17 points', 'Joints'],
    ['keypoints', 51, '17 points of three numbers', 'Joints'],
  ])('are seen by the name: %s of %d', (name, length, points, title) => {
    const [first, second] = propose({ input: FACE, outputs: { [name]: [1, length] } });
    expect(first).toMatchObject({
      task: 'tensors',
      title,
      confidence: 'likely',
      output: { outputs: [name] },
      input: { resize: { rule: 'squash', width: 112, height: 112 } },
    });
    expect(first?.because).toContain(points);
    expect(second).toMatchObject({ task: 'classification', confidence: 'guess' });
  });

  it('are seen by the file’s name where their number is a usual one', () => {
    const sketch = (length: number) => ({ input: FACE, outputs: { out: [1, length] } });
    const name = 'pfld_landmarks.onnx';
    expect(propose(sketch(196), name)[0]).toMatchObject({ id: 'points', confidence: 'likely' });
    expect(propose(sketch(7), name)[0]).toMatchObject({ task: 'classification' });
  });

  it.each([136, 196, 212, 1404])('are seen by their number alone: %d', (length) => {
    const [first, second] = propose({ input: FACE, outputs: { y: [1, length] } });
    expect(first).toMatchObject({ id: 'points', title: 'Face landmarks', confidence: 'guess' });
    expect(second).toMatchObject({ task: 'classification', confidence: 'guess' });
    // 196 kinds of cars are told apart in larger pictures.
    const [larger] = propose({ input: [1, 3, 224, 224], outputs: { y: [1, length] } });
    expect(larger?.task).toBe(length === 1404 ? 'tensors' : 'classification');
  });

  it.each([34, 51])('are a guess beside classes by their number: %d', (length) => {
    const [first, second] = propose({ input: FACE, outputs: { y: [1, length] } });
    expect(first).toMatchObject({ task: 'classification', confidence: 'guess' });
    expect(second).toMatchObject({ id: 'points', task: 'tensors', confidence: 'guess' });
  });

  it.each([
    ['a large picture', [1, 3, 320, 320], 136],
    ['a picture that is not square', [1, 3, 112, 96], 136],
    ['another number', FACE, 138],
  ])('are not seen in %s', (_, input, length) => {
    const found = propose({ input, outputs: { y: [1, length] } });
    expect(found.map(({ id }) => id)).toEqual(['classification', 'raw']);
    expect(found[0]?.confidence).toBe('likely');
  });

  it('are seen in rows of two and beside other outputs', () => {
    expect(propose({ input: FACE, outputs: { landmarks: [1, 98, 2] } })[0]).toMatchObject({
      id: 'points',
      because: expect.stringContaining('98 points') as string,
    });
    const outputs = { prob: [1, 2], bbox: [1, 4], landmarks: [1, 10] };
    const [first, second] = propose({ input: [1, 3, 48, 48], outputs });
    expect(first).toMatchObject({
      id: 'points',
      output: { outputs: ['prob', 'bbox', 'landmarks'] },
    });
    expect(second).toMatchObject({ task: 'classification', output: { scores: 'prob' } });
  });

  it('are no matter where the file says that there are classes', () => {
    const softmax = { input: FACE, chain: ['Conv', 'Softmax'], outputs: { pose: [1, 6] } };
    expect(propose(softmax)[0]).toMatchObject({ task: 'classification' });
    const metadata = { classes: '["a", "b", "c", "d"]' };
    const labelled = { input: FACE, outputs: { points: [1, 4] }, metadata };
    expect(propose(labelled)[0]).toMatchObject({ labels: ['a', 'b', 'c', 'd'] });
  });
});

describe('other names', () => {
  it.each([
    ['features', [1, 3, 224, 224], 2048, 'Embedding'],
    ['fc1', FACE, 512, 'Face embedding'],
    ['embedding', FACE, 64, 'Face embedding'],
    ['bbox', [1, 3, 24, 24], 4, 'Box'],
    ['conf', [1, 3, 24, 24], 2, 'Confidences'],
  ])('%s is no classifier', (name, input, length, title) => {
    const [first, second] = propose({ input, outputs: { [name]: [1, length] } });
    expect(first).toMatchObject({ task: 'tensors', title });
    expect(second).toMatchObject({ task: 'classification', confidence: 'guess' });
  });

  it('a thousand numbers are ImageNet’s classes, whatever their name', () => {
    const [first] = propose({ input: [1, 3, 224, 224], outputs: { fc1: [1, 1000] } });
    expect(first).toMatchObject({ task: 'classification', labelSet: 'imagenet-1k' });
  });
});

describe('a detector without selection', () => {
  it.each<[string, Sketch['outputs']]>([
    ['named', { scores: [1, 4420, 2], boxes: [1, 4420, 4] }],
    ['in another order', { boxes: ['N', 4420, 4], scores: ['N', 4420, 2] }],
    ['without names', { a: [1, 4420, 2], b: [1, 4420, 4] }],
    ['with landmarks', { loc: [1, 9, 4], conf: [1, 9, 2], landms: [1, 9, 10] }],
    ['without a batch', { scores: [4420, 2], boxes: [4420, 4] }],
  ])('of faces is shown as numbers: %s', (_, outputs) => {
    const [first] = propose({ input: [1, 3, 240, 320], outputs });
    expect(first).toMatchObject({
      id: 'candidates',
      task: 'tensors',
      title: 'Face detector before NMS',
      confidence: 'guess',
      output: { outputs: Object.keys(outputs) },
      input: {
        ...PRESETS.centred.values,
        resize: { rule: 'squash', width: 320, height: 240 },
      },
    });
    expect(first?.because).toContain(
      'boxes and scores before NMS; this version shows them as numbers',
    );
    expect(first?.because).toContain('is common for face detectors, but the file does not say so');
  });

  it('of any classes is a guess too', () => {
    const outputs = { conf: [1, 8732, 4], loc: [1, 8732, 4] };
    const [first] = propose({ input: [1, 3, 300, 300], outputs });
    expect(first).toMatchObject({ title: 'Detector before NMS', confidence: 'guess' });
    expect(first?.because).toContain('“loc” is 8732 boxes and “conf” 8732 rows of scores of 4');
    expect(first?.because).toContain('is only one way');
  });

  it('is not seen where the numbers of rows differ', () => {
    const outputs = { scores: [1, 10, 2], boxes: [1, 20, 4] };
    expect(propose({ input: [1, 3, 240, 320], outputs })[0]?.id).toBe('raw');
  });
});

describe('networks of several answers', () => {
  it.each<[string, Sketch]>([
    [
      'points, a presence, maps: MediaPipe’s pose',
      {
        input: [1, 256, 256, 3],
        outputs: {
          Identity: [1, 195],
          Identity_1: [1, 1],
          Identity_2: [1, 64, 64, 39],
          Identity_3: [1, 117],
        },
      },
    ],
    [
      'face or not, and a box: MTCNN’s first',
      { input: [1, 3, 12, 12], outputs: { prob1: [1, 2, 1, 1], 'conv4-2': [1, 4, 1, 1] } },
    ],
  ])('are no classifiers: %s', (_, sketch) => {
    const [first, second] = propose(sketch);
    expect(first).toMatchObject({ id: 'raw', confidence: 'guess' });
    expect(first?.because).toContain('outputs beside it that a classifier does not have');
    expect(second).toMatchObject({ task: 'classification', confidence: 'guess' });
  });

  it.each([
    ['COCO', 38, 19],
    ['BODY_25', 52, 26],
    ['MPI', 28, 16],
  ])('may be joints and limbs of everybody: OpenPose of %s', (_, limbs, joints) => {
    const input = [1, 3, null, null];
    const outputs = { pafs: [1, limbs, null, null], heat: [1, joints, null, null] };
    const [first] = propose({ input, outputs }, 'openpose.onnx');
    expect(first).toMatchObject({ id: 'pose', title: 'Pose maps of several people' });
    expect(first?.because).toContain(`“heat” has ${String(joints)} maps, one for each joint`);
    expect(first?.because).toContain(`“pafs” ${String(limbs)}, two for each limb`);
    expect(first?.input.resize, 'no person’s upright crop').not.toMatchObject({ width: 192 });
  });
});
