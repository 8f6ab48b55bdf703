import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noisePicture } from '../../core/geometry/reference.fixture.ts';
import { channelTables, tensorOfPixels, type ValueContract } from './input-tensor.ts';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

const side = fc.integer({ min: 1, max: 20 });
const valueContract = fc.record<Omit<ValueContract, 'layout'>>({
  range: fc.constantFrom('0-255', '0-1'),
  channels: fc.constantFrom('RGB', 'BGR'),
  normalise: fc.constantFrom(null, { mean: [...IMAGENET.mean], std: [...IMAGENET.std] }),
});

describe('channelTables', () => {
  it('is direct float32 arithmetic, step by step', () => {
    const [scratch, mean, std] = [new Float32Array(1), new Float32Array(1), new Float32Array(1)];
    const tables = channelTables({
      range: '0-1',
      normalise: { mean: [...IMAGENET.mean], std: [...IMAGENET.std] },
    });
    tables.forEach((table, channel) => {
      mean[0] = IMAGENET.mean[channel] ?? NaN;
      std[0] = IMAGENET.std[channel] ?? NaN;
      for (let byte = 0; byte < 256; byte += 1) {
        scratch[0] = byte;
        scratch[0] /= 255;
        scratch[0] -= mean[0];
        scratch[0] /= std[0];
        expect(table[byte]).toBe(scratch[0]);
      }
    });
  });

  it('leaves bytes alone for 0–255 without normalisation', () => {
    const [red] = channelTables({ range: '0-255', normalise: null });
    expect([...red]).toEqual(Array.from({ length: 256 }, (_, byte) => byte));
  });

  it('divides by 255 in float32 for 0–1', () => {
    const [red] = channelTables({ range: '0-1', normalise: null });
    expect([red[0], red[1], red[255]]).toEqual([0, Math.fround(1 / 255), 1]);
  });
});

describe('tensorOfPixels', () => {
  it('gives permutations of each other as NCHW and NHWC', () => {
    fc.assert(
      fc.property(side, side, valueContract, (width, height, contract) => {
        const image = noisePicture(width, height);
        const planar = tensorOfPixels(image, { ...contract, layout: 'NCHW' });
        const packed = tensorOfPixels(image, { ...contract, layout: 'NHWC' });
        expect(planar.dims).toEqual([1, 3, height, width]);
        expect(packed.dims).toEqual([1, height, width, 3]);
        const pixels = width * height;
        const repacked = packed.data.map(
          (_, at) => planar.data[(at % 3) * pixels + Math.floor(at / 3)] ?? NaN,
        );
        expect(packed.data).toEqual(repacked);
      }),
    );
  });

  it('puts channels in the order asked for', () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const plain = { range: '0-255', normalise: null } as const;
    const values = (layout: 'NCHW' | 'NHWC', channels: 'RGB' | 'BGR') => [
      ...tensorOfPixels(image, { ...plain, layout, channels }).data,
    ];
    expect(values('NHWC', 'RGB')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(values('NHWC', 'BGR')).toEqual([3, 2, 1, 6, 5, 4]);
    expect(values('NCHW', 'RGB')).toEqual([1, 4, 2, 5, 3, 6]);
    expect(values('NCHW', 'BGR')).toEqual([3, 6, 2, 5, 1, 4]);
  });

  it('normalises in the contract’s channel order', () => {
    const image = { width: 1, height: 1, data: Uint8Array.of(10, 20, 30) };
    const { data } = tensorOfPixels(image, {
      layout: 'NCHW',
      range: '0-255',
      channels: 'BGR',
      normalise: { mean: [30, 0, 0], std: [1, 10, 5] },
    });
    expect([...data]).toEqual([0, 2, 2]);
  });
});
