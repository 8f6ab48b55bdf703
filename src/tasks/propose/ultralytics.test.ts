import { describe, expect, it } from 'vitest';
import { PRESETS } from './presets.ts';
import { proposeContracts } from './propose.ts';
import { sketchInspection } from './testing/inspection.ts';

/* Files by what Ultralytics' exporter writes into them. */

type Sketch = Parameters<typeof sketchInspection>[0];
const propose = (sketch: Sketch) => proposeContracts(sketchInspection(sketch));

const names = (...list: readonly string[]) =>
  `{${list.map((name, at) => `${String(at)}: '${name}'`).join(', ')}}`;
const many = (count: number) =>
  names(...Array.from({ length: count }, (_, at) => `thing ${String(at)}`));

function metadata(task: string, list: string, more: Readonly<Record<string, string>> = {}) {
  return {
    description: 'Ultralytics YOLO11n model trained on /data/things.yaml',
    author: 'Ultralytics',
    version: '8.3.0',
    license: 'AGPL-3.0 License (https://ultralytics.com/license)',
    stride: '32',
    task,
    batch: '1',
    imgsz: '[64, 64]',
    names: list,
    ...more,
  };
}

const SMALL = [1, 3, 64, 64]; // 8 × 8 + 4 × 4 + 2 × 2 = 84 candidates

describe('a classifier', () => {
  it.each([
    ['of ImageNet’s size', 224, 1000],
    ['of CIFAR’s size', 32, 10],
    ['of CIFAR-100’s size', 32, 100],
    ['of its own', 64, 3],
  ])('wants 0 to 1 as they are, the centre of the picture: %s', (_, side, count) => {
    const found = propose({
      input: [1, 3, side, side],
      chain: ['Conv', 'Gemm', 'Softmax'],
      outputs: { output0: [1, count] },
      metadata: metadata('classify', many(count)),
    });
    const input = {
      layout: 'NCHW',
      ...PRESETS.unit.values,
      resize: {
        rule: 'short-side-crop',
        short: side,
        width: side,
        height: side,
        filter: 'bilinear',
      },
    };
    expect(found[0]).toMatchObject({
      task: 'classification',
      confidence: 'likely',
      output: { activation: 'none' },
      input,
    });
    expect(found[0]?.labels).toHaveLength(count);
    expect(found[0]?.because).toContain('Ultralytics');
    // Shown as numbers, it is fed in the same way.
    expect(found.map((one) => one.input)).toEqual(found.map(() => found[0]?.input));
  });

  it('that normalises by itself is believed before its metadata', () => {
    const [first] = propose({
      input: [1, 3, 64, 64],
      chain: ['Sub', 'Div', 'Conv', 'Gemm'],
      operands: [[127.5], [127.5]],
      outputs: { output0: [1, 3] },
      metadata: metadata('classify', many(3)),
    });
    expect(first?.input).toMatchObject(PRESETS.inside.values);
  });
});

describe('a detector', () => {
  it.each<[string, string, string, number[], Readonly<Record<string, string>>, string]>([
    ['of two classes', 'detect', names('cat', 'dog'), [1, 6, 84], {}, 'a box, 2 scores, as'],
    // Eleven scores are as many as one score and five points of a face.
    ['of eleven classes', 'detect', many(11), [1, 15, 84], {}, 'a box, 11 scores, as'],
    ['of joints', 'pose', names('person'), [1, 56, 84], { kpt_shape: '[17, 3]' }, '51 numbers of'],
    ['of a hand', 'pose', names('hand'), [1, 68, 84], { kpt_shape: '(21, 3)' }, '63 numbers of'],
    ['of turned boxes', 'obb', many(15), [1, 20, 84], {}, '15 scores and the angle of the box'],
    // A network with a fourth grid has other candidates.
    ['of another size', 'detect', many(3), [1, 7, 1000], {}, 'each of 1000 candidates: four'],
  ])('is read as its metadata say where they fit: %s', (_, task, list, output, more, what) => {
    const sketch = { input: SMALL, outputs: { output0: output } };
    const [first] = propose({ ...sketch, metadata: metadata(task, list, more) });
    expect(first).toMatchObject({
      task: 'tensors',
      confidence: 'likely',
      title: `${task === 'pose' ? 'Pose detector' : 'Detector'} before NMS (YOLO)`,
      input: PRESETS.unit.values,
    });
    expect(first?.because).toContain(what);
  });

  it('of masks and of faces', () => {
    const masks = { output0: [1, 4 + 3 + 32, 84], output1: [1, 32, 16, 16] };
    const [segment] = propose({
      ...{ input: SMALL, outputs: masks, metadata: metadata('segment', many(3)) },
    });
    expect(segment?.because).toContain('3 scores, as the metadata of Ultralytics’ exporter say');
    expect(segment?.because).toContain('32 weights of the masks');
    const five = metadata('pose', names('face'), { kpt_shape: '[5, 3]' });
    const [face] = propose({ input: SMALL, outputs: { output0: [1, 20, 84] }, metadata: five });
    expect(face?.title).toBe('Face detector before NMS (YOLO)');
  });

  it.each([
    ['other than its names', [1, 84, 84]],
    ['no list of candidates', [1, 7, 1001, 2]],
    ['boxes that it has chosen', [1, 300, 6]],
  ])('is a guess where its output is %s, and fed in Ultralytics’ way', (_, output) => {
    const sketch = { input: SMALL, outputs: { output0: output } };
    for (const one of propose({ ...sketch, metadata: metadata('detect', many(3)) })) {
      expect(one).toMatchObject({ confidence: 'guess', input: PRESETS.unit.values });
    }
  });
});

describe('the exporter is known', () => {
  const SKETCH = { input: [1, 3, 64, 64], outputs: { y: [1, 3] } };
  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ['by its name', { author: 'Ultralytics', task: 'classify' }, true],
    ['by its keys', { stride: '32', task: 'classify', names: many(3) }, true],
    ['not by a task alone', { task: 'classify', names: many(3) }, false],
    ['not by another task', { author: 'Ultralytics', task: 'dance' }, false],
    ['not by its name alone', { author: 'Ultralytics' }, false],
  ])('%s', (_, given, known) => {
    const [first] = propose({ ...SKETCH, metadata: given });
    expect(first?.input.normalise).toEqual(known ? null : PRESETS.imagenet.values.normalise);
  });
});
