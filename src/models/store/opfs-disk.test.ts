import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeOpfs } from '../testing/fake-opfs.ts';
import { diskFiles, sweepPartials } from './disk.ts';
import { pageLocks } from './locks.ts';
import { openOpfsDisk } from './opfs-disk.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a disk with little room', () => {
  it('fails a write that did not fit, whatever the browser says of it', async () => {
    fakeOpfs(1500);
    const disk = await openOpfsDisk(pageLocks());
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
    const disk = await openOpfsDisk(pageLocks());
    expect(await disk.room(0)).toBe(0);
    expect(await disk.room(1_000_000)).toBe(1_000_000);
    const fits = await disk.room(50_000_000);
    expect(fits).toBeLessThanOrEqual(1_000_000);
    expect(fits).toBeGreaterThan(1_000_000 - 64 * 1024 - 1);
    expect([...files]).toEqual([]);
  });
});

describe('a full disk', () => {
  it('is opened: what is there can be read, and removed', async () => {
    const { files } = fakeOpfs(BYTES.length);
    files.set('gluon-lens/verified/a', BYTES.slice());
    const disk = await openOpfsDisk(pageLocks());
    expect([...files.keys()]).toEqual(['gluon-lens/verified/a']);
    expect(await disk.read('verified', 'a')).toEqual(BYTES);
    expect(await disk.remove('verified', 'a')).toBe(true);
    await disk.write('b', 0, BYTES.slice());
    expect(await disk.size('partial', 'b')).toBe(BYTES.length);
  });

  it('has no room, also where not even the file that tries it out can be made', async () => {
    const { files, hooks } = fakeOpfs(1500);
    const disk = await openOpfsDisk(pageLocks());
    hooks.opening = () => Promise.reject(new DOMException('Full', 'QuotaExceededError'));
    expect(await disk.room(1000)).toBe(0);
    hooks.opening = () => Promise.reject(new DOMException('No', 'SecurityError'));
    await expect(disk.room(1000)).rejects.toMatchObject({ name: 'SecurityError' });
    expect([...files]).toEqual([]);
  });

  it('is something else than one that may not be written', async () => {
    const { files, hooks } = fakeOpfs(1500);
    hooks.opening = () => Promise.reject(new DOMException('No', 'SecurityError'));
    await expect(openOpfsDisk(pageLocks())).rejects.toMatchObject({ name: 'SecurityError' });
    expect([...files]).toEqual([]);
  });
});

describe('a disk that other tabs use too', () => {
  it('is opened while another tab sweeps', async () => {
    const { files, hooks } = fakeOpfs(1500);
    const locks = pageLocks();
    const other = diskFiles('opfs', await openOpfsDisk(locks), locks);
    files.set('gluon-lens/partial/orphan', BYTES.slice());
    const swept: number[] = [];
    hooks.opening = async () => {
      swept.push(await sweepPartials(other, locks, () => Promise.resolve(new Set<string>())));
    };
    await openOpfsDisk(locks);
    expect(swept).toEqual([1]);
    expect([...files]).toEqual([]);
  });

  it('is listed without the files that go meanwhile', async () => {
    const { files, vanishing } = fakeOpfs(10_000);
    const disk = await openOpfsDisk(pageLocks());
    for (const name of ['a', 'b', 'c']) await disk.write(name, 0, BYTES.slice());
    for (const name of ['b', 'c']) vanishing.add(`gluon-lens/partial/${name}`);
    expect(await disk.size('partial', 'c')).toBeNull();
    expect(await disk.list('partial')).toEqual([{ name: 'a', bytes: BYTES.length }]);
    expect([...files.keys()]).toEqual(['gluon-lens/partial/a']);
  });

  it('is tried out by one at a time: no probe takes the other one’s room', async () => {
    fakeOpfs(1_000_000);
    const locks = pageLocks();
    const disks = [await openOpfsDisk(locks), await openOpfsDisk(locks)];
    const rooms = await Promise.all(disks.map((disk) => disk.room(900_000)));
    expect(rooms).toEqual([900_000, 900_000]);
  });
});
