import { describe, expect, it, vi } from 'vitest';
import { pageLocks } from '../store/locks.ts';
import { memoryDisk } from '../store/memory-disk.ts';
import { closeAtEnd, itemOf, LABELS, openLibrary, type Setup } from '../testing/library-fakes.ts';
import { bytes, loopback } from '../testing/loopback.ts';
import { ranged } from '../testing/range-server.ts';
import { rejection } from '../testing/rejection.ts';
import { alone } from './alone.ts';
import { memoryDatabase } from './database.ts';
import { isOutdated } from './outdated.ts';

const MODEL = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 13) % 251);
const CONFIRMED = { confirmed: true } as const;
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

/** A download that was paused behind its first bytes, and the page opened again with another catalogue. */
async function setUp() {
  const { url } = await loopback({
    '/a.onnx': (response, hit, request) => {
      if (hit > 1) ranged(MODEL)(response, hit, request);
      else response.setHeader('ETag', '"1"').write(MODEL.subarray(0, 20_000));
    },
    '/moved.onnx': ranged(MODEL),
    '/labels/a/labels.txt': bytes(LABELS),
  });
  const locks = pageLocks();
  const device = { disk: memoryDisk(), database: memoryDatabase(), pageUrl: url, locks };
  const open = (more: Partial<Setup> = {}) => {
    const opened = openLibrary({ ...device, ...more });
    closeAtEnd(opened.library);
    return opened;
  };
  const item = itemOf('a', `${url}a.onnx`, MODEL);
  const other = itemOf('b', `${url}b.onnx`, MODEL);
  const first = open();
  const install = first.library.install(item, CONFIRMED);
  await vi.waitFor(() => {
    expect(first.library.state('a')).toMatchObject({ loadedBytes: 20_000 });
  });
  const pause = async () => {
    first.library.pause('a');
    expect((await rejection(install)).code).toBe('download/paused');
  };
  return { ...first, install, pause, open, item, other, locks, url };
}

describe('an unfinished download that the catalogue does not name any more', () => {
  it('is forgotten with its bytes, and without a line', async () => {
    const { pause, open, other } = await setUp();
    await pause();
    const { library, files } = open({ catalogue: [other] });
    await library.installed();
    expect(library.state('a').state, 'before a catalogue is here').toBe('paused');
    expect((await library.storage()).usedBytes).toBe(20_000);
    library.offer([other]);
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('available');
    });
    expect(await files.partials.list()).toEqual([]);
    expect((await library.storage()).usedBytes).toBe(0);
    expect(await library.ledger()).toEqual([]);
    const later = open().library;
    await later.installed();
    expect(later.state('a').state).toBe('available');
  });

  it('stays where the policy alone keeps it from being offered', async () => {
    const { pause, open, item, other } = await setUp();
    await pause();
    const { library } = open({ catalogue: [item, other] });
    library.offer([other]);
    await settled();
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000, error: null });
  });

  it('stays while the catalogue itself cannot be had', async () => {
    const { pause, open, other } = await setUp();
    await pause();
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const { library } = open({ catalogue: () => Promise.reject(new TypeError('None.')) });
    library.offer([other]);
    await vi.waitFor(() => {
      expect(told).toHaveBeenCalled();
    });
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000 });
  });

  it('goes on where it is under way, on this page or in another tab', async () => {
    const { library, install, open, other, pause } = await setUp();
    const tab = open({ catalogue: [other] }).library;
    tab.offer([other]);
    library.offer([other]);
    await settled();
    expect(library.state('a').state).toBe('downloading');
    expect(tab.state('a').state).toBe('elsewhere');
    await pause();
    await rejection(install);
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000 });
  });

  it('stays while another tab is at its name', async () => {
    const { pause, open, other, locks } = await setUp();
    await pause();
    const { library } = open({ catalogue: [other] });
    await library.installed();
    await alone(locks, 'a', async () => {
      library.offer([other]);
      await settled();
    });
    expect(library.state('a').state).not.toBe('available');
  });
});

it('a file of the person’s own is in no catalogue', () => {
  const partial = { id: 'a', key: '', receivedBytes: 0, totalBytes: null, validator: null };
  const row = { ...partial, sha256: null, digests: [] };
  expect(isOutdated({ ...row, url: null }, [])).toBe(false);
  expect(isOutdated({ ...row, url: 'https://host.test/a.onnx' }, [])).toBe(true);
});

it('a paused download of another address than the catalogue’s says so, and begins anew', async () => {
  const { pause, open, item, url } = await setUp();
  await pause();
  const moved = { ...item, url: `${url}moved.onnx` };
  const { library } = open({ catalogue: [moved] });
  library.offer([moved]);
  await vi.waitFor(() => {
    expect(library.state('a')).toMatchObject({
      state: 'paused',
      loadedBytes: 20_000,
      error: { code: 'download/moved', retryable: true },
    });
  });
  await library.install(moved, CONFIRMED);
  expect(await library.ledger()).toMatchObject([{ kind: 'installed', from: moved.url }]);
});
