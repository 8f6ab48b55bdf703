import { describe, expect, it } from 'vitest';
import { gradeTitle, progressText, shareOf, shownState } from './words.ts';

describe('the words of the library', () => {
  it('says how far a download is, as far as it is known', () => {
    expect(progressText(512, 1024, 2048)).toBe(
      '512\u00a0bytes of 1\u00a0KiB, 50\u00a0%, 2\u00a0KiB/s',
    );
    expect(progressText(512, null, null)).toBe('512\u00a0bytes');
  });

  it('never claims more than all', () => {
    expect(shareOf(20, 10)).toBe(1);
    expect(shareOf(1, 0)).toBeNull();
  });

  it('counts verifying as downloading', () => {
    expect(shownState({ state: 'verifying' })).toBe('downloading');
    expect(shownState({ state: 'available' })).toBe('available');
  });

  it('has words for models of which nothing was published', () => {
    expect(gradeTitle(null)).toBe('Nothing published');
    expect(gradeTitle('B')).toBe('B: Independent SHA-256');
  });
});
