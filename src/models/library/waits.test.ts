import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors.ts';
import type { Grade } from '../../core/integrity/provenance.ts';
import { deferred } from '../../core/flow/testing/deferred.ts';
import { limitOf } from '../../core/limits.ts';
import { memoryDisk } from '../store/memory-disk.ts';
import { closeAtEnd, itemOf, LABELS, openLibrary, type Setup } from '../testing/library-fakes.ts';
import { bytes, inTurn, loopback, status, type Answer } from '../testing/loopback.ts';
import { ranged } from '../testing/range-server.ts';
import { rejection } from '../testing/rejection.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { memoryDatabase } from './database.ts';
import type { Installable, Wait } from './types.ts';

const MODEL = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 13) % 251);
const CONFIRMED = { confirmed: true } as const;
const IDS = ['a', 'b', 'c', 'd'];

/** A library and a server with models `a` to `d`, and everything that each of them waited for. */
async function setUp(answer: Answer, changes: Partial<Setup> = {}, labels = bytes(LABELS)) {
  const { url, requests } = await loopback(
    Object.fromEntries(
      IDS.flatMap((id) => [
        [`/${id}.onnx`, answer],
        [`/labels/${id}/labels.txt`, labels],
      ]),
    ),
  );
  const window = new EventTarget();
  const device = { disk: memoryDisk(), database: memoryDatabase(), pageUrl: url, ...changes };
  const openStore = (more: Partial<Setup>) => {
    const opened = openLibrary({ ...device, ...more });
    closeAtEnd(opened.library);
    return opened;
  };
  const open = (more: Partial<Setup>) => openStore(more).library;
  const { library, files } = openStore({ window });
  const itemAt = (id: string) => itemOf(id, `${url}${id}.onnx`, MODEL);
  const waitsOf = (id: string): Wait | null => {
    const state = library.state(id);
    return state.state === 'downloading' ? state.waits : null;
  };
  const models = () => requests.filter(({ url: path }) => path?.endsWith('.onnx')).length;
  return { ...device, library, files, itemAt, waitsOf, window, models, open };
}

