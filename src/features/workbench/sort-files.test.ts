import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildModel } from '../../core/onnx/testing/build-onnx.ts';
import { classifierThen } from '../../core/onnx/testing/samples.ts';
import { beginsLikeOnnx, sortFiles } from './sort-files.ts';

const MODEL = new Uint8Array(buildModel(classifierThen()));
const ROOT = resolve(import.meta.dirname, '../../..');

async function sorted(...files: readonly File[]) {
  const { pictures, models } = await sortFiles(files);
  return { pictures: pictures.map(({ name }) => name), models: models.map(({ name }) => name) };
}

describe('files that came together', () => {
  it('are told apart by name, and by content where the name says nothing', async () => {
    const files = [
      new File(['anything'], 'NET.ONNX'),
      new File([MODEL], 'a.png', { type: 'image/png' }),
      new File([MODEL], 'download'),
      new File(['GIF89a'], 'b'),
      new File(['just words'], 'c.txt', { type: 'text/plain' }),
      new File([], 'empty'),
    ];
    expect(await sorted(...files)).toEqual({
      models: ['NET.ONNX', 'download'],
      pictures: ['a.png', 'b', 'c.txt', 'empty'],
    });
  });

  it('stay pictures where they cannot be read', async () => {
    const gone = new File([MODEL], 'gone');
    gone.slice = () => {
      throw new DOMException('It was moved.', 'NotReadableError');
    };
    expect(await sorted(gone)).toEqual({ models: [], pictures: ['gone'] });
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
