import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildModel } from '../../core/onnx/testing/build-onnx.ts';
import { classifierThen } from '../../core/onnx/testing/samples.ts';
import { beginsLikeOnnx, sortFiles, type SortedFiles } from './sort-files.ts';

const MODEL = new Uint8Array(buildModel(classifierThen()));
const ROOT = resolve(import.meta.dirname, '../../..');

function names(found: SortedFiles) {
  const kinds = Object.entries<readonly File[]>({ ...found }).filter(([, of]) => of.length > 0);
  return Object.fromEntries(kinds.map(([kind, of]) => [kind, of.map(({ name }) => name)]));
}

async function sorted(...files: readonly File[]) {
  return names(await sortFiles(files, false));
}

describe('files that came together', () => {
  it('are told apart by name, and by content where the name says nothing', async () => {
    const files = [
      new File(['anything'], 'NET.ONNX'),
      new File([MODEL], 'a.png', { type: 'image/png' }),
      new File([MODEL], 'download'),
      new File(['GIF89a'], 'b'),
      new File([MODEL], 'd.txt'),
      new File([], 'empty'),
    ];
    expect(await sorted(...files)).toEqual({
      models: ['NET.ONNX', 'download', 'd.txt'],
      pictures: ['a.png', 'b', 'empty'],
    });
  });

  const TEXTS = [
    new File(['cat\ndog'], 'labels.txt', { type: 'text/plain' }),
    new File(['["cat"]'], 'labels.json'),
    new File(['cat'], 'coco.names'),
    new File(['GIF89a'], 'picture.txt'),
  ];
  const TOLD_APART = {
    labels: ['labels.txt', 'labels.json', 'coco.names'],
    pictures: ['picture.txt'],
  };

  it('are labels where somebody takes them, else for the bench to judge', async () => {
    expect(names(await sortFiles(TEXTS, true))).toEqual(TOLD_APART);
    expect(await sorted(...TEXTS)).toEqual({ pictures: TEXTS.map(({ name }) => name) });
    const model = new File(['x'], 'net.onnx');
    expect(await sorted(model, ...TEXTS)).toEqual({ models: ['net.onnx'], ...TOLD_APART });
  });

  it('are weights by their names alone', async () => {
    const weights = ['net.onnx.data', 'net.DATA', 'net.onnx_data'];
    expect(await sorted(...weights.map((name) => new File([MODEL], name)))).toEqual({ weights });
  });

  it('stay pictures where they cannot be read', async () => {
    const gone = new File([MODEL], 'gone');
    gone.slice = () => {
      throw new DOMException('It was moved.', 'NotReadableError');
    };
    expect(await sorted(gone)).toEqual({ pictures: ['gone'] });
  });
});

describe('the beginning of a model', () => {
  it.each(['cifar_resnet20_v1', 'ssd_300_mobilenet0.25_bccd'])('is known: %s', (name) => {
    const file = readFileSync(resolve(ROOT, `public/models/${name}/${name}.onnx`));
    expect(beginsLikeOnnx(file)).toBe(true);
  });

  it.each([
    [[]],
    [[0x08]],
    [[0x08, 0x07]],
    [[0x08, 0x00, 0x12]],
    [[0x08, 0x80, 0x12]],
    [[0x0a, 0x07, 0x12]],
    [[0x08, 0x07, 0x00]],
  ])('is not seen in %j', (bytes) => {
    expect(beginsLikeOnnx(Uint8Array.from(bytes))).toBe(false);
  });
});
