import type { ModelInspection } from './types.ts';

/**
 * Whether a side of an input beside the batch is open, or the file says nothing of its sides: then what a run takes is
 * the choice of who feeds it.
 */
export function takesAnySize({ inputs }: Pick<ModelInspection, 'inputs'>): boolean {
  return inputs.some(
    ({ shape }) => shape === null || shape.slice(1).some((side) => typeof side !== 'number'),
  );
}
