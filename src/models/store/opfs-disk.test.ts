import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeOpfs } from '../testing/fake-opfs.ts';
import { openOpfsDisk } from './opfs-disk.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a disk with little room', () => {
  it('fails a write that did not fit, whatever the browser says of it', async () => {
    fakeOpfs(1500);
    const disk = await openOpfsDisk();
    await disk.write('a', 0, BYTES.slice());
    await expect(disk.write('a', 1000, BYTES.slice())).rejects.toMatchObject({
      name: 'QuotaExceededError',
    });
    // What was there before it is still there, and a write in its place goes.
    expect((await disk.read('partial', 'a'))?.subarray(0, 1000)).toEqual(BYTES);
    await disk.write('a', 1000, BYTES.slice(0, 500));
    expect(await disk.size('partial', 'a')).toBe(1500);
  });

  it('tells how much fits by trying, and leaves nothing of it', async () => {
    const { files } = fakeOpfs(1_000_000);
    const disk = await openOpfsDisk();
    expect(await disk.room(0)).toBe(0);
    expect(await disk.room(1_000_000)).toBe(1_000_000);
    const fits = await disk.room(50_000_000);
    expect(fits).toBeLessThanOrEqual(1_000_000);
    expect(fits).toBeGreaterThan(1_000_000 - 64 * 1024 - 1);
    expect([...files]).toEqual([]);
  });
});
