import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { commonEntrySchema } from '../../core/manifest/schema.ts';
import { TASKS } from '../registry.ts';
import { PRESETS } from './presets.ts';
import { proposeContracts } from './propose.ts';
import { sketchInspection } from './testing/inspection.ts';

const GLUON = ['Sub', 'Div', 'Transpose', 'Conv', 'Relu', 'Gemm'];
const IMAGENET = PRESETS.imagenet.values;

type Sketch = Parameters<typeof sketchInspection>[0];
const best = (sketch: Sketch, fileName?: string) =>
  proposeContracts(sketchInspection(sketch), fileName)[0];

describe('the picture a network wants', () => {
  it('knows GluonCV’s published contract by its beginning', () => {
    expect(
      best({ input: [1, 224, 224, 3], chain: GLUON, outputs: { y: [1, 1000] } }),
    ).toMatchObject({
      confidence: 'sure',
      input: {
        name: 'data',
        layout: 'NHWC',
        range: '0-255',
        channels: 'RGB',
        normalise: null,
        resize: {
          rule: 'short-side-crop',
          short: 256,
          width: 224,
          height: 224,
          filter: 'bilinear',
        },
      },
    });
  });

  it.each([
    ['ResNet v1', ['Conv', 'Gemm']],
    ['ResNet v2', ['BatchNormalization', 'Conv', 'Gemm']],
  ])('takes the ONNX Model Zoo’s contract for channels first: %s', (_, chain) => {
    const input = [null, 3, 224, 224];
    expect(best({ input, chain, outputs: { y: [null, 1000] } })).toMatchObject({
      confidence: 'likely',
      input: { layout: 'NCHW', ...IMAGENET },
      labelSet: 'imagenet-1k',
      classes: 1000,
    });
  });

  it('sees CIFAR-10 in 32 × 32 and ten classes', () => {
    expect(best({ input: ['N', 3, 32, 32], outputs: { y: ['N', 10] } })).toMatchObject({
      input: {
        ...PRESETS.cifar.values,
        resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
      },
      labelSet: 'cifar-10',
    });
  });

  const cifar = 'airplane,automobile,bird,cat,deer,dog,frog,horse,ship,truck'.split(',');
  const many = (count: number, ...first: readonly string[]) => [
    ...first,
    ...Array.from({ length: count - first.length }, (_, at) => `thing ${String(at)}`),
  ];
  it.each([
    ['CIFAR-10’s names', 32, cifar, 'CIFAR-10 classifier', 'cifar-10'],
    [
      'their short forms',
      32,
      cifar.with(0, 'Plane').with(1, 'Car'),
      'CIFAR-10 classifier',
      'cifar-10',
    ],
    ['another order', 32, cifar.toReversed(), 'Classifier', null],
    ['ten other names', 32, many(10), 'Classifier', null],
    ['too few names', 32, ['cat', 'dog'], 'Classifier', null],
    ['CIFAR-100’s names', 32, many(100, 'apple', 'aquarium_fish'), 'CIFAR-100 classifier', null],
    ['a hundred others', 32, many(100), 'Classifier', null],
    ['ImageNet’s names', 224, many(1000, 'tench'), 'ImageNet classifier', 'imagenet-1k'],
    ['a thousand others', 224, many(1000), 'Classifier', null],
  ])('holds the names in the file against a data set: %s', (_, side, names, title, labelSet) => {
    const classes = names.length === 2 ? 10 : names.length;
    const found = best({
      input: ['N', 3, side, side],
      outputs: { y: ['N', classes] },
      metadata: { names: JSON.stringify(names) },
    });
    expect(found).toMatchObject({ task: 'classification', title, classes, labelSet });
    expect(found?.because.includes('CIFAR-10')).toBe(title.startsWith('CIFAR-10'));
    expect(found?.labels).toEqual(names.length === classes ? names : null);
  });

  it.each([
    ['by its name', { graphName: 'caffe_vgg16' }],
    ['by its metadata', { metadata: { channels: 'BGR' } }],
  ])('takes Caffe’s values %s', (_, named) => {
    expect(best({ input: [1, 3, 224, 224], outputs: { y: [1, 1000] }, ...named })).toMatchObject({
      input: PRESETS.caffe.values,
    });
  });

  it('proposes a size where the file leaves it open, and says so', () => {
    const found = best({ input: ['N', 3, 'H', 'W'], outputs: { y: ['N', 7] } });
    expect(found?.input.resize).toMatchObject({ width: 224, height: 224 });
    expect(found?.because).toContain('leaves the input’s size open');
  });

  it('reads even an input that declares nothing but four axes', () => {
    const input = [null, null, null, null];
    const outputs = { y: [null, 1000] };
    expect(best({ input, outputs })?.input.layout).toBe('NCHW');
    expect(best({ input, chain: ['Transpose', 'Conv'], outputs })?.input.layout).toBe('NHWC');
  });

  it('resizes the largest networks as they were trained', () => {
    const found = best({ input: [1, 416, 416, 3], chain: GLUON, outputs: { y: [1, 1000] } });
    expect(found?.input.resize).toMatchObject({ short: 476, filter: 'bicubic' });
  });
});