describe('a download that waits', () => {
  it('for a place says how many others have to end before', async () => {
    const go = deferred<undefined>();
    const { library, itemAt, waitsOf } = await setUp((response) => {
      void go.promise.then(() => response.end(MODEL));
    });
    const installs = IDS.map((id) => library.install(itemAt(id), CONFIRMED));
    const places = limitOf('concurrentDownloads');
    await vi.waitFor(() => {
      expect(IDS.map(waitsOf)).toEqual(
        IDS.map((_, index) =>
          index < places ? null : { for: 'turn', others: index - places + 1 },
        ),
      );
    });
    go.resolve(undefined);
    await Promise.all(installs);
    expect(IDS.map((id) => library.state(id).state)).toEqual(IDS.map(() => 'installed'));
  });

  it('for a place, or was paused there, is found again after a reload', async () => {
    const go = deferred<undefined>();
    const { library, itemAt, waitsOf, open } = await setUp((response) => {
      void go.promise.then(() => response.end(MODEL));
    });
    const installs = IDS.map((id) => library.install(itemAt(id), CONFIRMED));
    await vi.waitFor(() => {
      expect(waitsOf('d')).toMatchObject({ for: 'turn' });
    });
    library.pause('c');
    expect((await rejection(installs[2] as Promise<never>)).code).toBe('download/paused');
    const reloaded = open({});
    await reloaded.installed();
    for (const id of ['c', 'd']) {
      await vi.waitFor(() => {
        expect(reloaded.state(id)).toMatchObject({ state: 'paused', loadedBytes: 0 });
      });
    }
    go.resolve(undefined);
    await Promise.allSettled(installs);
  });

  it('for its labels alone, as its file is here, does not wait for other downloads to end', async () => {
    const go = deferred<undefined>();
    const { library, itemAt, waitsOf } = await setUp(
      (response, _hit, request) => {
        if (request.url === '/a.onnx') response.end(MODEL);
        else void go.promise.then(() => response.end(MODEL));
      },
      {},
      inTurn(status(503), bytes(LABELS)),
    );
    const error = await rejection(library.install(itemAt('a'), CONFIRMED));
    expect(error.message).toContain('only its labels are missing');
    const others = ['b', 'c', 'd'].map((id) => library.install(itemAt(id), CONFIRMED));
    await vi.waitFor(() => {
      expect(waitsOf('d')).toEqual({ for: 'turn', others: 1 });
    });
    const waits: (Wait | null)[] = [];
    library.subscribe(() => waits.push(waitsOf('a')));
    await library.install(itemAt('a'), CONFIRMED);
    expect(waits.filter(Boolean)).toEqual([]);
    expect(waitsOf('d')).toEqual({ for: 'turn', others: 1 });
    go.resolve(undefined);
    await Promise.all(others);
  });

  it('for its turn is also one whose copy is here and of no use', async () => {
    const go = deferred<undefined>();
    const other = MODEL.toReversed();
    const { library, files, itemAt, waitsOf, models } = await setUp((response, _hit, request) => {
      void go.promise.then(() => response.end(request.url === '/c.onnx' ? other : MODEL));
    });
    const wrong = itemOf('c', itemAt('c').url, other);
    await files.keep(sha256Of(other), MODEL.slice());
    const installs = [itemAt('a'), itemAt('b'), wrong].map((item) =>
      library.install(item, CONFIRMED),
    );
    await vi.waitFor(() => {
      expect(waitsOf('c')).toEqual({ for: 'turn', others: 1 });
    });
    expect(library.state('c')).toMatchObject({ loadedBytes: 0, totalBytes: other.length });
    expect(models()).toBe(2);
    go.resolve(undefined);
    await Promise.all(installs);
    expect(await files.read(sha256Of(other))).toEqual(other);
  });

  it('for the next try says when, which one, and what went wrong', async () => {
    const slept: (Wait | null)[] = [];
    const began = Date.parse('2026-05-01T12:00:00.000Z');
    const { library, itemAt, waitsOf } = await setUp(
      ranged(MODEL, { dropAfter: (hit) => (hit === 1 ? 20_000 : null) }),
      {
        net: {
          now: () => began, // progress of the same moment is told once: a wait is told all the same
          sleep: () => {
            slept.push(waitsOf('a'));
            return Promise.resolve();
          },
        },
      },
    );
    const told: (Wait | null)[] = [];
    library.subscribe(() => told.push(waitsOf('a')));
    await library.install(itemAt('a'), CONFIRMED);
    expect(slept).toMatchObject([
      {
        for: 'retry',
        until: began + 750,
        attempt: 2,
        attempts: limitOf('downloadTries'),
        error: { code: 'download/failed' },
      },
    ]);
    expect(told.at(-1), 'not for ever').toBeNull();
    expect(told[told.indexOf(slept[0] ?? null) + 1]).toBeNull();
  });
});

