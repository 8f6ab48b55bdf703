import { describe, expect, it, vi } from 'vitest';
import { fakeCaches } from '../testing/fake-caches.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { pageLocks } from './locks.ts';
import { memoryDisk } from './memory-disk.ts';
import { openFiles } from './open.ts';

const BYTES = Uint8Array.of(1, 2, 3, 4);
const DIGEST = sha256Of(BYTES);
const denied = () => Promise.reject(new DOMException('No', 'SecurityError'));

describe('openFiles', () => {
  it('takes the private file system, and moves in what the Cache API holds', async () => {
    const { files: cached } = fakeCaches();
    cached.set(`/verified/${DIGEST}`, BYTES);
    const files = await openFiles(() => Promise.resolve(memoryDisk()), pageLocks());
    expect(files.backend).toBe('opfs');
    expect(await files.read(DIGEST)).toEqual(BYTES);
    expect(cached.size).toBe(0);
  });

  it('takes the Cache API where the file system is denied, and says so', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const { files: cached } = fakeCaches();
    const files = await openFiles(denied, pageLocks());
    expect(files.backend).toBe('cache');
    await files.partials.write('k', 0, BYTES.slice());
    await files.partials.commit('k', DIGEST);
    expect(cached.get(`/verified/${DIGEST}`)).toEqual(BYTES);
    expect(await files.list()).toEqual([{ name: DIGEST, bytes: expect.any(Number) as number }]);
    expect(await files.discard(DIGEST)).toBe(true);
    expect(warned).toHaveBeenCalled();
    warned.mockRestore();
  });

  it.each([false, true])(
    'takes memory where nothing else is (denied Cache API: %s)',
    async (has) => {
      const warned = vi.spyOn(console, 'warn').mockReturnValue();
      if (has) fakeCaches().failing.add('open');
      const files = await openFiles(denied, pageLocks());
      expect(files.backend).toBe('memory');
      await files.keep(DIGEST, BYTES.slice());
      expect(await files.read(DIGEST)).toEqual(BYTES);
      warned.mockRestore();
    },
  );
});
