import { describe, expect, it } from 'vitest';
import { misfit } from './misfit.ts';
import type { TensorInfo } from './types.ts';

const DIMS = [1, 3, 224, 224];
const DECLARED = { input: 'data', dims: DIMS, outputs: ['logits'] };
const OUTPUTS = [{ name: 'logits' }];

function input(shape: TensorInfo['shape'], elementType = 'float32'): TensorInfo {
  return { name: 'data', elementType, shape };
}

describe('misfit', () => {
  it.each([
    ['the same sides', input([1, 3, 224, 224])],
    ['open sides', input(['N', 3, null, 'width'])],
    ['a shape that is not told', input(null)],
    ['no sides', input([])],
    ['a type that is not told', input(DIMS, 'unknown')],
  ])('takes %s', (_what, info) => {
    expect(misfit(DECLARED, { inputs: [info], outputs: OUTPUTS })).toBeNull();
  });

  it.each([
    ['another side', input(['N', 3, 192, null]), 'takes float32 of any × 3 × 192 × any'],
    ['another layout', input([1, 224, 224, 3]), 'takes float32 of 1 × 224 × 224 × 3'],
    ['another type without a shape', input(null, 'float16'), 'takes float16'],
  ])('names both sides of %s', (_what, info, words) => {
    const said = misfit(DECLARED, { inputs: [info], outputs: OUTPUTS });
    expect(said).toContain('float32 pictures of 1 × 3 × 224 × 224; its input “data”');
    expect(said).toContain(words);
  });

  it('names what is there, as much as a sentence bears', () => {
    const many = Array.from({ length: 10 }, (_, at) => ({ name: `y${String(at)}` }));
    expect(misfit(DECLARED, { inputs: [input(null)], outputs: many })).toBe(
      'has no output “logits”; it has y0, y1, y2, y3, y4, y5, y6, y7 and 2 more',
    );
    expect(misfit(DECLARED, { inputs: [], outputs: OUTPUTS })).toBe(
      'has no input “data”; it has none',
    );
  });
});
