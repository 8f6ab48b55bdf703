import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { statusOf, type StatusInput } from './status.ts';

const shown: StatusInput = {
  catalogReady: true,
  catalogFailed: false,
  picture: 'cat.png',
  model: 'ResNet-20',
  pending: false,
  progress: undefined,
  error: null,
  result: null,
};

describe('the status of the workbench', () => {
  it('loads until the catalogue is there, then is idle without a picture', () => {
    expect(statusOf({ ...shown, catalogReady: false }).state).toBe('loading');
    expect(statusOf({ ...shown, picture: null }).state).toBe('idle');
  });

  it('loads while the model is verified and prepared, works otherwise', () => {
    const states = (
      [
        { stage: 'queued', ahead: 2 },
        { stage: 'verify', loadedBytes: 1, totalBytes: 2, what: 'model' },
        { stage: 'load' },
        { stage: 'decode' },
        { stage: 'run' },
      ] as const
    ).map((progress) => statusOf({ ...shown, pending: true, progress }).state);
    expect(states).toEqual(['working', 'loading', 'loading', 'working', 'working']);
  });

  it('shows a job under way before an older failure', () => {
    const error = new AppError('engine/run-failed', 'The run failed.');
    expect(statusOf({ ...shown, pending: true, error }).state).toBe('working');
    expect(statusOf({ ...shown, error })).toEqual({
      state: 'error',
      cancelled: false,
      sentence: 'cat.png was not examined.',
      announcement: 'cat.png was not examined. The run failed.',
    });
  });

  it('is calm about what the person cancelled', () => {
    const error = new AppError('engine/cancelled', 'Stopped.', { retryable: true });
    expect(statusOf({ ...shown, error })).toEqual({
      state: 'error',
      cancelled: true,
      sentence: 'Cancelled. cat.png was not examined.',
      announcement: 'Cancelled. cat.png was not examined.',
    });
  });

  it('is an error when there is no catalogue to work with', () => {
    const status = statusOf({ ...shown, catalogReady: false, catalogFailed: true, picture: null });
    expect(status.state).toBe('error');
    const waiting = statusOf({ ...shown, catalogReady: false, catalogFailed: true });
    expect(waiting).toMatchObject({
      state: 'error',
      sentence: 'The list of models could not be loaded. cat.png waits for the models.',
    });
  });

  it('says the result with the name of the picture', () => {
    expect(statusOf({ ...shown, result: 'cat, 81.0 %' })).toMatchObject({
      state: 'done',
      sentence: 'cat.png: cat, 81.0 %.',
    });
  });
});
