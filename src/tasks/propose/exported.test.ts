import { describe, expect, it } from 'vitest';
import { PRESETS } from './presets.ts';
import { proposeContracts } from './propose.ts';
import { sketchInspection } from './testing/inspection.ts';

/*
 * Pose and face networks by the inputs, outputs and first operators that their own exporters give them. Each was
 * first exported as a real file, with random weights, and read.
 */

type Sketch = Parameters<typeof sketchInspection>[0];
const propose = (sketch: Sketch, fileName?: string) =>
  proposeContracts(sketchInspection(sketch), fileName);
const LARGE = [1, 3, 640, 640];

describe('places of points', () => {
  it.each([
    ['MoveNet', [1, 192, 192, 3], [1, 1, 17, 3], '17 points', 'Joints'],
    ['TokenPose', [1, 3, 256, 192], [1, 17, 2], '17 points', 'Joints'],
    ['MediaPipe’s face mesh', [1, 192, 192, 3], [1, 1, 1, 1404], '468 points', 'Face landmarks'],
  ])('are seen in what is no row and no map: %s', (_, input, output, points, title) => {
    const found = propose({ input, outputs: { Identity: output } });
    expect(found[0]).toMatchObject({ id: 'points', title, confidence: 'guess' });
    expect(found[0]?.because).toContain(points);
    expect(found.map(({ id }) => id)).not.toContain('depth');
  });

  it('are those of a hand where there is more than one answer', () => {
    const outputs = { Identity: [1, 63], Identity_1: [1, 1], Identity_2: [1, 1] };
    const [first] = propose({ input: [1, 224, 224, 3], outputs });
    expect(first).toMatchObject({
      title: 'Hand landmarks',
      output: { outputs: Object.keys(outputs) },
      input: { layout: 'NHWC', ...PRESETS.unit.values },
    });
    const [alone] = propose({ input: [1, 224, 224, 3], outputs: { Identity: [1, 63] } });
    expect(alone?.task).toBe('classification');
  });

  it('are named beside feature maps: PFLD', () => {
    const outputs = { features: [1, 64, 14, 14], landms: [1, 196] };
    const [first] = propose({ input: [1, 3, 112, 112], outputs });
    expect(first).toMatchObject({ title: 'Face landmarks', confidence: 'likely' });
  });

  it('are not hidden by MXNet’s name for every last layer: 2d106det', () => {
    const [first] = propose({ input: [1, 3, 192, 192], outputs: { fc1: [1, 212] } });
    expect(first).toMatchObject({ id: 'points', input: { resize: { rule: 'squash' } } });
    // Gender and age: three numbers describe no face.
    const [few] = propose({ input: [1, 3, 96, 96], outputs: { fc1: [1, 3] } });
    expect(few).toMatchObject({ task: 'classification', classes: 3 });
  });
});

describe('pose networks', () => {
  it('RTMPose: columns and rows for each joint', () => {
    const outputs = { simcc_x: ['N', 17, 384], simcc_y: ['N', 17, 512] };
    const [first] = propose({ input: ['N', 3, 256, 192], outputs });
    expect(first).toMatchObject({
      id: 'pose',
      confidence: 'likely',
      input: { ...PRESETS.imagenet.values, resize: { rule: 'squash', width: 192, height: 256 } },
    });
    expect(first?.because).toContain('17 joints, 2 scores for every column');
    const others = { a: [1, 17, 384], b: [1, 17, 500] };
    expect(propose({ input: [1, 3, 256, 192], outputs: others })[0]?.id).toBe('raw');
  });

  it('joints with a score beside are neither classes nor confidences', () => {
    const outputs = { y: [1, 17, 2], conf: [1, 17, 1] };
    expect(propose({ input: [1, 3, 256, 192], outputs })[0]).toMatchObject({ title: 'Joints' });
  });

  it('FAN: one map for each of a face’s 68 points', () => {
    const [first] = propose({ input: [1, 3, 256, 256], outputs: { y: [1, 68, 64, 64] } });
    expect(first).toMatchObject({ title: 'Landmark heatmaps', input: PRESETS.unit.values });
  });

  it('CenterFace: maps of several kinds are no depth', () => {
    const outputs = { 537: [1, 1, 'a', 'b'], 538: [1, 2, 'a', 'b'], 540: [1, 10, 'a', 'b'] };
    expect(propose({ input: [1, 3, 'h', 'w'], outputs })[0]?.id).not.toBe('depth');
  });

  it('OpenPose: maps that are called heatmaps', () => {
    const outputs = { heatmaps: [1, 19, 32, 57], pafs: [1, 38, 32, 57] };
    expect(propose({ input: [1, 3, 256, 456], outputs })[0]?.id).toBe('pose');
  });
});