describe('what a network answers', () => {
  it('in texts is left out, and of maps of open size it is not said how large they are', () => {
    const [best, ...more] = proposeContracts(
      sketchInspection({
        input: [1, 3, null, null],
        outputs: { 'said:string': [1, 2], maps: [null, 21, null, null] },
      }),
    );
    expect(best?.output).toEqual({ outputs: ['maps'] });
    expect(best?.because).toContain('whose size is known when it runs');
    for (const { output } of more) expect(JSON.stringify(output)).not.toContain('said');
  });

  it.each([
    ['Softmax', 'none'],
    ['Sigmoid', 'none'],
    ['Gemm', 'softmax'],
  ])('after %s the activation is %s, seen through a Reshape', (op, activation) => {
    const chain = ['Conv', op, 'Reshape'];
    expect(best({ input: [1, 3, 224, 224], chain, outputs: { y: [1, 1000] } })).toMatchObject({
      task: 'classification',
      output: { scores: 'y', activation },
    });
  });

  it('takes [1, N, 1, 1] for a row', () => {
    expect(best({ input: [1, 3, 224, 224], outputs: { y: [1, 1000, 1, 1] } })).toMatchObject({
      task: 'classification',
      classes: 1000,
    });
  });

  it('takes the names that the file carries', () => {
    const metadata = { classes: '["cat", "dog", "neither"]' };
    expect(best({ input: [1, 3, 96, 96], outputs: { y: [1, 3] }, metadata })).toMatchObject({
      classes: 3,
      labels: ['cat', 'dog', 'neither'],
      labelSet: null,
    });
    const wrong = { classes: '["cat", "dog"]' };
    expect(best({ input: [1, 3, 96, 96], outputs: { y: [1, 3] }, metadata: wrong })?.labels).toBe(
      null,
    );
  });

  it('does not name the numbers of a face embedding', () => {
    const chain = ['Sub', 'Mul', 'Conv', 'Gemm'];
    const [first, second] = proposeContracts(
      sketchInspection({ input: [1, 3, 112, 112], chain, outputs: { fc1: [1, 512] } }),
    );
    expect(first).toMatchObject({
      id: 'embedding',
      task: 'tensors',
      output: { outputs: ['fc1'] },
      input: PRESETS.inside.values,
    });
    expect(second).toMatchObject({ task: 'classification', confidence: 'guess' });
  });

  it('sees the joints of a person in a pose network’s heatmaps', () => {
    const found = best({ input: [1, 256, 192, 3], chain: GLUON, outputs: { y: [1, 17, 64, 48] } });
    expect(found).toMatchObject({
      id: 'pose',
      task: 'tensors',
      input: {
        ...PRESETS.inside.values,
        resize: { rule: 'squash', width: 192, height: 256, filter: 'bicubic' },
      },
    });
  });

  it('sees segmentation in scores as large as the picture', () => {
    const input = [1, 480, 480, 3];
    const outputs = { a: [1, 21, 480, 480], b: [1, 21, 480, 480] };
    expect(best({ input, chain: GLUON, outputs })).toMatchObject({
      id: 'segmentation',
      output: { outputs: ['a', 'b'] },
      input: { resize: { rule: 'squash', width: 480, height: 480 } },
    });
  });

  it('gives a depth network 0 to 1', () => {
    const sketch = {
      input: [1, 3, 192, 640],
      chain: ['Sub', 'Div', 'Conv', 'Sigmoid'],
      outputs: { disp: [1, 1, 192, 640] },
    };
    expect(best(sketch)).toMatchObject({
      id: 'depth',
      input: {
        ...PRESETS.unit.values,
        resize: { width: 640, height: 192, filter: 'lanczos4' },
      },
    });
  });

  it('offers raw outputs for what it does not know', () => {
    const outputs = { a: [1, 7], b: [5, 6, 7, 8, 9] };
    const proposals = proposeContracts(sketchInspection({ input: [1, 3, 64, 64], outputs }));
    expect(proposals[0]).toMatchObject({ id: 'raw', output: { outputs: ['a', 'b'] } });
    expect(proposals[1]).toMatchObject({ task: 'classification', confidence: 'guess' });
  });
});

