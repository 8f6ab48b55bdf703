import type { InferenceSession } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../core/image/testing/outcome.ts';
import { parseEntry } from '../../models/manifest.ts';
import { rawEntry } from '../../models/testing/entries.ts';
import { checkContract } from './contract.ts';

const ENTRY = parseEntry(rawEntry('a'), 'A test’s declaration');
const DIMS = [1, 32, 32, 3];

function input(
  shape: readonly (number | string)[],
  type: InferenceSession.TensorValueMetadata['type'] = 'float32',
): InferenceSession.ValueMetadata {
  return { name: ENTRY.input.name, isTensor: true, type, shape };
}

function check(...inputMetadata: InferenceSession.ValueMetadata[]): () => void {
  return () => {
    checkContract({ inputMetadata, outputNames: ['logits'] }, ENTRY, DIMS);
  };
}

describe('checkContract', () => {
  it.each([
    ['the same sides', [1, 32, 32, 3]],
    ['open sides with a name', ['N', 'height', 'width', 3]],
    ['open sides without one', [-1, 0, 0xffffffff, 3]],
    ['an unknown rank', []],
  ])('takes %s', (_what, shape) => {
    expect(check(input(shape))).not.toThrow();
  });

  it.each([
    [
      'another side',
      input([1, 64, 32, 3]),
      'of 1 × 32 × 32 × 3; its input “data” takes float32 of 1 × 64 × 32 × 3',
    ],
    ['another order', input(['N', 3, 32, 32]), 'takes float32 of any × 3 × 32 × 32'],
    ['another rank', input([32, 32, 3]), 'takes float32 of 32 × 32 × 3'],
    ['another type', input(DIMS, 'uint8'), 'takes uint8 of 1 × 32 × 32 × 3'],
    ['no tensor', { name: 'data', isTensor: false } as const, 'takes no tensor'],
    ['another name', { ...input(DIMS), name: 'image' }, 'has no input “data”; it has image'],
  ])('refuses %s in words', (_what, metadata, words) => {
    const error = refusal(check(metadata));
    expect(error).toMatchObject({ code: 'engine/contract-mismatch', retryable: false });
    expect(error.message).toContain(words);
  });

  it('refuses a graph that wants more than the picture', () => {
    const error = refusal(check(input(DIMS), { ...input([1, 2]), name: 'image_shape' }));
    expect(error.message).toContain('wants more than the picture in “data”: image_shape');
  });

  it('refuses outputs that are not there', () => {
    const graph = { inputMetadata: [input(DIMS)], outputNames: ['boxes', 'ids'] };
    const error = refusal(() => {
      checkContract(graph, ENTRY, DIMS);
    });
    expect(error.message).toContain('has no output “logits”; it has boxes, ids');
  });
});
