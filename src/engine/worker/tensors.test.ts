import type { InferenceSession } from 'onnxruntime-web';
import { describe, expect, it, vi } from 'vitest';
import { refusal } from '../../core/image/testing/outcome.ts';
import { readOutputs } from './tensors.ts';

/** What a run gives: of each tensor, what is read of it. */
function results(data: Readonly<Record<string, unknown>>, type = 'float32') {
  const dispose = vi.fn();
  const tensors = Object.fromEntries(
    Object.entries(data).map(([name, values]) => [
      name,
      {
        type,
        dims: [1, 2],
        get data() {
          if (values === 'lost') throw new TypeError('The data is not on the CPU.');
          return values;
        },
        dispose: () => {
          dispose(name);
        },
      },
    ]),
  );
  return { results: tensors as unknown as InferenceSession.ReturnType, dispose };
}

describe('readOutputs', () => {
  it.each([
    ['float32', Float32Array.of(1.5, -2), [1.5, -2]],
    ['int32', Int32Array.of(7, -1), [7, -1]],
    ['int64', BigInt64Array.of(7n, -1n), [7, -1]],
    ['uint64', BigUint64Array.of(7n, 1n), [7, 1]],
    ['float64', Float64Array.of(1.5, -2), [1.5, -2]],
    ['uint16', Uint16Array.of(0x3c00, 1), [0x3c00, 1]],
    ['bool', Uint8Array.of(1, 0), [1, 0]],
    // 1, −2, largest, smallest, minus infinity, NaN
    [
      'float16',
      Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0xfc00, 0x7e00),
      [1, -2, 65504, 2 ** -24, -Infinity, NaN],
    ],
  ])('gives %s as float32 with its dimensions', (elementType, data, expected) => {
    const run = results({ y: data }, elementType);
    const outputs = readOutputs(run.results);
    expect(outputs).toEqual(
      new Map([['y', { dims: [1, 2], data: Float32Array.from(expected), elementType }]]),
    );
    expect(run.dispose.mock.calls).toEqual([['y']]);
  });

  it('copies: what the runtime does with its memory afterwards changes nothing', () => {
    const memory = Float32Array.of(0, 1, 2, 3);
    const outputs = readOutputs(results({ y: memory.subarray(1, 3) }).results);
    memory.fill(NaN);
    expect(outputs.get('y')?.data).toEqual(Float32Array.of(1, 2));
    expect(outputs.get('y')?.data.buffer.byteLength).toBe(8);
  });

  it('leaves out texts, and disposes of them', () => {
    const run = results({ said: ['cat'] }, 'string');
    expect(readOutputs(run.results).size).toBe(0);
    expect(run.dispose.mock.calls).toEqual([['said']]);
  });

  it('keeps every output by its name', () => {
    const run = results({ ids: Int32Array.of(1, 2), scores: Float32Array.of(0.5, 0.25) });
    expect([...readOutputs(run.results).keys()]).toEqual(['ids', 'scores']);
    expect(run.dispose.mock.calls).toEqual([['ids'], ['scores']]);
  });

  it.each([
    ['text', ['a', 'b']],
    ['bytes without a type', new DataView(new ArrayBuffer(2))],
  ])('refuses %s and disposes of every tensor all the same', (_type, data) => {
    const run = results({ a: Float32Array.of(1, 2), odd: data, z: Float32Array.of(3, 4) });
    const error = refusal(() => readOutputs(run.results));
    expect(error).toMatchObject({ code: 'engine/bad-output', details: { name: 'odd' } });
    expect(error.message).toContain('“odd”');
    expect(run.dispose.mock.calls).toEqual([['a'], ['odd'], ['z']]);
  });

  it('disposes of every tensor when one cannot be read', () => {
    const run = results({ a: 'lost', b: Float32Array.of(1, 2) });
    expect(() => readOutputs(run.results)).toThrow(TypeError);
    expect(run.dispose.mock.calls).toEqual([['a'], ['b']]);
  });
});
