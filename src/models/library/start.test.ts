import { expect, it, onTestFinished, vi } from 'vitest';
import { disconnectStore, readStored } from '../store.ts';
import { rejection } from '../testing/rejection.ts';
import { AppError } from '../../core/errors.ts';
import { connectChunkedFetcher } from '../verify.ts';
import { startLibrary } from './start.ts';

const broken = vi.hoisted(() => vi.fn<() => never>());
vi.mock('./open.ts', () => ({ openLibrary: broken }));

it('a library whose program cannot be had says so to whoever waits, and to nobody else', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const told = vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  onTestFinished(() => {
    process.off('unhandledRejection', unhandled);
    disconnectStore();
    connectChunkedFetcher(null);
    vi.restoreAllMocks();
  });
  const missing = new AppError('app/test', 'No open.js.');
  broken.mockImplementation(() => {
    throw missing;
  });
  const { library, sequences } = startLibrary({
    startWorker: () => {
      throw missing;
    },
    pageUrl: 'https://page.test/',
    rules: () => Promise.reject(missing),
    catalogue: () => Promise.reject(missing),
  });
  library.pause('a');
  library.offer([]);
  expect(await rejection(library.installed())).toBe(missing);
  expect(await rejection(sequences.highest('key', 'url'))).toBe(missing);
  await new Promise((resolve) => setTimeout(resolve, 20)); // by now nobody takes a rejection any more
  expect(unhandled).not.toHaveBeenCalled();
  expect(told).toHaveBeenCalledWith(expect.any(String), missing);
  expect(await readStored('a'.repeat(64)), 'files are fetched then').toBeNull();
  expect(library.state('a').state).toBe('available');
});