describe('detectors', () => {
  it.each([
    ['YOLOv8-face', [1, 5, 8400], 'face.onnx', 'Face detector before NMS (YOLO)', 'one score'],
    [
      'YOLOv8-face with points',
      [1, 20, 8400],
      '',
      'Face detector before NMS (YOLO)',
      'five points',
    ],
    ['YOLOv8-pose', [1, 56, 8400], '', 'Pose detector before NMS (YOLO)', '17 joints'],
    ['YOLOv8', [1, 84, 8400], '', 'Detector before NMS (YOLO)', '80 scores'],
    ['YOLOv5', [1, 25_200, 85], '', 'Detector before NMS (YOLO)', 'for “anything at all” and 80'],
    ['YOLOv5-face', [1, 25_200, 16], '', 'Face detector before NMS (YOLO)', 'five points'],
    ['YOLOX', [1, 8400, 85], '', 'Detector before NMS (YOLO)', '80 scores'],
  ])('%s by the number of its candidates', (_, output, name, title, what) => {
    const [first] = propose({ input: LARGE, outputs: { output0: output } }, name);
    expect(first).toMatchObject({
      title,
      task: 'tensors',
      confidence: 'likely',
      input: { ...PRESETS.unit.values, resize: { rule: 'squash', width: 640, height: 640 } },
    });
    expect(first?.because).toContain(what);
  });

  it.each([
    ['another number of rows', [1, 84, 8401]],
    ['too few columns', [1, 4, 8400]],
    ['an open number', [1, 84, null]],
  ])('are not seen in %s', (_, output) => {
    expect(propose({ input: LARGE, outputs: { y: output } })[0]?.title).not.toContain('YOLO');
  });

  it.each([
    ['named', ['score_8', 'score_16', 'bbox_8', 'bbox_16', 'kps_8', 'kps_16']],
    ['numbered', ['443', '468', '446', '471', '449', '474']],
  ])(
    'SCRFD, at several scales: %s',
    (_, [s8 = '', s16 = '', b8 = '', b16 = '', k8 = '', k16 = '']) => {
      const outputs = {
        [s8]: [12_800, 1],
        [s16]: [3200, 1],
        [b8]: [12_800, 4],
        [b16]: [3200, 4],
        [k8]: [12_800, 10],
        [k16]: [3200, 10],
      };
      const [first] = propose({ input: LARGE, outputs });
      expect(first).toMatchObject({
        title: 'Face detector before NMS',
        input: PRESETS.centred.values,
      });
      expect(first?.because).toContain(`“${b8}” is 12800 boxes`);
      expect(first?.because).toContain(`“${s8}” 12800 rows of scores of one each`);
      expect(first?.because).toContain('at 2 scales');
    },
  );

  it('YuNet, at three scales, is no detector that has chosen its boxes', () => {
    const level = (stride: number): [string, number[]][] =>
      [1, 1, 4, 10].map((each, at) => [
        `${['cls', 'obj', 'bbox', 'kps'][at] ?? ''}_${String(stride)}`,
        [1, (640 / stride) ** 2, each],
      ]);
    const outputs = Object.fromEntries([8, 16, 32].flatMap(level));
    const [first] = propose({ input: LARGE, outputs });
    expect(first).toMatchObject({ task: 'tensors', title: 'Face detector before NMS' });
    expect(first?.because).toContain('at 3 scales');
  });

  it('YOLO of open size, by its exporter’s own words', () => {
    const input = ['batch', 3, 'height', 'width'];
    const metadata = { description: 'Ultralytics YOLOv8n model' };
    for (const sides of [
      ['batch', 84, 'anchors'],
      ['batch', 'anchors', 85],
    ]) {
      const [first] = propose({ input, outputs: { output0: sides }, metadata });
      expect(first).toMatchObject({ title: 'Detector before NMS (YOLO)' });
      expect(first?.because).toContain('80 scores');
      expect(first?.input.resize).toMatchObject({ width: 640, height: 640 });
    }
  });

  it('YOLO with masks', () => {
    const outputs = { output0: [1, 116, 8400], output1: [1, 32, 160, 160] };
    const [first] = propose({ input: LARGE, outputs });
    expect(first?.because).toContain('80 scores, as many as COCO has classes, with 32 weights');
  });

  it.each<[string, Sketch['outputs'], string]>([
    ['YOLOv10', { output0: [1, 300, 6] }, 'four corners, a score and a class'],
    ['MMDetection', { dets: [1, 100, 5], 'labels:int64': [1, 100] }, 'corners and a score, with'],
    [
      'without a batch',
      { boxes: [null, 4], 'labels:int64': [null], scores: [null] },
      'corners, with',
    ],
  ])('that have chosen their boxes in another form: %s', (_, outputs, what) => {
    const others = [{ op: 'NonMaxSuppression', shape: [1, 3] }];
    const [first] = propose({ input: LARGE, outputs, others });
    expect(first).toMatchObject({ id: 'selected', task: 'tensors', confidence: 'guess' });
    expect(first?.because).toContain(what);
  });

  it('BlazeFace: boxes and points in one row are no 896 classes', () => {
    const outputs = { regressors: [1, 896, 16], classificators: [1, 896, 1] };
    const [first] = propose({ input: [1, 3, 128, 128], outputs });
    expect(first).toMatchObject({ id: 'candidates', title: 'Face detector before NMS' });
    expect(first?.because).toContain('“regressors” is 896 boxes with points, 16 numbers each');
  });
});

