import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectModel } from './inspect.ts';
import { buildModel, field, float32Bytes, joined, varint, whole } from './testing/build-onnx.ts';
import type { TensorSpec } from './testing/build-onnx.ts';
import { classifierWith } from './testing/samples.ts';
import { bfloat16, float16 } from './sixteen-bit.ts';
import { weightStatistics } from './weights.ts';
import { readTensor } from './proto/tensor-proto.ts';
import { WireReader } from './proto/wire.ts';

function statistics(...tensors: readonly TensorSpec[]) {
  const initialisers = tensors.map((tensor, i) => ({ ...tensor, name: `t${String(i)}` }));
  const nodes = [{ op: 'Relu', inputs: ['data'], outputs: ['y'] }];
  const outputs = [{ name: 'y', shape: null }];
  return inspectModel(buildModel(classifierWith({ initialisers, nodes, outputs }))).weights;
}

function rawOf(values: { readonly buffer: ArrayBufferLike }): Uint8Array {
  return new Uint8Array(values.buffer);
}

describe('weightStatistics', () => {
  it('is zero for no weights', () => {
    const none = { values: 0, nan: 0, infinite: 0, min: 0, max: 0, mean: 0 };
    expect(statistics()).toEqual(none);
    expect(statistics({ shape: [2], int64s: [1, 2] })).toEqual(none);
  });

  it('leaves NaN and infinities out of minimum, maximum and mean', () => {
    const floats = [1, NaN, 3, Infinity, -Infinity, -1, NaN];
    expect(statistics({ shape: [7], floats })).toEqual({
      values: 7,
      nan: 2,
      infinite: 2,
      min: -1,
      max: 3,
      mean: 1,
    });
  });

  it('reads every floating-point type and sums them up', () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7c00, 0x7e00); // 1, -2, ∞, NaN
    const brains = Uint16Array.of(0x4040, 0xff80); // 3, -∞
    const doubles = Float64Array.of(1e300, -1e300);
    expect(
      statistics(
        { shape: [2], floats: [0.5, 0.25] },
        { shape: [4], type: 10, raw: rawOf(halves) },
        { shape: [2], type: 16, raw: rawOf(brains) },
        { shape: [2], type: 11, raw: rawOf(doubles) },
      ),
    ).toMatchObject({ values: 10, nan: 1, infinite: 2, min: -1e300, max: 1e300 });
  });

  it('survives doubles whose sum is beyond doubles', () => {
    const doubles = Float64Array.of(1.7e308, 1.7e308);
    expect(statistics({ shape: [2], type: 11, raw: rawOf(doubles) })).toMatchObject({
      values: 2,
      infinite: 0,
      max: 1.7e308,
      mean: Number.MAX_VALUE,
    });
  });

  it('reads 16-bit values that were written one by one, and in pieces', () => {
    const halves = [0x3c00, 0xc000, 0x7c00, 0x4200]; // 1, -2, ∞, 3
    const [first = 0, second = 0, ...rest] = halves;
    const pieces = joined(whole(5, first), whole(5, second), field(5, ...rest.map(varint)));
    const bytes = joined(whole(1, halves.length), whole(2, 10), pieces);
    const tensor = readTensor(WireReader.ofFile(bytes));
    expect(weightStatistics(bytes, [tensor])).toMatchObject({
      values: 4,
      infinite: 1,
      min: -2,
      max: 3,
    });
  });

  it('finds the same as a plain loop, wherever the bytes lie', () => {
    const value = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(NaN));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), fc.nat(7), (values, shift) => {
        const raw = new Uint8Array(Float32Array.from(values).buffer);
        const message = joined(whole(1, values.length), whole(2, 1), field(9, raw));
        const bytes = joined(new Uint8Array(shift), message).subarray(shift);
        const tensor = readTensor(WireReader.ofFile(bytes));
        const finite = values.filter((one) => !Number.isNaN(one));
        const found = weightStatistics(bytes, [tensor]);
        expect(found.nan).toBe(values.length - finite.length);
        if (finite.length > 0) {
          expect(found.min + 0).toBe(Math.min(...finite) + 0);
          expect(found.max + 0).toBe(Math.max(...finite) + 0);
        }
      }),
    );
  });

  it.each([1, 16, 17, 40])(
    'reads %d values of every type alike, one by one or in blocks',
    (count) => {
      const values = Array.from({ length: count }, (_, index) => index - 3);
      const doubles = { shape: [count], type: 11, raw: rawOf(Float64Array.from(values)) };
      // bfloat16 is the upper half of a float32, which these small numbers fill with zeros below.
      const upper = Uint16Array.from(new Uint32Array(Float32Array.from(values).buffer), (bits) => {
        return bits >>> 16;
      });
      const brains = { shape: [count], type: 16, raw: rawOf(upper) };
      const floats = { shape: [count], floats: values };
      const expected = statistics(floats);
      expect(expected).toMatchObject({ values: count, min: -3, max: count - 4 });
      expect(statistics(doubles)).toEqual(expected);
      expect(statistics(brains)).toEqual(expected);
      const ones = { shape: [count], type: 10, raw: rawOf(new Uint16Array(count).fill(0x3c00)) };
      expect(statistics(ones)).toMatchObject({ values: count, min: 1, max: 1, mean: 1 });
    },
  );

  it('reads half-precision values written as varints', () => {
    const packed = [0x3c00, 0xc000, 0, 0x7bff].map(varint);
    const bytes = joined(whole(1, 4), whole(2, 10), field(5, ...packed));
    const found = weightStatistics(bytes, [readTensor(WireReader.ofFile(bytes))]);
    expect(found).toMatchObject({ values: 4, min: -2, max: 65_504, mean: (1 - 2 + 65_504) / 4 });
  });

  it('reads values that are written one by one', () => {
    const count = 40_000;
    const floats = Array.from({ length: count }, (_, at) => (at === 7 ? NaN : at % 5));
    const packedBytes = float32Bytes(floats);
    const unpacked = new Uint8Array(count * 5);
    for (let at = 0; at < count; at += 1) {
      unpacked[at * 5] = 4 * 8 + 5;
      unpacked.set(packedBytes.subarray(at * 4, at * 4 + 4), at * 5 + 1);
    }
    const bytes = joined(whole(1, count), whole(2, 1), unpacked);
    const tensor = readTensor(WireReader.ofFile(bytes));
    const found = weightStatistics(bytes, [tensor]);
    const packed = weightStatistics(packedBytes, [
      { ...tensor, raw: { start: 0, end: count * 4 }, typed: [] },
    ]);
    expect(found).toEqual(packed);
    expect(found).toMatchObject({ values: count, nan: 1, min: 0, max: 4 });
  });

  it('looks at blocks beyond the first', () => {
    const values = new Float32Array(40_000).fill(1);
    values[39_999] = NaN;
    values[20_000] = -5;
    const raw = rawOf(values);
    expect(statistics({ shape: [40_000], raw })).toMatchObject({ nan: 1, min: -5, max: 1 });
  });
});

describe('16-bit floats', () => {
  it.each([
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x8000, -0],
    [0xfbff, -65_504],
  ])('float16 %i is %f', (bits, value) => {
    expect(float16(bits)).toBe(value);
  });

  it.each([
    [0x3f80, 1],
    [0xc2f7, -123.5],
    [0x7f80, Infinity],
  ])('bfloat16 %i is %f', (bits, value) => {
    expect(bfloat16(bits)).toBe(value);
  });
});
