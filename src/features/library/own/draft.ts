import type { InputContract, ResizeRule } from '../../../core/manifest/schema.ts';
import type { PictureInput } from '../../../tasks/propose/picture-input.ts';
import type { Proposal, TaskContract } from '../../../tasks/propose/types.ts';
import type { TaskId } from '../../../tasks/registry.ts';

/** Three numbers, a channel each. */
export type Triple = [number, number, number];

/**
 * What the person decides about how a network is fed and read, field by field. Numbers may be NaN while a field is
 * empty. Fields of the tasks and rules that are not chosen keep what was entered.
 */
export interface Draft {
  readonly task: TaskId;
  readonly range: InputContract['range'];
  readonly channels: InputContract['channels'];
  readonly normalises: boolean;
  readonly mean: Triple;
  readonly std: Triple;
  readonly rule: ResizeRule['rule'];
  readonly filter: ResizeRule['filter'];
  /** Sides in pixels. */
  readonly width: number;
  readonly height: number;
  readonly short: number;
  readonly max: number;
  readonly multiple: number;
  /** Classification. */
  readonly scores: string;
  readonly activation: 'softmax' | 'none';
  /** Detection: names of outputs, and 0..1. */
  readonly ids: string;
  readonly boxScores: string;
  readonly boxes: string;
  readonly threshold: number;
  /** Raw outputs. */
  readonly outputs: readonly string[];
}

/** The fields of a proposal; of what it does not speak of, sensible ones. */
export function draftOf(
  { task, output, input }: Pick<Proposal, 'task' | 'output' | 'input'>,
  outputs: readonly string[],
): Draft {
  const { resize, normalise } = input;
  const [first = '', second = first, third = second] = outputs;
  const within = resize.rule === 'short-within';
  const width = within ? resize.short : resize.width;
  const height = within ? resize.short : resize.height;
  const base: Draft = {
    task,
    range: input.range,
    channels: input.channels,
    normalises: normalise !== null,
    mean: normalise?.mean ?? [0, 0, 0],
    std: normalise?.std ?? [1, 1, 1],
    rule: resize.rule,
    filter: resize.filter,
    width,
    height,
    short: resize.rule === 'squash' ? Math.max(width, height) : resize.short,
    max: within ? resize.max : Math.max(width, height) * 2,
    multiple: within ? resize.multiple : 32,
    scores: first,
    activation: 'softmax',
    ids: first,
    boxScores: second,
    boxes: third,
    threshold: 0.5,
    outputs,
  };
  return { ...base, ...fieldsOf({ task, output } as TaskContract) };
}

function fieldsOf(contract: TaskContract): Partial<Draft> {
  switch (contract.task) {
    case 'classification':
      return contract.output;
    case 'detection': {
      const { ids, scores, boxes, threshold } = contract.output;
      return { ids, boxScores: scores, boxes, threshold };
    }
    case 'tensors':
      return contract.output;
  }
}

/** The input contract of a draft; the schema says whether it holds. */
export function inputOf(
  draft: Draft,
  { name, layout }: Pick<PictureInput, 'name' | 'layout'>,
): InputContract {
  const { range, channels, mean, std } = draft;
  const normalise = draft.normalises ? { mean, std } : null;
  return { name, layout, range, channels, resize: resizeOf(draft), normalise };
}

function resizeOf({ rule, filter, width, height, short, max, multiple }: Draft): ResizeRule {
  switch (rule) {
    case 'squash':
      return { rule, width, height, filter };
    case 'short-side-crop':
      return { rule, short, width, height, filter };
    case 'short-within':
      return { rule, short, max, multiple, filter };
  }
}

/** The output contract of a draft; the task's schema says whether it holds. */
export function outputOf(draft: Draft): TaskContract {
  switch (draft.task) {
    case 'classification': {
      const { scores, activation } = draft;
      return { task: draft.task, output: { scores, activation } };
    }
    case 'detection': {
      const { ids, boxScores, boxes, threshold } = draft;
      return {
        task: draft.task,
        output: { ids, scores: boxScores, boxes, nms: 'in-graph', threshold },
      };
    }
    case 'tensors':
      return { task: draft.task, output: { outputs: [...draft.outputs] } };
  }
}