describe('several answers', () => {
  it('are not read as one classifier: yaw, pitch and roll', () => {
    const outputs = { yaw: [1, 66], pitch: [1, 66], roll: [1, 66] };
    const [first, second] = propose({ input: [1, 3, 224, 224], outputs });
    expect(first).toMatchObject({ id: 'several', output: { outputs: ['yaw', 'pitch', 'roll'] } });
    expect(second).toMatchObject({ task: 'classification', confidence: 'guess' });
  });
});

describe('the values that a network’s own arithmetic wants', () => {
  const MEAN = [0.485, 0.456, 0.406];
  const STD = [0.229, 0.224, 0.225];
  const bytes = (values: readonly number[]) => values.map((value) => value * 255);
  it.each<[string, string[], number[][], keyof typeof PRESETS]>([
    ['less the mean of 0 to 1', ['Sub', 'Div'], [MEAN, STD], 'unit'],
    ['less the mean of 0 to 255', ['Sub', 'Div'], [bytes(MEAN), bytes(STD)], 'inside'],
    ['divided by 255 first', ['Div', 'Sub', 'Div'], [[255], MEAN, STD], 'inside'],
    ['times 2, less 1', ['Mul', 'Sub'], [[2], [1]], 'unit'],
    ['Keras’ rescaling', ['Mul', 'Add'], [[1 / 127.5], [-1]], 'inside'],
    ['InsightFace’s', ['Sub', 'Mul'], [[127.5], [0.0078125]], 'inside'],
    ['times 255', ['Mul'], [[255]], 'unit'],
    ['a constant that is not known', ['Sub', 'Div'], [], 'inside'],
  ])('%s', (_, ops, operands, preset) => {
    const chain = [...ops, 'Conv', 'Gemm'];
    for (const input of [
      [1, 3, 224, 224],
      [1, 224, 224, 3],
    ]) {
      const [first] = propose({ input, chain, operands, outputs: { y: [1, 1000] } });
      expect(first?.input).toMatchObject(PRESETS[preset].values);
    }
  });

  it('are seen through quantisation', () => {
    const chain = [
      'QuantizeLinear',
      'DequantizeLinear',
      'Sub',
      'Conv',
      'Softmax',
      'QuantizeLinear',
    ];
    const operands = [[], [], [0.5]];
    const sketch = { input: LARGE, chain, operands, outputs: { y: [1, 7] } };
    expect(propose(sketch)[0]).toMatchObject({
      output: { activation: 'none' },
      input: PRESETS.unit.values,
    });
  });
});

describe('names in Python’s notation', () => {
  it('are read in a time that grows with the text alone', () => {
    const hostile = [`{${'1'.repeat(300_000)}`, `{${"0: '".repeat(75_000)}`, '{'.repeat(300_000)];
    const start = performance.now();
    for (const names of hostile) expect(labels(names)).toBeNull();
    expect(performance.now() - start).toBeLessThan(1000);
  });

  const labels = (names: string) =>
    propose({ input: [1, 3, 64, 64], outputs: { y: [1, 2] }, metadata: { names } })[0]?.labels;

  it('are taken in their order', () => {
    expect(labels(`{0: 'cat', 1: "bird's nest"}`)).toEqual(['cat', "bird's nest"]);
    expect(labels('{"0": "cat", "1": "dog"}'), 'as JSON').toEqual(['cat', 'dog']);
  });

  it.each([
    ['out of order', `{1: 'cat', 0: 'dog'}`],
    ['escaped', `{0: 'a\\nb', 1: 'c'}`],
    ['cut off', `{0: 'cat', 1: 'dog`],
    ['something else', `{0: cat, 1: dog}`],
    ['with something between', `{0: 'cat', 7, 1: 'dog'}`],
    ['with control characters', `{0: 'c\u0007t', 1: 'dog'}`],
    ['turned round', `{0: 'cat\u202E', 1: 'dog'}`],
    ['empty', `{0: '', 1: 'dog'}`],
    ['too many', `{0: 'cat', 1: 'dog', 2: 'owl'}`],
    ['as JSON, out of order', `{"1": "cat", "2": "dog"}`],
    ['as JSON, no texts', `{"0": 1, "1": 2}`],
    ['as JSON, escaped', `{"0": "c\\u0007t", "1": "dog"}`],
  ])('are not guessed at: %s', (_, names) => {
    expect(labels(names)).toBeNull();
  });
});
