import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFile, type Disk } from '../store/disk.ts';
import { pageLocks } from '../store/locks.ts';
import { memoryDisk } from '../store/memory-disk.ts';
import { closeAtEnd, declared, itemOf, LABELS, openLibrary } from '../testing/library-fakes.ts';
import { bytes, loopback } from '../testing/loopback.ts';
import { ranged } from '../testing/range-server.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { memoryDatabase } from './database.ts';

const MODEL = Uint8Array.from({ length: 1000 }, (_, index) => (index * 13) % 251);
const CONFIRMED = { confirmed: true } as const;

/** Storage with so many bytes left, by the browser's word. */
const room = (free: number) => ({
  estimate: () => Promise.resolve({ quota: free + 10_000, usage: 10_000 }),
  persist: () => Promise.resolve(true),
  persisted: () => Promise.resolve(false),
});

/** A device with what an earlier visit left of model `a`; opened by {@link Device.open}. */
async function device(left: { url?: string; bytes: number } | null) {
  const { url } = await loopback({
    '/a.onnx': ranged(MODEL),
    '/labels/a/labels.txt': bytes(LABELS),
  });
  const [disk, database, locks] = [memoryDisk(), memoryDatabase(), pageLocks()];
  if (left) {
    await disk.write('k', 0, new Uint8Array(left.bytes));
    await database.put('partials', 'a', {
      id: 'a',
      key: 'k',
      url: left.url ?? `${url}a.onnx`,
      receivedBytes: left.bytes,
      totalBytes: left.bytes + 1,
      validator: null,
      sha256: null,
      digests: [],
    });
  }
  const asked: number[] = [];
  const open = (free: number, changes: Partial<Disk> = {}) => {
    const measured: Disk = {
      ...disk,
      room: (wanted) => {
        asked.push(wanted);
        return Promise.resolve(wanted);
      },
      ...changes,
    };
    const setup = { disk: measured, database, locks, pageUrl: url, storage: room(free) };
    const { library, files } = openLibrary(setup);
    closeAtEnd(library);
    return { library, files };
  };
  return { disk, database, locks, url, asked, open, item: itemOf('a', `${url}a.onnx`, MODEL) };
}

describe('the room for an install', () => {
  it.each([
    ['larger than the file', 5000, []],
    ['smaller', 400, [600]],
  ])('is never negative: what is left of another address is %s', async (_, left, measured) => {
    const { open, item, asked } = await device({ url: 'https://old.test/a.onnx', bytes: left });
    const { library } = open(10_000);
    const seen: unknown[] = [];
    library.subscribe(() => {
      const state = library.state('a');
      if (state.state === 'downloading') seen.push([state.loadedBytes, state.totalBytes]);
    });
    await library.install(item, CONFIRMED);
    expect(asked).toEqual(measured);
    // Nothing of this file has come yet.
    expect(seen[0]).toEqual([0, MODEL.length]);
  });

  it('is none for a file that is in the store already', async () => {
    const { open, item, asked } = await device(null);
    const { library, files } = open(500);
    await files.keep(sha256Of(MODEL), MODEL.slice());
    await library.install(item, CONFIRMED);
    expect(asked).toEqual([]);
  });

  it('is missing as far as it is not on the device', async () => {
    const nothing = await device(null);
    const { library, files } = nothing.open(10_000);
    expect(await library.missingBytes(nothing.item)).toBe(MODEL.length);
    expect(await library.missingBytes({ ...nothing.item, bytes: null })).toBeNull();
    await files.keep(sha256Of(MODEL), MODEL.slice());
    expect(await library.missingBytes(nothing.item), 'in the store already').toBe(0);
    expect(await library.missingBytes({ ...nothing.item, bytes: null })).toBe(0);

    const begun = await device({ bytes: 400 });
    const after = begun.open(10_000).library;
    expect(await after.missingBytes(begun.item)).toBe(600);
    expect(await after.missingBytes({ ...begun.item, bytes: null }), 'as the server said').toBe(1);
    const larger = await device({ url: 'https://old.test/a.onnx', bytes: 5000 });
    expect(await larger.open(10_000).library.missingBytes(larger.item)).toBe(0);
  });

  it('is that of the rest, when the server tells the size after a new start', async () => {
    // Without a validator what came is written over: it takes its room until then.
    const { open, item, asked } = await device({ bytes: 400 });
    const { library } = open(700);
    await library.install({ ...item, bytes: null }, CONFIRMED);
    expect(asked).toEqual([1, 600]);
  });

  it('is not asked for when the plan is for less than nothing', async () => {
    const { open, asked } = await device(null);
    expect(await open(10_000).library.evictionPlan(-400)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('the report of what is kept', () => {
  it('leaves out what only tries out the room', async () => {
    const { open, disk, locks } = await device(null);
    await disk.write(temporaryFile('room'), 0, new Uint8Array(500));
    await disk.write('k', 0, new Uint8Array(20));
    // Both are at work in another tab.
    const report = async () => (await open(10_000).library.storage()).usedBytes;
    const used = locks.run('file-room', 'exclusive', () =>
      locks.run('partial-k', 'exclusive', report),
    );
    expect(await used).toBe(20);
  });
});

describe('what an earlier visit left', () => {
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is swept in the background, and keeps no library from opening', async () => {
    const { open, disk } = await device(null);
    for (const name of ['open', 'orphan']) await disk.write(name, 0, MODEL.slice());
    const { library, files } = open(10_000, {
      remove: (folder, name) =>
        name === 'open'
          ? Promise.reject(new DOMException('Open', 'NoModificationAllowedError'))
          : disk.remove(folder, name),
    });
    expect(await library.installed()).toEqual([]);
    await vi.waitFor(async () => {
      expect((await files.partials.list()).map(({ name }) => name)).toEqual(['open']);
    });
  });
});

describe('a removed model', () => {
  it('leaves its file when another tab names it before it is discarded', async () => {
    const { open, item, locks, database, url } = await device(null);
    const { library, files } = open(10_000);
    const { entry } = await library.install(item, CONFIRMED);
    const removed = await locks.run(`file-${entry.sha256}`, 'exclusive', async () => {
      const work = library.remove('a');
      await vi.waitFor(async () => {
        expect(await library.installed()).toEqual([]);
      });
      const at = '2026-01-01T00:00:00.000Z';
      await database.put('models', 'own', {
        entry: declared('own', entry.sha256, MODEL.length),
        grade: 'B',
        provider: 'catalogue',
        url: `${url}a.onnx`,
        vouchedBy: 'a test',
        installedAt: at,
        usedAt: at,
      });
      return { work };
    });
    await removed.work;
    expect(await files.read(entry.sha256)).toEqual(MODEL);
  });
});
