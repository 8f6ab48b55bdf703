import type { Side } from './graph.ts';
import type { Proposal, TaskContract } from './types.ts';

/** What a network is like, as far as its preparation of a picture goes. */
export type Flavour =
  | 'imagenet'
  | 'classes'
  | 'cifar'
  | 'embedding'
  | 'detector'
  | 'candidates'
  | 'yolo'
  | 'yolo-classes'
  | 'faces'
  | 'points'
  | 'joints'
  | 'dense'
  | 'pose'
  | 'depth'
  | 'raw';

/** One way to understand a network's outputs. */
export type Reading = TaskContract &
  Pick<Proposal, 'id' | 'title' | 'confidence' | 'because' | 'classes' | 'labelSet'> & {
    readonly flavour: Flavour;
  };

/** An output with what is known of its shape. */
export interface Output {
  readonly name: string;
  readonly elementType: string;
  readonly sides: readonly Side[];
}

/** The outputs shown as they are. */
export function showAsNumbers(
  outputs: readonly Output[],
  rest: Pick<Reading, 'id' | 'title' | 'flavour' | 'confidence' | 'because'>,
): Reading {
  return {
    task: 'tensors',
    output: { outputs: outputs.map(({ name }) => name) },
    classes: 1,
    labelSet: null,
    ...rest,
  };
}