describe('a detector', () => {
  const input = [1, 512, 512, 3];
  const detector = (outputs: Sketch['outputs'], rest: Partial<Sketch> = {}) =>
    best({ input, chain: GLUON, outputs, ...rest });

  it.each([
    ['named, in GluonCV’s order', { ids: [1, 100, 1], scores: [1, 100, 1], bboxes: [1, 100, 4] }],
    ['named, in another order', { bboxes: [1, 9, 4], scores: [1, 9, 1], ids: [1, 9, 1] }],
    ['ids told by their type', { 'ids:int64': [1, 9], scores: [1, 9], bboxes: [1, 9, 4] }],
    ['of any length', { scores: [1, null, 1], ids: [1, null, 1], bboxes: [1, null, 4] }],
  ])('is seen in three outputs: %s', (_, outputs) => {
    expect(detector(outputs)).toMatchObject({
      task: 'detection',
      confidence: 'sure',
      output: { ids: 'ids', scores: 'scores', boxes: 'bboxes', nms: 'in-graph', threshold: 0.5 },
      input: { resize: { rule: 'squash', width: 512, height: 512, filter: 'auto' } },
    });
  });

  it('is read in GluonCV’s order where names say nothing', () => {
    expect(detector({ s41: [1, 100, 1], s42: [1, 100, 1], s43: [1, 100, 4] })).toMatchObject({
      confidence: 'likely',
      output: { ids: 's41', scores: 's42', boxes: 's43' },
    });
    expect(detector({ a: [1, 40], b: [1, 40], c: [1, 40, 4] })).toMatchObject({
      title: 'CenterNet detector',
      output: { scores: 'a', ids: 'b', boxes: 'c' },
    });
  });

  it('may have masks beside', () => {
    const outputs = { i: [1, 9, 1], s: [1, 9, 1], b: [1, 9, 4], m: [1, 9, 14, 14] };
    expect(detector(outputs)?.task).toBe('detection');
  });

  const outputs = { i: [1, 9, 1], s: [1, 9, 1], b: [1, 9, 4] };
  const conv = (channels: number) => ({ op: 'Conv', shape: [1, channels, 13, 13] });
  it.each([
    ['SSD by its Softmax', [{ op: 'Softmax', shape: [1, 6132, 21] }], {}, 20, 'voc'],
    ['SSD of its own classes', [{ op: 'Softmax', shape: [1, 6132, 4] }], {}, 3, null],
    ['YOLO by its channels', [conv(255), conv(255), conv(255)], {}, 80, 'coco'],
    [
      'CenterNet by its heatmap',
      [
        { op: 'Sigmoid', shape: [1, 20, 128, 128] },
        { op: 'TopK', shape: [1, 40] },
      ],
      {},
      20,
      'voc',
    ],
    ['by its name', [], { graphName: 'ssd_512_resnet50_v1_coco' }, 80, 'coco'],
    ['by its metadata', [], { metadata: { labels: '["a","b"]' } }, 2, null],
    ['not at all', [], {}, null, null],
  ])('counts its classes: %s', (_, others, rest, classes, labelSet) => {
    // A heatmap is a quarter of the picture's size.
    expect(detector(outputs, { others, ...rest })).toMatchObject({ classes, labelSet });
  });

  it('resizes by the short side where the size is open', () => {
    const open = { input: [1, 'H', 'W', 3] };
    expect(detector(outputs, open)?.input.resize).toMatchObject({ short: 512, multiple: 32 });
    const others = [{ op: 'RoiAlign', shape: [1] }];
    expect(detector(outputs, { ...open, others })?.input.resize).toEqual({
      rule: 'short-within',
      short: 600,
      max: 1000,
      multiple: 1,
      filter: 'bilinear',
    });
  });
});

