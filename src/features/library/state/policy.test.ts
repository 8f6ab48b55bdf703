import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { followCatalogue, POLICY } from './policy.ts';

it('the policy is the one of the configuration that a later catalogue read', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } });
  let policy = 'standard';
  const loadPolicy = vi.fn(() => Promise.resolve(policy));
  const observer = new QueryObserver(client, {
    queryKey: POLICY,
    queryFn: loadPolicy,
    staleTime: Infinity,
  });
  const stops = [
    observer.subscribe(() => undefined),
    followCatalogue(client),
    followCatalogue(client), // a page has several that follow
  ];
  onTestFinished(() => {
    for (const stop of stops) stop();
    client.clear();
  });
  const catalogue = (queryFn: () => Promise<string>) =>
    client.query({ queryKey: ['catalog'], queryFn, retry: false });
  const known = (expected: string) =>
    vi.waitFor(() => {
      expect(observer.getCurrentResult().data).toBe(expected);
    });
  await known('standard');
  policy = 'kiosk';
  await catalogue(() => Promise.resolve('models'));
  await known('kiosk');
  expect(loadPolicy).toHaveBeenCalledTimes(2);
  policy = 'standard';
  const failure = new AppError('integrity/unsigned', 'No.');
  await expect(catalogue(() => Promise.reject(failure))).rejects.toBe(failure);
  await known('standard');
});
