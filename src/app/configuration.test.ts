import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../core/errors.ts';
import { shareConfiguration } from './configuration.ts';

describe('the configuration', () => {
  it('is read once at the start, whoever asks first, and anew for a later catalogue', async () => {
    let count = 0;
    const load = vi.fn(() => Promise.resolve((count += 1)));
    const { current, forCatalogue } = shareConfiguration(load);
    expect(await Promise.all([current(), forCatalogue(), current()])).toEqual([1, 1, 1]);
    expect(await forCatalogue()).toBe(2);
    expect(await current(), 'what was read last counts').toBe(2);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('is read again after a failure', async () => {
    const failure = new AppError('config/bad-config', 'No.', { retryable: true });
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(failure);
    load.mockResolvedValue('read');
    const { current, forCatalogue } = shareConfiguration(load);
    const both = await Promise.allSettled([current(), forCatalogue()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(load).toHaveBeenCalledTimes(1);
    expect(await current()).toBe('read');
    expect(await forCatalogue()).toBe('read');
  });
});
