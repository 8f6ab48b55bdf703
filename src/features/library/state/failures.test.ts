import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { InstallStates } from '../../../models/library/states.ts';
import { clearFailure, clearPastFailures, noteFailure, useFailures } from './failures.ts';

const BUSY = new AppError('store/busy', 'Another tab is at it.', { retryable: true });
const codeOf = (id: string) => useFailures.getState().byModel[id]?.error.code;

afterEach(() => {
  clearFailure('a');
});

describe('a failure of a row', () => {
  it('stays while the row is as it was, and goes when its state changes', () => {
    const states = new InstallStates();
    const library = { state: (id: string) => states.get(id) };
    noteFailure('a', BUSY, states.get('a').state);
    states.set('b', { state: 'verifying' });
    clearPastFailures(library);
    expect(codeOf('a')).toBe('store/busy');
    states.set('a', {
      state: 'downloading',
      loadedBytes: 1,
      totalBytes: 2,
      bytesPerSecond: null,
      waits: null,
    });
    clearPastFailures(library);
    expect(codeOf('a')).toBeUndefined();
  });

  it('is none when the person ended the work', () => {
    noteFailure('a', new AppError('download/paused', 'Paused.'), 'paused');
    expect(codeOf('a')).toBeUndefined();
  });
});
