import { describe, expect, it } from 'vitest';
import { errorTitle } from './errorTitle.ts';

describe('the heading of a failure', () => {
  it('goes by the area of the code', () => {
    expect(errorTitle({ code: 'intake/too-large' })).toBe('This picture was not accepted');
    expect(errorTitle({ code: 'integrity/digest-mismatch' })).toBe(
      'A file did not pass verification',
    );
  });

  it('is particular where the area would mislead', () => {
    expect(errorTitle({ code: 'engine/queue-full' })).toBe('The queue is full');
    expect(errorTitle({ code: 'gate/truncated' })).toContain('not accepted');
    expect(errorTitle({ code: 'gate/no-contract' })).not.toContain('accepted');
    expect(errorTitle({ code: 'integrity/revoked' })).toBe('A file was withdrawn');
    expect(errorTitle({ code: 'manifest/bad-catalogue' })).toContain('catalogue');
    expect(errorTitle({ code: 'manifest/not-json' })).not.toContain('model');
  });
});