describe('a download that stopped because the network was away', () => {
  /** A line that can be cut, and a download that was stopped by it. */
  async function stranded(grade: Grade = 'B') {
    const line = { isCut: true };
    const set = await setUp(ranged(MODEL), {
      net: {
        isOffline: () => line.isCut,
        fetch: (url, init) =>
          line.isCut ? Promise.reject(new TypeError('Failed to fetch')) : fetch(url, init),
      },
    });
    const item = { ...set.itemAt('a'), grade };
    const error = await rejection(set.library.install(item, CONFIRMED));
    expect(error.code).toBe('download/offline');
    expect(set.library.state('a')).toMatchObject({ state: 'paused', error });
    const comeBack = () => {
      line.isCut = false;
      set.window.dispatchEvent(new Event('online'));
    };
    /** The page is closed, and opened again when the line is no longer cut. */
    const reopen = (more: Partial<Setup> = {}, isCut = false) => {
      set.library.close();
      line.isCut = isCut;
      return set.open({ catalogue: [item], window: set.window, ...more });
    };
    return { ...set, item, line, comeBack, reopen };
  }

  it('goes on by itself when it is back', async () => {
    const { library, comeBack } = await stranded();
    comeBack();
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('installed');
    });
  });

  it('goes on again when it went away again', async () => {
    const { library, comeBack, line, window } = await stranded();
    window.dispatchEvent(new Event('online')); // it is not: the browser was wrong
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('paused');
    });
    expect(line.isCut).toBe(true);
    comeBack();
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('installed');
    });
  });

  it('does not when the person cancelled it meanwhile', async () => {
    const { library, comeBack, models } = await stranded();
    await library.cancel('a');
    comeBack();
    await library.installed();
    expect(library.state('a').state).toBe('available');
    expect(models()).toBe(0);
  });

  it('goes on by itself when the page is opened again', async () => {
    const { reopen } = await stranded();
    const library = reopen();
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('installed');
    });
    expect((await library.ledger()).map(({ kind }) => kind)).toEqual(['installed']);
  });

  it('waits on, with the reason, when the page is opened again before it is back', async () => {
    const { reopen, comeBack } = await stranded();
    const library = reopen({}, true);
    await library.installed();
    expect(library.state('a')).toMatchObject({
      state: 'paused',
      error: { code: 'download/offline' },
    });
    comeBack();
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('installed');
    });
  });

  it('goes on once the catalogue is there, and says nothing of the network before', async () => {
    const { reopen, item, comeBack } = await stranded();
    vi.spyOn(console, 'error').mockReturnValue();
    const answer = deferred<Installable[]>();
    const catalogue = vi.fn<() => Promise<readonly Installable[]>>(() => answer.promise);
    const library = reopen({ catalogue }, true);
    await library.installed();
    expect(library.state('a')).toMatchObject({ error: { code: 'download/offline' } });
    comeBack();
    await vi.waitFor(() => {
      expect(catalogue).toHaveBeenCalledOnce();
    });
    expect(library.state('a')).toMatchObject({ state: 'paused', error: null });
    const error = new AppError('download/failed', 'No catalogue.', { retryable: true });
    answer.reject(error);
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({ state: 'paused', error });
    });
    catalogue.mockResolvedValue([item]);
    library.offer([item]);
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('installed');
    });
  });

  it('goes on where this page knows it, whatever becomes of one that only the catalogue knows', async () => {
    const { reopen, comeBack, itemAt } = await stranded();
    vi.spyOn(console, 'error').mockReturnValue();
    const catalogue = () => Promise.reject(new TypeError('No catalogue.'));
    const library = reopen({ catalogue }, true);
    const known = itemAt('b');
    expect((await rejection(library.install(known, CONFIRMED))).code).toBe('download/offline');
    comeBack();
    await vi.waitFor(() => {
      expect(library.state('b').state).toBe('installed');
    });
    expect(library.state('a').state).toBe('paused');
  });

  it('has the person’s consent in its line, which was given before the page was closed', async () => {
    const { reopen } = await stranded('C');
    const library = reopen();
    await vi.waitFor(() => {
      expect(library.state('a').state).toBe('installed');
    });
    expect(await library.ledger()).toMatchObject([{ kind: 'installed', consent: true }]);
  });

  it('asks the policy anew: a kiosk’s refuses it, once', async () => {
    const { reopen, models } = await stranded();
    const kiosk = { rules: { policy: 'kiosk' } } as const;
    const code = 'download/refused-by-policy';
    const library = reopen(kiosk);
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({ state: 'paused', error: { code } });
    });
    const again = reopen(kiosk);
    await again.installed();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(again.state('a')).toMatchObject({ state: 'paused', error: null });
    expect(await again.ledger()).toMatchObject([{ kind: 'refused', code }]);
    expect(models()).toBe(0);
  });

  it('says what stands in the way where it is not the policy, and is no refusal', async () => {
    const { reopen } = await stranded();
    const estimate = () => Promise.resolve({ quota: 1000, usage: 0 });
    const none = () => Promise.resolve(false);
    const library = reopen({ storage: { estimate, persist: none, persisted: none } });
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({ state: 'paused', error: { code: 'store/quota' } });
    });
    expect(await library.ledger()).toEqual([]);
  });

  it('asks for the consent that nobody gave, when only weaker evidence is left', async () => {
    const { reopen, item, models } = await stranded('B');
    const library = reopen({ catalogue: [{ ...item, grade: 'D' }] });
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({
        state: 'paused',
        error: { code: 'download/needs-consent' },
      });
    });
    expect(models()).toBe(0);
  });

  it.each([
    ['D', true, 'weaker than what was agreed to'],
    ['C', true, 'as before, and an earlier version did not note what was agreed to'],
    ['C', false, 'as before'],
    ['B', false, 'better'],
  ] as const)('of grade %s asks anew: %s, as it is %s', async (grade, asks, why) => {
    const { reopen, item, models, database } = await stranded('C');
    if (why.includes('earlier version')) {
      const row = (await database.get('partials', 'a')) as object;
      await database.put('partials', 'a', { ...row, consent: true, version: 2 });
    }
    const library = reopen({ catalogue: [{ ...item, grade }] });
    const asked = { state: 'paused', error: { code: 'download/needs-consent' } };
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject(asks ? asked : { state: 'installed' });
    });
    expect(models()).toBe(asks ? 0 : 1);
    if (asks) await library.install({ ...item, grade }, CONFIRMED);
    const [line] = await library.ledger();
    expect(line).toMatchObject({ kind: 'installed', grade });
    expect(line?.consent).toBe(grade === 'B' ? undefined : true);
  });

  it('is not asked about again by whoever agreed and goes on, only where nobody did', async () => {
    const { library, item, line, models } = await stranded('C');
    line.isCut = false;
    const weaker = { ...item, url: `${item.url}?2` };
    expect((await rejection(library.install(weaker, { confirmed: false }))).code).toBe(
      'download/needs-consent',
    );
    expect(models()).toBe(0);
    await library.install(item, { confirmed: false });
    expect(await library.ledger()).toMatchObject([{ kind: 'installed', consent: true }]);
  });

  it('stays paused when the catalogue has another file for it now', async () => {
    const { reopen, item, models } = await stranded();
    const library = reopen({ catalogue: [{ ...item, url: `${item.url}?2` }] });
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({
        state: 'paused',
        error: { code: 'download/moved' },
      });
    });
    expect(models()).toBe(0);
  });

  it('does not after a reload when the person cancelled it', async () => {
    const { library, reopen, models } = await stranded();
    await library.cancel('a');
    const later = reopen();
    await later.installed();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(later.state('a').state).toBe('available');
    expect(models()).toBe(0);
  });

  it('does not when the page’s library was closed', async () => {
    const { library, comeBack, models } = await stranded();
    library.close();
    comeBack();
    await library.installed();
    expect(models()).toBe(0);
  });
});

