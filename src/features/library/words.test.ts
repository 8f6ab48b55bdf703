import { describe, expect, it } from 'vitest';
import { formatDay, formatMoment } from './moments.ts';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import type { InstalledModel, InstallState } from '../../models/library/types.ts';
import {
  barredBecause,
  countDownloads,
  downloadsText,
  gradeTitle,
  isForgetful,
  isOfPage,
  missingText,
  progressText,
  refusalIs,
  shareOf,
  sharesOf,
  shownState,
  waitsFor,
  waitText,
  whereText,
} from './words.ts';

const kept = (sha256: string, bytes: number) =>
  ({ entry: { id: `id of ${sha256}`, sha256, bytes } }) as InstalledModel;
const none: ReadonlySet<string> = new Set();

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
    const elsewhere = { state: 'elsewhere', loadedBytes: 1, totalBytes: 2 } as const;
    expect(shownState(elsewhere)).toBe('downloading');
    expect(shownState({ state: 'available' })).toBe('available');
  });

  it('has words for models of which nothing was published', () => {
    expect(gradeTitle(null)).toBe('Nothing published');
    expect(gradeTitle('B')).toBe('B: Independent SHA-256');
  });

  it('offers another try only where it may help, and never for what was withdrawn', () => {
    const of = (code: ErrorCode, retryable: boolean) =>
      refusalIs(new AppError(code, 'No.', { retryable }));
    expect(of('integrity/digest-mismatch', true)).toEqual({ mayPass: true, isForGood: false });
    expect(of('gate/forbidden-op', false)).toEqual({ mayPass: false, isForGood: false });
    for (const retryable of [true, false]) {
      expect(of('integrity/revoked', retryable)).toEqual({ mayPass: false, isForGood: true });
    }
  });

  it('says what a download waits for', () => {
    expect(waitText({ for: 'turn', others: 1 }, 0)).toBe('Waits for another download to end.');
    expect(waitText({ for: 'turn', others: 2 }, 0)).toBe('Waits for 2 other downloads to end.');
    const after = (code: ErrorCode, details = {}) => ({
      for: 'retry' as const,
      until: 0,
      attempt: 3,
      attempts: 5,
      error: new AppError(code, 'No.', { retryable: true, details }),
    });
    expect(waitText(after('download/failed'), 8)).toBe(
      'Next try in 8\u00a0s, after the connection broke (try 3 of 5).',
    );
    expect(waitText(after('download/http-status', { status: 503 }), 0)).toBe(
      'Tries again, after the server answered 503 (try 3 of 5).',
    );
    expect(waitText(after('download/blocked', { host: 'h.test' }), 1)).toContain('from h.test');
    expect(waitText(after('download/stalled'), 1)).toContain('nothing came for too long');
  });

  it('counts what is downloaded, waits and is paused', () => {
    const progress = { loadedBytes: 0, totalBytes: 1, bytesPerSecond: null };
    const running = { state: 'downloading', ...progress, waits: null } as const;
    const waiting = { ...running, waits: { for: 'turn', others: 1 } } as const;
    const paused = { state: 'paused', loadedBytes: 0, totalBytes: 1, error: null } as const;
    const stranded = { ...paused, error: new AppError('download/offline', 'No.') };
    const text = (...states: InstallState[]) => downloadsText(countDownloads(states));
    expect(text({ state: 'available' })).toBe('');
    expect(text(running)).toBe('1 download under way');
    expect(text(running, { state: 'verifying' }, waiting, paused, stranded)).toBe(
      '2 downloads under way, 1 waits, 1 stopped until the network is back, 1 paused',
    );
    expect([running, waiting, paused, stranded].map(waitsFor)).toEqual([
      null,
      'turn',
      null,
      'network',
    ]);
  });

  it('writes days and moments in one order, by the clock of the person', () => {
    const at = new Date(2025, 2, 4, 5, 6).toISOString();
    expect(formatDay(at)).toBe('2025-03-04');
    expect(formatMoment(at)).toBe('2025-03-04 05:06');
  });

  it('tells installed models from what the page keeps for itself', () => {
    expect(sharesOf({ usedBytes: 24 }, [], none)).toEqual({ installed: 0, besides: 24 });
    const models = [kept('a', 10), kept('b', 5), kept('a', 10)];
    expect(sharesOf({ usedBytes: 24 }, models, none)).toEqual({ installed: 15, besides: 9 });
    expect(sharesOf({ usedBytes: 10 }, models, none).besides).toBe(0);
  });

  it('counts no bytes for a model whose file is gone', () => {
    const models = [kept('a', 10), kept('b', 5)];
    expect(sharesOf({ usedBytes: 14 }, models, new Set(['id of a']))).toEqual({
      installed: 5,
      besides: 9,
    });
  });

  it('says of a file that is gone how it comes back, where it may', () => {
    expect(missingText({ provider: 'catalogue' }, 'file', true)).toBe(
      'Its file is no longer on this device; it is fetched and verified at the next use.',
    );
    expect(missingText({ provider: 'own-file' }, 'file', true)).toContain(
      'add the same file once more',
    );
    expect(missingText({ provider: 'own-file' }, 'labels', true)).toBe(
      'Its labels are no longer on this device; add the same file once more.',
    );
    expect(missingText({ provider: 'own-file' }, 'file', false)).toBe(
      'Its file is no longer on this device.',
    );
  });

  it('says why a kiosk does not run what was installed before it became one', () => {
    const own = { grade: 'E', provider: 'own-file' } as const;
    expect(barredBecause({ grade: 'A', provider: 'catalogue' }, 'kiosk')).toBeNull();
    expect(barredBecause({ grade: 'B', provider: 'catalogue' }, 'kiosk')).toContain(
      'signed models only (grade A); this one is grade B',
    );
    expect(barredBecause(own, 'kiosk')).toContain('this one is grade E');
    expect(barredBecause({ grade: 'C', provider: 'catalogue' }, 'standard')).toBeNull();
    expect(barredBecause(own, 'standard')).toBeNull();
  });

  it('says when the list of installed models is gone with the page, whatever keeps the files', () => {
    const opfs = 'In this browser’s private file system.';
    expect(whereText({ backend: 'opfs', rowsPersistent: true })).toBe(opfs);
    expect(whereText({ backend: 'opfs', rowsPersistent: false })).toBe(
      `${opfs} The list of installed models is in memory only: gone when the page is closed.`,
    );
    const memory = whereText({ backend: 'memory', rowsPersistent: true });
    expect(memory).toContain('gone when the page is closed');
    expect(whereText({ backend: 'memory', rowsPersistent: false })).toBe(memory);
    const forgets = (backend: 'opfs' | 'memory', rowsPersistent: boolean) =>
      isForgetful({ backend, rowsPersistent });
    expect([forgets('opfs', true), forgets('opfs', false), forgets('memory', true)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('counts the project’s and the operator’s models as the page’s, not what was installed', () => {
    const all = (['embedded', 'library', 'operator', 'own'] as const).map((collection) => ({
      collection,
    }));
    expect(all.filter(isOfPage).map(({ collection }) => collection)).toEqual([
      'embedded',
      'operator',
    ]);
  });
});