describe('a network that takes no picture', () => {
  const y = { y: [1, 10] };
  it.each<[string, Sketch, RegExp]>([
    ['video', { input: [1, 3, 32, 224, 224], outputs: y }, /video/],
    ['grey', { input: [1, 1, 28, 28], outputs: y }, /grey/],
    ['a row', { input: [1, 784], outputs: y }, /four axes/],
    ['no declared shape', { outputs: y }, /four axes/],
    ['four channels', { input: [1, 4, 64, 64], outputs: y }, /three colour channels/],
    ['a batch', { input: [10, 3, 64, 64], outputs: y }, /10 pictures at once/],
    ['bytes', { input: [1, 3, 64, 64], inputType: 'uint8', outputs: y }, /uint8/],
    ['a tiny picture', { input: [1, 3, 4, 4], outputs: y }, /outside 8 to 4096/],
    ['nothing', { inputs: [], outputs: y }, /no input/],
    ['no answer', { input: [1, 3, 64, 64], outputs: {} }, /no output/],
    [
      'two inputs',
      {
        inputs: ['a', 'b'].map((name) => ({ name, elementType: 'float32', shape: [1, 3, 8, 8] })),
        outputs: y,
      },
      /2 inputs \(“a”, “b”\)/,
    ],
    [
      'more inputs than a sentence bears',
      {
        inputs: Array.from({ length: 50_001 }, (_, at) => {
          return { name: `in${String(at)}`, elementType: 'float32', shape: [1, 3, 8, 8] };
        }),
        outputs: y,
      },
      /^The network takes 50,001 inputs \(“in0”, “in1”, “in2” and more\), but/,
    ],
    [
      'it gives texts only',
      { input: [1, 3, 64, 64], outputs: { 'said:string': [1, 2] } },
      /^The network answers with texts only/,
    ],
    [
      'more sides than a sentence bears',
      { input: Array.from({ length: 1000 }, () => 2), outputs: y },
      /\(2( × 2){7} × 992 more\) is not a picture/,
    ],
  ])('is refused with the reason: %s', (_, sketch, reason) => {
    const work = () => proposeContracts(sketchInspection(sketch));
    expect(work).toThrow(AppError);
    expect(work).toThrow(expect.objectContaining({ code: 'gate/no-contract' }));
    expect(work).toThrow(reason);
  });
});

/** The part of an entry that no proposal speaks of. */
const FILE = { file: 'a.onnx', bytes: 1, sha256: '0'.repeat(64) };
const REST = {
  ...FILE,
  id: 'a',
  title: 'A',
  summary: 'A.',
  labels: { ...FILE, format: 'plain' },
  card: null,
  output: null,
  multiplyAdds: 1,
  licence: 'none',
  source: { title: 'own', url: null },
  trainingData: 'unknown',
  evidence: { grade: 'E', statement: 'Own file.' },
  caution: null,
  golden: null,
};

describe('whatever the shapes', () => {
  const side = fc.oneof(fc.constantFrom(1, 3, 4, 10, 17, 64, 512), fc.constantFrom(null, 'N', 0));
  const shape = fc.option(fc.array(side, { maxLength: 5 }));
  const input = fc.tuple(
    fc.constantFrom(null, 1, 'N', 0),
    fc.constantFrom(3, null),
    fc.constantFrom(8, 32, 224, 4096, null, 'H'),
    fc.constantFrom(8, 33, 224, 4096, null, 'W'),
  );
  const chain = fc.array(fc.constantFrom('Sub', 'Div', 'Transpose', 'Conv', 'Softmax', 'Reshape'));

  it('every proposal satisfies the schemas, and one shows the outputs as they are', () => {
    fc.assert(
      fc.property(
        input,
        chain,
        fc.dictionary(fc.constantFrom('a', 'ids', 'scores', 'boxes'), shape, { minKeys: 1 }),
        (sides, ops, outputs) => {
          const found = proposeContracts(sketchInspection({ input: sides, chain: ops, outputs }));
          expect(found.some(({ task }) => task === 'tensors')).toBe(true);
          expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
          for (const proposal of found) {
            v.parse(TASKS[proposal.task].outputSchema, proposal.output);
            v.parse(commonEntrySchema, { ...REST, task: proposal.task, input: proposal.input });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a hundred classes', () => {
  it('of 32 × 32 are CIFAR-100’s', () => {
    const first = best({ input: ['N', 3, 32, 32], outputs: { y: ['N', 100] } });
    expect(first).toMatchObject({
      title: 'CIFAR-100 classifier',
      confidence: 'likely',
      classes: 100,
      labelSet: null,
      input: {
        range: '0-1',
        channels: 'RGB',
        normalise: { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] },
        resize: { rule: 'squash', width: 32, height: 32 },
      },
    });
  });

  it.each([
    [[1, 3, 64, 64], 100],
    [[1, 3, 32, 48], 100],
    [['N', 3, 'H', 'W'], 100],
    [[1, 3, 32, 32], 20],
  ])('of another size or number are not: %j, %d', (input, count) => {
    const first = best({ input, outputs: { y: [1, count] } });
    expect(first).toMatchObject({ title: 'Classifier', input: IMAGENET });
  });
});
