import type { AppError } from '../../../core/errors.ts';
import type { Progress } from '../../../engine/protocol.ts';

/** Part of the automation contract: `data-state` of the status line. */
type StatusState = 'idle' | 'loading' | 'working' | 'done' | 'error';

/** What is known about the shown picture's answer. */
export interface StatusInput {
  readonly catalogReady: boolean;
  /** True when the catalogue could not be loaded at all; a picture waits until it can. */
  readonly catalogFailed: boolean;
  /** File name of the shown picture; null when the bench is empty. */
  readonly picture: string | null;
  readonly model: string | null;
  /** True while a job waits or runs, also when an older outcome is there. */
  readonly pending: boolean;
  readonly progress: Progress | undefined;
  readonly error: AppError | null;
  /** The result in words, when there is one. */
  readonly result: string | null;
}

export interface Status {
  readonly state: StatusState;
  /** True when the error is nothing but the person's own "Cancel". */
  readonly cancelled: boolean;
  /** For the eye: an error's own sentence stands in its notice, not here. */
  readonly sentence: string;
  /** For the ear: everything in one sentence. */
  readonly announcement: string;
}

/** The one state of the workbench and the sentence that says it. */
export function statusOf(input: StatusInput): Status {
  const { state, sentence } = stateOf(input);
  const cancelled = state === 'error' && input.error?.code === 'engine/cancelled';
  const failed = state === 'error' && input.error && !cancelled ? ` ${input.error.message}` : '';
  return { state, cancelled, sentence, announcement: `${sentence}${failed}` };
}

function stateOf(input: StatusInput): Pick<Status, 'state' | 'sentence'> {
  const { picture, model, progress } = input;
  if (input.catalogFailed) {
    const waits = picture === null ? '' : ` ${picture} waits for the models.`;
    return { state: 'error', sentence: `The list of models could not be loaded.${waits}` };
  }
  if (!input.catalogReady) {
    return { state: 'loading', sentence: 'Loading the list of models.' };
  }
  if (picture === null) {
    return { state: 'idle', sentence: 'Ready. No picture yet.' };
  }
  if (input.pending) {
    if (progress?.stage === 'verify' || progress?.stage === 'load') {
      return { state: 'loading', sentence: `Preparing ${model ?? 'the model'}.` };
    }
    return progress?.stage === 'queued' && progress.ahead > 0
      ? { state: 'working', sentence: `${picture} waits its turn.` }
      : { state: 'working', sentence: `Examining ${picture}.` };
  }
  if (input.error?.code === 'engine/cancelled') {
    return { state: 'error', sentence: `Cancelled. ${picture} was not examined.` };
  }
  if (input.error) return { state: 'error', sentence: `${picture} was not examined.` };
  if (input.result !== null) {
    return { state: 'done', sentence: `${picture}: ${input.result}.` };
  }
  return { state: 'working', sentence: `Examining ${picture}.` };
}
