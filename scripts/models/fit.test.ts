import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/onnx/testing/build-onnx.ts';
import { classifierWith } from '../../src/core/onnx/testing/samples.ts';
import { inspectModel } from '../../src/core/onnx/inspect.ts';
import { parseEntry } from '../../src/models/manifest.ts';
import { rawEntry } from '../../src/models/testing/entries.ts';
import { labelsMisfit } from './fit.ts';
import {
  COMMAND_MS,
  CONTRACT,
  digest,
  LABELS,
  manifestOf,
  MODEL,
  models,
  temporary,
} from './testing/run.ts';

const { input, output } = CONTRACT;
const { resize } = input;

/** Contracts that are none of the embedded classifier's (NHWC, 32 × 32, “data” to “logits”). */
const OTHERS = [
  ['another input name', { input: { ...input, name: 'image' } }, 'no input “image”; it has data'],
  ['another layout', { input: { ...input, layout: 'NCHW' } }, 'pictures of 1 × 3 × 32 × 32; its'],
  [
    'another size',
    { input: { ...input, resize: { ...resize, width: 224, height: 224 } } },
    'pictures of 1 × 224 × 224 × 3; its input “data” takes float32 of',
  ],
  [
    'another output name',
    { output: { ...output, scores: 'probs' } },
    'no output “probs”; it has logits',
  ],
  [
    'a golden answer of another output',
    {
      golden: {
        generator: 'lcg-u8',
        seed: 1,
        runtime: 'any',
        outputs: [{ name: 'probs', head: [1], tolerance: 0.1 }],
      },
    },
    'no output “probs”; it has logits',
  ],
] as const;

function contractIn(root: string, changes: object): string {
  const file = join(root, 'contract.json');
  writeFileSync(file, JSON.stringify({ ...CONTRACT, ...changes }));
  return file;
}

function addTo(folder: string, contract: string) {
  return models('add', MODEL, '--manifest', folder, '--contract', contract, '--labels', LABELS);
}

describe('add', () => {
  it.each(OTHERS)('refuses a contract with %s', async (_what, changes, words) => {
    const root = temporary();
    const contract = contractIn(root, changes);
    const { code, out, err } = await addTo(join(root, 'set'), contract);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${contract} does not fit the file: the model `);
    expect(err).toContain(words);
    expect(err).toContain('Nothing was added');
    expect(existsSync(join(root, 'set'))).toBe(false);
  });

  it('refuses a file of another type, and one that wants more than a picture', async () => {
    const root = temporary();
    const set = join(root, 'set');
    const contract = contractIn(root, {
      input: { ...input, layout: 'NCHW', resize: { ...resize, width: 8, height: 8 } },
    });
    const data = { name: 'data', shape: ['N', 3, 8, 8] };
    for (const [inputs, words] of [
      [[{ ...data, type: 10 }], 'its input “data” takes float16 of any × 3 × 8 × 8'],
      [[data, { name: 'scale', shape: [1] }], 'wants more than the picture in “data”: scale'],
    ] as const) {
      const file = join(root, 'net.onnx');
      writeFileSync(file, buildModel(classifierWith({ inputs })));
      const given = ['--manifest', set, '--contract', contract, '--labels', LABELS];
      const { code, err } = await models('add', file, ...given);
      expect(code).toBe(1);
      expect(err).toContain(words);
    }
    expect(existsSync(set)).toBe(false);
  });
});

describe('verify and sign', () => {
  it(
    'tell of entries that do not fit their files, and nothing is signed',
    async () => {
      const root = temporary();
      const folder = join(root, 'set');
      expect(await addTo(folder, contractIn(root, {}))).toMatchObject({ code: 0 });
      await models('keygen', '--out', join(root, 'keys'));
      const key = join(root, 'keys', readdirSync(join(root, 'keys'))[0] ?? '');
      const manifest = manifestOf(folder);
      const [entry] = manifest.models;
      const labels = (name: string, text: string, format = 'plain') => {
        mkdirSync(join(folder, 'other'), { recursive: true });
        writeFileSync(join(folder, `other/${name}`), text);
        const bytes = Buffer.byteLength(text);
        return { file: `other/${name}`, bytes, sha256: digest(Buffer.from(text)), format };
      };
      const wrong = [
        ...OTHERS.map(([, changes, words]) => [changes, words] as const),
        [
          { labels: labels('two.txt', 'cat\ndog\n') },
          '10 scores, but other/two.txt has 2 lines',
        ] as const,
        [
          { labels: labels('none.txt', 'cat\n\ndog\n') },
          'line 2 of other/none.txt is not a label of the format “plain”',
        ] as const,
      ];
      for (const [changes, words] of wrong) {
        const changed = { ...manifest, models: [{ ...entry, ...changes }] };
        writeFileSync(join(folder, 'index.json'), JSON.stringify(changed));
        const verified = await models('verify', folder);
        expect(verified).toMatchObject({
          code: 1,
          out: expect.not.stringContaining('ok') as string,
        });
        expect(verified.err).toContain('BAD  cifar_resnet20_v1: ');
        expect(verified.err).toContain(words);
        const signed = await models('sign', folder, '--key', key);
        expect(signed).toMatchObject({ code: 1, out: '' });
        expect(signed.err).toContain(words);
      }
      expect(existsSync(join(folder, 'index.json.sig'))).toBe(false);
    },
    COMMAND_MS,
  );

  it('have nothing against the models of this project', async () => {
    const { code, err } = await models(
      'verify',
      resolve(import.meta.dirname, '../../public/models'),
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

describe('labelsMisfit', () => {
  const entry = parseEntry(rawEntry('a'), 'A test’s declaration');
  const inspection = inspectModel(buildModel(classifierWith({})));
  const said = (shape: readonly (number | string | null)[] | null, count: number) =>
    labelsMisfit(
      entry,
      { ...inspection, outputs: [{ name: 'logits', elementType: 'float32', shape }] },
      { count, origin: 'labels.txt' },
    );

  it.each([
    ['a batch of one', [1, 212]],
    ['an open batch', ['N', 212]],
    ['sides of one behind', [1, 212, 1, 1]],
    ['no batch', [212]],
    ['no batch and a side of one', [212, 1]],
    ['classes in a grid', [1, 53, 2, 2]],
  ])('counts the scores of %s', (_what, shape) => {
    expect(said(shape, 212)).toBeNull();
    expect(said(shape, 1000)).toBe('gives 212 scores, but labels.txt has 1000 lines');
  });

  it.each([[null], [[]], [['N']], [['N', 'classes']], [['N', 1]], [[1, 5, null]]])(
    'leaves open what %j leaves open',
    (shape) => {
      expect(said(shape, 1000)).toBeNull();
    },
  );
});