it('one that the person paused while it waited for its turn stays paused, also after a reload', async () => {
  const go = deferred<undefined>();
  const line = { isCut: true };
  const { library, itemAt, waitsOf, window, models, open } = await setUp(
    (...request) => {
      void go.promise.then(() => {
        ranged(MODEL)(...request);
      });
    },
    {
      net: {
        isOffline: () => line.isCut,
        fetch: (url, init) =>
          line.isCut ? Promise.reject(new TypeError('Failed to fetch')) : fetch(url, init),
      },
    },
  );
  const items = ['a', 'b', 'c'].map(itemAt);
  for (const item of items) await rejection(library.install(item, CONFIRMED));
  line.isCut = false;
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => {
    expect(waitsOf('c')).toEqual({ for: 'turn', others: 1 });
  });
  library.pause('c');
  const paused = { state: 'paused', error: null } as const;
  await vi.waitFor(() => {
    expect(library.state('c')).toMatchObject(paused);
  });
  window.dispatchEvent(new Event('online'));
  go.resolve(undefined);
  await vi.waitFor(() => {
    expect(['a', 'b'].map((id) => library.state(id).state)).toEqual(['installed', 'installed']);
  });
  library.close();
  const later = open({ catalogue: items, window });
  later.offer(items);
  await later.installed();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([library, later].map((one) => one.state('c'))).toMatchObject([paused, paused]);
  expect(models()).toBe(2);
});

it('a download that the person paused stays paused when the network comes back', async () => {
  const { library, itemAt, window } = await setUp((response) => {
    response.write(MODEL.subarray(0, 10));
  });
  const install = library.install(itemAt('a'), CONFIRMED);
  await vi.waitFor(() => {
    expect(library.state('a').state).toBe('downloading');
  });
  library.pause('a');
  expect((await rejection(install)).code).toBe('download/paused');
  window.dispatchEvent(new Event('online'));
  await library.installed();
  expect(library.state('a')).toMatchObject({ state: 'paused', error: null });
});
