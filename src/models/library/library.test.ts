import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { deferred } from '../../core/flow/testing/deferred.ts';
import { judgeModel } from '../../core/onnx/gate.ts';
import { inspectModel } from '../../core/onnx/inspect.ts';
import { buildModel } from '../../core/onnx/testing/build-onnx.ts';
import { SOUND } from '../../core/onnx/testing/inspection.ts';
import type { GateVerdict } from '../../core/onnx/types.ts';
import { pruneStore, readStored } from '../store.ts';
import { pageLocks } from '../store/locks.ts';
import { memoryDisk } from '../store/memory-disk.ts';
import {
  closeAtEnd,
  declared,
  itemOf,
  LABELS,
  openLibrary,
  type Setup,
} from '../testing/library-fakes.ts';
import { bytes, loopback, status, type Answer } from '../testing/loopback.ts';
import { ranged } from '../testing/range-server.ts';
import { rejection } from '../testing/rejection.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { loadVerified } from '../verify.ts';
import { alone } from './alone.ts';
import { memoryDatabase } from './database.ts';
import type { ModelReader } from './examine.ts';
import type { InstalledModel, InstallState } from './types.ts';

const MODEL = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 13) % 251);
const CONFIRMED = { confirmed: true } as const;
const labelsSha = sha256Of(LABELS);

/** A library and a server with models at `/a.onnx` and so on, and the labels of every id. */
async function setUp(answers: Record<string, Answer> = {}, changes: Partial<Setup> = {}) {
  const labels = ['a', 'b', 'c', 'own'].map(
    (id) => [`/labels/${id}/labels.txt`, bytes(LABELS)] as const,
  );
  const { url, requests } = await loopback({
    '/a.onnx': ranged(MODEL),
    ...Object.fromEntries(labels),
    ...answers,
  });
  const setup = { disk: memoryDisk(), database: memoryDatabase(), pageUrl: url, ...changes };
  const { library, files } = openLibrary(setup);
  closeAtEnd(library);
  /** The same device in another tab, or after a reload. */
  const again = (more: Partial<Setup> = {}) => {
    const opened = openLibrary({ ...setup, ...more });
    closeAtEnd(opened.library);
    return opened.library;
  };
  const item = itemOf('a', `${url}a.onnx`, MODEL);
  const kinds = async () => (await library.ledger()).map(({ kind, code }) => [kind, code]);
  return { library, files, url, requests, setup, again, item, kinds };
}

/** The model's file as a load names it. */
const assetOf = ({ entry, url }: InstalledModel) => ({
  what: `the model ${entry.title}`,
  url,
  bytes: entry.bytes,
  sha256: entry.sha256,
});

const modelRequests = (requests: readonly IncomingMessage[]) =>
  requests.filter(({ url }) => url?.endsWith('.onnx'));

/** Answers the first bytes and then waits for the test. */
function held(body: Uint8Array, first: number) {
  const go = deferred<undefined>();
  const answer: Answer = (response, hit, request) => {
    if (hit > 1) {
      ranged(body)(response, hit, request);
      return;
    }
    response.setHeader('ETag', `"${sha256Of(body).slice(0, 16)}"`);
    response.setHeader('Content-Length', body.length);
    response.write(body.subarray(0, first));
    void go.promise.then(() => response.end(body.subarray(first)));
  };
  return { go, answer };
}

/** Storage with so many bytes left. */
const room = (free: number) => ({
  estimate: () => Promise.resolve({ quota: free + 10_000, usage: 10_000 }),
  persist: () => Promise.resolve(true),
  persisted: () => Promise.resolve(false),
});

/** Makes channels between tabs. */
function tabChannels(): () => BroadcastChannel {
  const tabs = new Set<EventTarget>();
  return () => {
    const target = new EventTarget();
    tabs.add(target);
    return Object.assign(target, {
      postMessage: () => {
        for (const tab of tabs) if (tab !== target) tab.dispatchEvent(new Event('message'));
      },
    }) as unknown as BroadcastChannel;
  };
}

const stateOf = (library: { state: (id: string) => InstallState }, id = 'a') =>
  library.state(id).state;
const loading = (library: { state: (id: string) => InstallState }) =>
  vi.waitFor(() => {
    expect(library.state('a')).toMatchObject({ state: 'downloading', loadedBytes: 20_000 });
  });

describe('install', () => {
  it('downloads, verifies, declares, keeps, notes and says so on the way', async () => {
    const { library, files, item, url } = await setUp();
    const seen: string[] = [];
    const stop = library.subscribe(() => seen.push(stateOf(library)));
    const model = await library.install(item, CONFIRMED);
    stop();
    expect(model).toMatchObject({
      entry: { id: 'a', sha256: sha256Of(MODEL), bytes: MODEL.length },
      grade: 'B',
      provider: 'catalogue',
      url: `${url}a.onnx`,
      vouchedBy: 'a test',
    });
    expect([...new Set(seen)]).toEqual(['downloading', 'verifying', 'installed']);
    expect(library.state('a')).toEqual({ state: 'installed', model });
    expect(await library.installed()).toEqual([model]);
    expect((await files.list()).map(({ name }) => name).toSorted()).toEqual(
      [sha256Of(MODEL), labelsSha].toSorted(),
    );
    expect(await files.partials.list()).toEqual([]);
    expect(await library.ledger()).toMatchObject([
      {
        sequence: 1,
        kind: 'installed',
        model: 'a',
        sha256: sha256Of(MODEL),
        from: `${url}a.onnx`,
        grade: 'B',
      },
    ]);
    expect(await library.verifyLedger()).toEqual({ intact: true });
  });

  it('is there again after a reload, and is not downloaded twice', async () => {
    const { library, item, requests, again } = await setUp();
    const model = await library.install(item, CONFIRMED);
    const reloaded = again();
    expect(await reloaded.installed()).toEqual([model]);
    expect(stateOf(reloaded)).toBe('installed');
    expect(await reloaded.install(item, CONFIRMED)).toEqual(model);
    expect(modelRequests(requests)).toHaveLength(1);
  });

  it('answers twice-asked installs with one', async () => {
    const { library, item, requests } = await setUp();
    const both = await Promise.all([
      library.install(item, CONFIRMED),
      library.install(item, CONFIRMED),
    ]);
    expect(both[0]).toBe(both[1]);
    expect(modelRequests(requests)).toHaveLength(1);
  });

  it.each([
    ['A', 'kiosk', false, null],
    ['B', 'kiosk', true, 'download/refused-by-policy'],
    ['B', 'standard', false, null],
    ['C', 'standard', false, 'download/needs-consent'],
    ['D', 'standard', true, null],
    ['E', 'standard', true, 'download/refused-by-policy'],
  ] as const)(
    'asks the policy: grade %s, %s, confirmed %s',
    async (grade, policy, confirmed, code) => {
      const { library, item, requests, kinds } = await setUp({}, { rules: { policy } });
      const [outcome] = await Promise.allSettled([
        library.install({ ...item, grade }, { confirmed }),
      ]);
      if (code === null) {
        expect(outcome.status).toBe('fulfilled');
        return;
      }
      expect(outcome).toMatchObject({ reason: { code } });
      expect(requests).toHaveLength(0);
      expect(stateOf(library)).toBe('available');
      expect(await kinds()).toEqual(
        code === 'download/refused-by-policy' ? [['refused', code]] : [],
      );
    },
  );

  it('refuses a file whose digest is wrong, keeps nothing of it and notes it', async () => {
    const { library, files, item, kinds } = await setUp({
      '/a.onnx': ranged(MODEL, { corrupt: (body) => Buffer.from(body.map((byte) => byte ^ 1)) }),
    });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error.code).toBe('integrity/digest-mismatch');
    expect(library.state('a')).toEqual({ state: 'refused', error });
    expect(await library.installed()).toEqual([]);
    expect([...(await files.list()), ...(await files.partials.list())]).toEqual([]);
    expect(await kinds()).toEqual([['refused', 'integrity/digest-mismatch']]);
    const came = sha256Of(MODEL.map((byte) => byte ^ 1));
    expect(await library.ledger()).toMatchObject([{ sha256: came, bytes: MODEL.length }]);
    await library.cancel('a');
    expect(stateOf(library)).toBe('available');
  });

  it('refuses what the gate refuses, with its reasons', async () => {
    const reason = { code: 'gate/control-flow', sentence: 'It has a Loop.', details: {} } as const;
    const verdict: GateVerdict = { accepted: false, reasons: [reason], warnings: [] };
    const { library, files, item } = await setUp({}, { verdict });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error).toMatchObject({ code: 'gate/control-flow', message: 'It has a Loop.' });
    expect(stateOf(library)).toBe('refused');
    expect(await files.partials.list()).toEqual([]);
    expect(await library.ledger()).toMatchObject([
      { kind: 'refused', sha256: sha256Of(MODEL), bytes: MODEL.length },
    ]);
  });

  it('refuses a declaration that fits no contract, or another file', async () => {
    const { library, item } = await setUp();
    const mismatch = new AppError('gate/contract-mismatch', 'No.');
    const cannot = () => {
      throw mismatch;
    };
    expect(await rejection(library.install({ ...item, declare: cannot }, CONFIRMED))).toMatchObject(
      { code: mismatch.code, message: mismatch.message },
    );
    expect(await library.ledger()).toMatchObject([{ sha256: sha256Of(MODEL) }]);
    const wrong = () => declared('a', 'f'.repeat(64), 5);
    const error = await rejection(library.install({ ...item, declare: wrong }, CONFIRMED));
    expect(error.code).toBe('gate/bad-declaration');
    expect(await library.installed()).toEqual([]);
  });

  it('keeps the model for the next try when its labels cannot be had', async () => {
    let missing = true;
    const { library, item, requests } = await setUp({
      '/labels/a/labels.txt': (...answer) => {
        (missing ? status(404) : bytes(LABELS))(...answer);
      },
    });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error).toMatchObject({ code: 'download/http-status', retryable: true });
    expect(error.message).toMatch(
      /^Model a itself has come and is kept; only its labels are missing\./,
    );
    expect(error.message).not.toContain('manifest');
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: MODEL.length });
    missing = false;
    await library.install(item, CONFIRMED);
    expect(modelRequests(requests)).toHaveLength(1);
  });

  it('keeps the model for the next try when its labels are not the published ones', async () => {
    let body: Uint8Array = LABELS.map((byte) => byte ^ 1);
    const { library, item, requests, kinds } = await setUp({
      '/labels/a/labels.txt': (...answer) => {
        bytes(body)(...answer);
      },
    });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error).toMatchObject({ code: 'download/wrong-labels', retryable: true });
    expect(error.message).toContain('The labels file of Model a');
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: MODEL.length, error });
    await vi.waitFor(async () => {
      expect(await kinds()).toEqual([['refused', 'integrity/digest-mismatch']]);
    });
    body = LABELS;
    await library.install(item, CONFIRMED);
    expect(modelRequests(requests)).toHaveLength(1);
  });

  it('says of labels that came as a web page that they were not used: they never run', async () => {
    const page = bytes('<!doctype html><title>Sign in</title>');
    const { library, item } = await setUp({ '/labels/a/labels.txt': page });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error.code).toBe('download/wrong-labels');
    expect(error.message).toContain('The labels file of Model a was refused and not used: ');
    expect(error.message).not.toContain('not run');
  });

  it('fetches a file anew whose stored copy is wrong, and notes that the copy went', async () => {
    const { library, files, item, kinds } = await setUp();
    await files.keep(sha256Of(MODEL), MODEL.slice(1));
    await library.install(item, CONFIRMED);
    expect(await kinds()).toEqual([
      ['discarded', 'integrity/stored-copy-corrupt'],
      ['installed', null],
    ]);
    expect(await readStored(sha256Of(MODEL))).toEqual(MODEL);
  });

  it('takes a file that is here already under the same digest', async () => {
    const { library, item, url, requests } = await setUp();
    await library.install(item, CONFIRMED);
    await library.install(itemOf('b', `${url}b.onnx`, MODEL), CONFIRMED);
    expect(modelRequests(requests)).toHaveLength(1);
    expect(await library.installed()).toHaveLength(2);
    // Its address was never asked, so it is not named as where the file is from.
    expect(await library.ledger()).toMatchObject([
      { kind: 'installed', model: 'a', from: `${url}a.onnx` },
      {
        kind: 'installed',
        model: 'b',
        from: `already on this device (named for ${url}b.onnx, which was not asked)`,
      },
    ]);
  });

  it('does not say that a begun download was finished when the file came another way', async () => {
    const { library, item, url, files, requests } = await setUp({
      '/b.onnx': ranged(MODEL, { dropAfter: (hit) => (hit === 1 ? 20_000 : 0) }),
    });
    const other = itemOf('b', `${url}b.onnx`, MODEL);
    await rejection(library.install(other, CONFIRMED));
    await library.install(item, CONFIRMED);
    const before = modelRequests(requests).length;
    await library.install(other, CONFIRMED);
    expect(modelRequests(requests)).toHaveLength(before);
    const from = `already on this device (named for ${url}b.onnx)`; // which was asked
    expect((await library.ledger()).at(-1)?.from).toBe(from);
    expect(await files.partials.list()).toEqual([]);
  });

  it('checks the host of a file that is here already as it does for a download', async () => {
    const { library, item, kinds } = await setUp();
    await library.install(item, CONFIRMED);
    const elsewhere = itemOf('b', 'https://elsewhere.test/b.onnx', MODEL);
    const error = await rejection(library.install(elsewhere, CONFIRMED));
    expect(error.code).toBe('download/host-not-allowed');
    expect(stateOf(library, 'b')).toBe('refused');
    expect(await kinds()).toEqual([
      ['installed', null],
      ['refused', 'download/host-not-allowed'],
    ]);
    expect(await library.installed()).toHaveLength(1);
  });

  it('is refused for its host or its withdrawal, not for the room that it would need', async () => {
    const { library, item } = await setUp({}, { storage: room(0) });
    const elsewhere = itemOf('b', 'https://elsewhere.test/b.onnx', MODEL);
    const barred = await rejection(library.install(elsewhere, CONFIRMED));
    expect(barred.code).toBe('download/host-not-allowed');
    await library.revoke([sha256Of(MODEL)]);
    const withdrawn = await rejection(library.install(item, CONFIRMED));
    expect(withdrawn.code).toBe('integrity/revoked');
  });

  it('says before the download that there is no room', async () => {
    const { library, item, requests } = await setUp({}, { storage: room(30_000) });
    expect(await rejection(library.install(item, CONFIRMED))).toMatchObject({
      code: 'store/quota',
      details: { bytes: MODEL.length, free: 30_000 },
    });
    expect(requests).toHaveLength(0);
  });

  it('counts on no room that a download under way has yet to take', async () => {
    const { go, answer } = held(MODEL, 20_000);
    const setup = await setUp({ '/a.onnx': answer }, { storage: room(MODEL.length + 20_000) });
    const { library, item, url } = setup;
    const first = library.install(item, CONFIRMED);
    await loading(library);
    const other = itemOf('b', `${url}b.onnx`, MODEL.slice(1));
    expect((await rejection(library.install(other, CONFIRMED))).code).toBe('store/quota');
    expect(await library.evictionPlan(20_000)).toEqual([]);
    go.resolve(undefined);
    await first;
  });

  it('says that there is no room before a byte is kept, where only the server tells the size', async () => {
    const storage = room(30_000);
    const { library, files, item } = await setUp({}, { storage });
    const work = library.install({ ...item, bytes: null }, CONFIRMED);
    expect(await rejection(work)).toMatchObject({
      code: 'store/quota',
      details: { bytes: MODEL.length, free: 30_000 },
    });
    expect(await files.partials.list()).toEqual([]);
    expect(library.state('a')).toMatchObject({ state: 'paused', totalBytes: MODEL.length });
  });

  it('needs room for the rest only when it goes on', async () => {
    const { answer } = held(MODEL, 20_000);
    const { library, item, again } = await setUp({ '/a.onnx': answer });
    const unsized = { ...item, bytes: null };
    const first = library.install(unsized, CONFIRMED);
    await loading(library);
    library.pause('a');
    await rejection(first);
    expect(
      await rejection(again({ storage: room(29_999) }).install(unsized, CONFIRMED)),
    ).toMatchObject({ code: 'store/quota', details: { bytes: 30_000 } });
    await again({ storage: room(30_000) }).install(unsized, CONFIRMED);
  });
});

describe('a download that is stopped', () => {
  it('is paused and gone on with, also after a reload', async () => {
    const { answer } = held(MODEL, 20_000);
    const { library, item, requests, again } = await setUp({ '/a.onnx': answer });
    const first = library.install(item, CONFIRMED);
    await loading(library);
    library.pause('a');
    expect((await rejection(first)).code).toBe('download/paused');
    expect(library.state('a')).toEqual({
      state: 'paused',
      loadedBytes: 20_000,
      totalBytes: MODEL.length,
      error: null,
    });
    const reloaded = again();
    await reloaded.installed();
    expect(reloaded.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000 });
    await reloaded.install(item, CONFIRMED);
    expect(modelRequests(requests).map(({ headers }) => headers.range)).toEqual([
      'bytes=0-',
      'bytes=20000-',
    ]);
  });

  it('is cancelled and forgotten', async () => {
    const { answer } = held(MODEL, 20_000);
    const { library, files, item } = await setUp({ '/a.onnx': answer });
    const work = library.install(item, CONFIRMED);
    work.catch((reason: unknown) => reason);
    await loading(library);
    await library.cancel('a');
    expect((await rejection(work)).code).toBe('download/cancelled');
    expect(stateOf(library)).toBe('available');
    expect(await files.partials.list()).toEqual([]);
    await library.install(item, CONFIRMED);
  });

  it('is cancelled once by a double click', async () => {
    const { answer } = held(MODEL, 20_000);
    const { library, item } = await setUp({ '/a.onnx': answer });
    const work = library.install(item, CONFIRMED);
    work.catch((reason: unknown) => reason);
    await loading(library);
    await Promise.all([library.cancel('a'), library.cancel('a')]);
    expect(stateOf(library)).toBe('available');
  });

  it('is shown as another tab’s when that took it up before it was forgotten', async () => {
    const locks = pageLocks();
    const closed = deferred<undefined>();
    let otherTab: Promise<unknown> = Promise.resolve();
    const { answer } = held(MODEL, 20_000);
    const { library, item, setup } = await setUp({ '/a.onnx': answer }, { locks });
    const { entries } = setup.database;
    const work = library.install(item, CONFIRMED);
    // The first look at the models after the end, just before the lock is asked for.
    work.catch(() => {
      Object.assign(setup.database, {
        entries: async (table: Parameters<typeof entries>[0]) => {
          Object.assign(setup.database, { entries });
          otherTab = alone(locks, 'a', () => closed.promise);
          return entries(table);
        },
      });
    });
    await loading(library);
    expect((await rejection(library.cancel('a'))).code).toBe('store/busy');
    expect(stateOf(library)).toBe('elsewhere');
    closed.resolve(undefined);
    await otherTab;
    await vi.waitFor(() => {
      expect(stateOf(library)).toBe('paused');
    });
  });

  it('is paused by a broken line, with the reason', async () => {
    const { library, item } = await setUp({
      '/a.onnx': ranged(MODEL, { dropAfter: (hit) => (hit === 1 ? 20_000 : 0) }),
    });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error.code).toBe('download/failed');
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000, error });
  });

  it('waits while two others are under way, and can be paused then', async () => {
    const { answer, go } = held(MODEL, 20_000);
    const { library, url, item, requests } = await setUp({
      '/a.onnx': answer,
      '/b.onnx': held(MODEL, 1).answer,
    });
    const others = [{ ...item, bytes: null }, itemOf('b', `${url}b.onnx`, MODEL)].map((one) =>
      library.install(one, CONFIRMED),
    );
    await loading(library);
    const third = library.install(itemOf('c', `${url}c.onnx`, MODEL), CONFIRMED);
    await vi.waitFor(() => {
      expect(stateOf(library, 'c')).toBe('downloading');
    });
    expect(modelRequests(requests)).toHaveLength(2);
    library.pause('c');
    expect((await rejection(third)).code).toBe('download/paused');
    await library.cancel('b').catch((reason: unknown) => reason);
    go.resolve(undefined);
    await Promise.allSettled(others);
    expect(stateOf(library, 'a')).toBe('installed');
  });
});

describe('two tabs', () => {
  it('do not install the same model at once', async () => {
    const locks = pageLocks();
    const { answer, go } = held(MODEL, 20_000);
    const { library, item, again } = await setUp({ '/a.onnx': answer }, { locks });
    const work = library.install(item, CONFIRMED);
    await loading(library);
    const other = again();
    expect(await rejection(other.install(item, CONFIRMED))).toMatchObject({
      code: 'store/busy',
      retryable: true,
    });
    expect((await rejection(other.remove('a'))).code).toBe('store/busy');
    go.resolve(undefined);
    await work;
    expect((await other.installed()).map(({ entry }) => entry.id)).toEqual(['a']);
  });

  it('see a download of the other, and its end', async () => {
    const { answer, go } = held(MODEL, 20_000);
    const { library, item, again } = await setUp({ '/a.onnx': answer }, { locks: pageLocks() });
    const work = library.install(item, CONFIRMED);
    await loading(library);
    const other = again();
    await other.installed();
    expect(other.state('a')).toMatchObject({ state: 'elsewhere', totalBytes: MODEL.length });
    go.resolve(undefined);
    await work;
    await vi.waitFor(() => {
      expect(stateOf(other)).toBe('installed');
    });
  });

  it('see when the other was closed in the middle of a download', async () => {
    const locks = pageLocks();
    const closed = deferred<undefined>();
    const { library, item, setup } = await setUp({}, { locks });
    const record = {
      id: 'a',
      key: 'k',
      url: item.url,
      receivedBytes: 20_000,
      totalBytes: MODEL.length,
      validator: null,
      sha256: null,
      digests: [],
    };
    await library.installed();
    await setup.database.put('partials', 'a', record);
    const otherTab = alone(locks, 'a', () => closed.promise); // a closed tab's locks are released
    expect((await rejection(library.install(item, CONFIRMED))).code).toBe('store/busy');
    expect(library.state('a')).toEqual({
      state: 'elsewhere',
      loadedBytes: 20_000,
      totalBytes: MODEL.length,
    });
    closed.resolve(undefined);
    await otherTab;
    await vi.waitFor(() => {
      expect(library.state('a')).toEqual({
        state: 'paused',
        loadedBytes: 20_000,
        totalBytes: MODEL.length,
        error: null,
      });
    });
  });

  it('follow what another one downloads, to its end', async () => {
    const { answer, go } = held(MODEL, 20_000);
    const channels = tabChannels();
    const { library, item, again } = await setUp(
      { '/a.onnx': answer },
      { locks: pageLocks(), channel: channels() },
    );
    const other = again({ channel: channels() });
    await other.installed();
    const work = library.install(item, CONFIRMED);
    await vi.waitFor(() => {
      expect(stateOf(other)).toBe('elsewhere');
    });
    await loading(library);
    const reloaded = again({ channel: channels() });
    await reloaded.installed();
    expect(stateOf(reloaded)).toBe('elsewhere');
    go.resolve(undefined);
    await work;
    await vi.waitFor(() => {
      expect([stateOf(other), stateOf(reloaded)]).toEqual(['installed', 'installed']);
    });
  });

  it('look again when the person comes back', async () => {
    const window = new EventTarget();
    const { library, item, again } = await setUp({}, { locks: pageLocks() });
    const other = again({ window });
    await other.installed();
    await library.install(item, CONFIRMED);
    expect(stateOf(other)).toBe('available');
    window.dispatchEvent(new Event('focus'));
    await vi.waitFor(() => {
      expect(stateOf(other)).toBe('installed');
    });
  });

  it('do not take an old look at the database for news', async () => {
    const database = memoryDatabase();
    const held = deferred<undefined>();
    let isHeld = false;
    const slow = {
      ...database,
      entries: async (table: Parameters<typeof database.entries>[0]) => {
        const rows = await database.entries(table);
        if (isHeld && table === 'models') await held.promise;
        return rows;
      },
    };
    const window = new EventTarget();
    const { library, item } = await setUp({}, { database: slow, window });
    await library.install(item, CONFIRMED);
    isHeld = true;
    window.dispatchEvent(new Event('focus'));
    await new Promise((resolve) => setTimeout(resolve, 20)); // it has read by now
    isHeld = false;
    await library.remove('a');
    held.resolve(undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stateOf(library)).toBe('available');
  });

  it('tell each other of what changed', async () => {
    const channels = tabChannels();
    const locks = pageLocks();
    const { library, item, again } = await setUp({}, { locks, channel: channels() });
    const other = again({ channel: channels() });
    await other.installed();
    await library.install(item, CONFIRMED);
    await vi.waitFor(() => {
      expect(stateOf(other)).toBe('installed');
    });
    await other.remove('a');
    await vi.waitFor(() => {
      expect(stateOf(library)).toBe('available');
    });
  });
});

describe('remove', () => {
  it('takes the files that nothing else needs', async () => {
    const { library, files, item, url, kinds } = await setUp({
      '/b.onnx': ranged(MODEL.subarray(1)),
    });
    await library.install(item, CONFIRMED);
    await library.install(itemOf('b', `${url}b.onnx`, MODEL.subarray(1)), CONFIRMED);
    await library.remove('a');
    expect(stateOf(library)).toBe('available');
    // The labels are those of b too.
    expect((await files.list()).map(({ name }) => name).toSorted()).toEqual(
      [sha256Of(MODEL.subarray(1)), labelsSha].toSorted(),
    );
    await library.remove('b', 'evicted');
    expect(await files.list()).toEqual([]);
    expect((await kinds()).map(([kind]) => kind)).toEqual([
      'installed',
      'installed',
      'removed',
      'evicted',
    ]);
    await library.remove('never-there');
  });

  it('by revocation is for good', async () => {
    const { library, files, item, again } = await setUp();
    await library.install(item, CONFIRMED);
    expect(await library.revoke([sha256Of(MODEL), 'f'.repeat(64)])).toEqual([
      { id: 'a', title: item.title, sha256: sha256Of(MODEL) },
    ]);
    expect(library.state('a')).toMatchObject({
      state: 'refused',
      error: { code: 'integrity/revoked' },
    });
    expect(await library.installed()).toEqual([]);
    expect((await files.list()).map(({ name }) => name)).not.toContain(sha256Of(MODEL));
    expect((await library.ledger()).at(-1)).toMatchObject({
      kind: 'revoked',
      sha256: sha256Of(MODEL),
    });
    expect((await rejection(again().install(item, CONFIRMED))).code).toBe('integrity/revoked');
  });

  it('by revocation goes on with the others when another tab is at one, and is done later', async () => {
    const locks = pageLocks();
    const other = Uint8Array.from(MODEL).reverse();
    const { library, item, url } = await setUp({ '/b.onnx': ranged(other) }, { locks });
    await library.install(item, CONFIRMED);
    await library.install(itemOf('b', `${url}b.onnx`, other), CONFIRMED);
    const busy = deferred<undefined>();
    const held = alone(locks, 'a', () => busy.promise);
    const digests = [sha256Of(MODEL), sha256Of(other)];
    expect((await rejection(library.revoke(digests))).code).toBe('store/busy');
    expect((await library.installed()).map(({ entry }) => entry.id)).toEqual(['a']);
    expect(await library.revoked()).toEqual(new Set(digests));
    busy.resolve(undefined);
    await held;
    expect(await library.revoke(await library.revoked())).toMatchObject([{ id: 'a' }]);
  });

  it('by revocation is told of the page’s own models too, once, of those that ran here', async () => {
    const { library, url, kinds } = await setUp();
    await loadVerified({
      what: 'the model A',
      url: `${url}a.onnx`,
      bytes: MODEL.length,
      sha256: sha256Of(MODEL),
      vouched: { id: 'page-a', grade: 'A', by: 'Signed by “Us” (key 1).' },
    });
    await vi.waitFor(async () => {
      expect(await kinds()).toEqual([['verified', null]]);
    });
    const digests = [
      sha256Of(MODEL),
      ...Array.from({ length: 50 }, (_, n) => sha256Of(Uint8Array.of(n))),
    ];
    expect(await library.revoke(digests)).toEqual([
      { id: 'page-a', title: 'page-a', sha256: sha256Of(MODEL) },
    ]);
    expect(await library.revoke(digests)).toEqual([]);
    expect((await library.ledger()).slice(1)).toMatchObject([
      {
        kind: 'revoked',
        model: 'page-a',
        sha256: sha256Of(MODEL),
        bytes: MODEL.length,
        vouchedBy: 'Signed by “Us” (key 1).',
        grade: 'A',
        code: 'integrity/revoked',
      },
    ]);
    expect(await library.verifyLedger()).toEqual({ intact: true });
  });

  it('by revocation is known before anybody tries to install it again', async () => {
    const { library, item, url, again } = await setUp({ '/b.onnx': ranged(MODEL) });
    const unpublished = itemOf('b', `${url}b.onnx`, MODEL, {
      claim: {
        kind: 'sha1-prefix',
        prefix: createHash('sha1').update(MODEL).digest('hex').slice(0, 8),
      },
    });
    await library.revoke([sha256Of(MODEL)]);
    library.offer([item, unpublished]);
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({
        state: 'refused',
        error: { code: 'integrity/revoked' },
      });
    });
    expect(stateOf(library, 'b'), 'whose digest nobody published').toBe('available');
    expect((await rejection(library.install(unpublished, CONFIRMED))).code).toBe(
      'integrity/revoked',
    );
    const reloaded = again();
    reloaded.offer([item, unpublished]);
    await vi.waitFor(() => {
      expect([stateOf(reloaded), stateOf(reloaded, 'b')]).toEqual(['refused', 'refused']);
    });
  });

  it('by revocation is known from rows of older versions and from unreadable ones', async () => {
    const { library, item, setup } = await setUp();
    await setup.database.put('revoked', sha256Of(MODEL), '2025-01-01T00:00:00.000Z');
    await setup.database.put('revoked', 'f'.repeat(64), { at: 7 });
    expect((await rejection(library.install(item, CONFIRMED))).code).toBe('integrity/revoked');
    const other = itemOf('b', item.url, MODEL, {
      claim: { kind: 'sha256', sha256: 'f'.repeat(64), chunks: null },
    });
    expect((await rejection(library.install(other, CONFIRMED))).code).toBe('integrity/revoked');
  });

  it('is never done by pruning the store', async () => {
    const database = { ...memoryDatabase(), persistent: true };
    const { library, files, item, setup } = await setUp({}, { database });
    await library.install(item, CONFIRMED);
    const other = Uint8Array.of(9);
    await files.keep(sha256Of(other), other);
    // Where the rows of earlier visits cannot be read, nobody knows what is needed.
    const blind = openLibrary({ ...setup, database: memoryDatabase() });
    closeAtEnd(blind.library);
    vi.spyOn(console, 'warn').mockReturnValue();
    expect(await pruneStore(new Set())).toBe(0);
    const seeing = openLibrary(setup);
    closeAtEnd(seeing.library);
    expect(await pruneStore(new Set())).toBe(1);
    expect(await readStored(sha256Of(MODEL))).toEqual(MODEL);
    expect(await files.has(labelsSha)).toBe(true);
  });
});

describe('a file of the person’s own', () => {
  const file = new Blob([MODEL]);
  const labels = new Blob([LABELS]);
  const entry = declared('own', sha256Of(MODEL), MODEL.length);

  it('is inspected without being kept', async () => {
    const { library, files } = await setUp();
    expect(await library.inspect(file)).toMatchObject({
      sha256: sha256Of(MODEL),
      verdict: { accepted: true },
    });
    expect(await files.list()).toEqual([]);
  });

  it('is in the ledger as what it is when the inspector finds that the gate refuses it', async () => {
    const reason = { code: 'gate/functions', sentence: 'It has functions.', details: {} } as const;
    const verdict = { accepted: false, reasons: [reason], warnings: [] };
    const { library } = await setUp({}, { verdict });
    const of = {
      id: 'a',
      url: 'https://host.test/a.onnx',
      vouchedBy: 'a key',
      grade: 'A',
    } as const;
    await library.inspect(new Blob([MODEL]), of);
    expect(await library.ledger()).toMatchObject([
      {
        kind: 'refused',
        model: 'a',
        sha256: sha256Of(MODEL),
        bytes: MODEL.length,
        from: of.url,
        vouchedBy: 'a key',
        grade: 'A',
      },
    ]);
  });

  it('is in the ledger by its name when the gate refuses it', async () => {
    const reason = { code: 'gate/functions', sentence: 'It has functions.', details: {} } as const;
    const verdict = { accepted: false, reasons: [reason], warnings: [] };
    const { library } = await setUp({}, { verdict });
    await library.inspect(new File([MODEL], 'odd.onnx'));
    expect(await library.ledger()).toMatchObject([
      { kind: 'refused', model: 'odd.onnx', from: 'own file', code: 'gate/functions' },
    ]);
  });

  it('may be asked about at any size without a line for each: only what is kept is judged for good', async () => {
    const reason = { code: 'gate/activations-too-large', sentence: 'Big.', details: {} } as const;
    const verdict = { accepted: false, reasons: [reason], warnings: [] };
    const pictures: unknown[] = [];
    const inspect: ModelReader['inspect'] = (_bytes, given) => {
      pictures.push(given);
      return SOUND;
    };
    const { library } = await setUp({}, { reader: { inspect, judge: () => verdict } });
    const picture = { input: 'data', layout: 'NCHW', width: 4096, height: 4096 } as const;
    await library.inspect(file, undefined, picture);
    expect(pictures).toEqual([picture]);
    expect(await library.ledger()).toEqual([]);
    const of = { id: 'a', url: 'own file', vouchedBy: 'nobody', grade: 'E' } as const;
    await library.inspect(file, of, picture);
    expect(await library.ledger()).toMatchObject([{ kind: 'refused', code: reason.code }]);
  });

  it('is kept with grade E', async () => {
    const { library, again } = await setUp();
    const model = await library.installOwn(file, entry, labels);
    expect(model).toMatchObject({ grade: 'E', provider: 'own-file', url: null });
    expect(stateOf(library, 'own')).toBe('installed');
    expect((await library.ledger())[0]).toMatchObject({
      kind: 'installed',
      from: 'own file',
      grade: 'E',
    });
    expect(await again().installed()).toEqual([model]);
    const { bytes: loaded } = await loadVerified(assetOf(model));
    expect(loaded).toEqual(MODEL);
  });

  it('is judged by the size that the person confirmed, where its file leaves it open', async () => {
    const { layout, name } = entry.input;
    const maps = 64; // of 64 MiB each at 4096 × 4096
    const open = buildModel({
      graph: {
        inputs: [{ name, shape: layout === 'NCHW' ? ['N', 3, 'h', 'w'] : ['N', 'h', 'w', 3] }],
        initialisers: [{ name: 'repeats', shape: [4], type: 7, int64s: [1, maps, 1, 1] }],
        nodes: [{ op: 'Tile', inputs: [name, 'repeats'], outputs: ['y'] }],
        outputs: [{ name: 'y', shape: null }],
      },
    });
    expect(judgeModel(inspectModel(open)).accepted).toBe(true); // nobody knows yet
    const reader: ModelReader = {
      inspect: (_bytes, picture) => inspectModel(open, picture),
      judge: judgeModel,
    };
    const { library } = await setUp({}, { reader });
    await library.installOwn(file, entry, labels);
    const huge = {
      ...entry,
      input: { ...entry.input, resize: { ...entry.input.resize, width: 4096, height: 4096 } },
    };
    const error = await rejection(library.installOwn(file, huge, labels));
    expect(error.code).toBe('gate/activations-too-large');
  });

  it('is refused in a kiosk, by the gate, when it changed, and under a name that is taken', async () => {
    const kiosk = await setUp({}, { rules: { policy: 'kiosk' } });
    const refused = await rejection(kiosk.library.installOwn(file, entry, labels));
    expect(refused.code).toBe('download/refused-by-policy');
    expect(await kiosk.kinds()).toEqual([['refused', 'download/refused-by-policy']]);

    const reason = { code: 'gate/functions', sentence: 'It has functions.', details: {} } as const;
    const gate = await setUp({}, { verdict: { accepted: false, reasons: [reason], warnings: [] } });
    expect((await rejection(gate.library.installOwn(file, entry, labels))).code).toBe(
      'gate/functions',
    );

    const { library, item, files } = await setUp();
    const changedFile = new Blob([MODEL.subarray(1)]);
    expect((await rejection(library.installOwn(changedFile, entry, labels))).code).toBe(
      'integrity/digest-mismatch',
    );
    const otherLabels = new Blob(['bird\n']);
    expect((await rejection(library.installOwn(file, entry, otherLabels))).code).toBe(
      'integrity/digest-mismatch',
    );
    expect(await files.list()).toEqual([]);
    await library.install(item, CONFIRMED);
    const taken = { ...entry, id: 'a' };
    expect((await rejection(library.installOwn(file, taken, labels))).code).toBe('store/id-taken');
  });

  it('is kept as the bytes that were digested, or not at all', async () => {
    /** Changes, or can no longer be read, when it is read a second time. */
    const unsteady = (second: () => Promise<ArrayBuffer>) => {
      const blob = new Blob([MODEL]);
      const read = vi.spyOn(blob, 'arrayBuffer');
      read.mockResolvedValueOnce(MODEL.slice().buffer).mockImplementation(second);
      return blob;
    };
    const { library, files, kinds, setup } = await setUp();
    const changed = unsteady(() => Promise.resolve(MODEL.map((byte) => byte ^ 1).buffer));
    expect((await rejection(library.installOwn(changed, entry, labels))).code).toBe(
      'integrity/digest-mismatch',
    );
    const gone = unsteady(() => Promise.reject(new DOMException('Gone.', 'NotReadableError')));
    const error = await rejection(library.installOwn(gone, entry, labels));
    expect(error).toMatchObject({ code: 'intake/unreadable', retryable: true });
    expect(error.message).toContain(entry.title);
    expect(await files.list()).toEqual([]);
    expect(await setup.database.entries('partials')).toEqual([]);
    expect(await kinds()).toEqual([['refused', 'integrity/digest-mismatch']]);
  });

  it('is asked for again when its copy was lost or has changed, and both are noted', async () => {
    const { library, setup, files, kinds } = await setUp();
    const model = await library.installOwn(file, entry, labels);
    const asset = assetOf(model);
    await setup.disk.write('bad', 0, MODEL.slice(1));
    await setup.disk.move('bad', sha256Of(MODEL));
    const corrupt = await rejection(loadVerified(asset));
    expect(corrupt.code).toBe('integrity/own-file-corrupt');
    expect(corrupt.message).toContain('add the same file once more');
    expect((await rejection(loadVerified(asset))).code).toBe('integrity/own-file-lost');
    await vi.waitFor(async () => {
      expect(await kinds()).toContainEqual(['discarded', 'integrity/stored-copy-corrupt']);
      expect(await kinds()).toContainEqual(['refused', 'integrity/own-file-lost']);
    });
    await library.installOwn(file, entry, labels);
    expect(await files.has(sha256Of(MODEL))).toBe(true);
  });
});

describe('use and room', () => {
  const sized = (id: string, length: number) =>
    Uint8Array.from({ length }, (_, index) => (index + id.charCodeAt(0)) % 256);
  const storage = (free: number) => ({
    estimate: () => Promise.resolve({ quota: free + 1000, usage: 1000 }),
    persist: () => Promise.resolve(true),
    persisted: () => Promise.resolve(true),
  });

  it('notes each verified use of an installed model, which makes it the last to go', async () => {
    const { library, item, kinds } = await setUp();
    const before = await library.install(item, CONFIRMED);
    await loadVerified(assetOf(before));
    await vi.waitFor(async () => {
      expect((await kinds()).map(([kind]) => kind)).toEqual(['installed', 'verified']);
      expect((await library.installed())[0]?.usedAt.localeCompare(before.usedAt)).toBe(1);
    });
  });

  it('notes each verification of a model that the page offers, and of its labels only what was wrong', async () => {
    const { library, url, kinds } = await setUp();
    const asset = {
      what: 'the model A',
      url: `${url}a.onnx`,
      bytes: MODEL.length,
      sha256: sha256Of(MODEL),
      vouched: { id: 'page-a', grade: 'A', by: 'Signed by “Us” (key 1).' },
    } as const;
    await loadVerified(asset);
    await loadVerified({
      what: 'the labels file of A',
      url: `${url}labels/a/labels.txt`,
      bytes: LABELS.length,
      sha256: labelsSha,
    });
    const wrong = { ...asset, sha256: '0'.repeat(64) }; // what came is in its line
    expect((await rejection(loadVerified(wrong))).code).toBe('integrity/digest-mismatch');
    await vi.waitFor(async () => {
      expect(await kinds()).toEqual([
        ['verified', null],
        ['refused', 'integrity/digest-mismatch'],
      ]);
    });
    for (const line of await library.ledger()) {
      expect(line).toMatchObject({
        model: 'page-a',
        sha256: sha256Of(MODEL),
        bytes: MODEL.length,
        from: `${url}a.onnx`,
        vouchedBy: 'Signed by “Us” (key 1).',
        grade: 'A',
      });
    }
  });

  it('notes what was found about manifests', async () => {
    const { library } = await setUp();
    const url = 'https://host.test/models/index.json';
    const file = { sha256: 'a'.repeat(64), bytes: 5 };
    const signer = { name: 'Us', keyId: '1' };
    const code = 'integrity/revoked';
    await library.noteManifest({ subject: url, url, file, signer, code: null });
    await library.noteManifest({ subject: 'b', url, file: null, signer: null, code });
    expect(await library.ledger()).toMatchObject([
      { kind: 'verified', model: url, ...file, grade: 'A', vouchedBy: 'Signed by “Us” (key 1).' },
      { kind: 'refused', model: 'b', from: url, sha256: null, code: 'integrity/revoked' },
    ]);
    expect(await library.verifyLedger()).toEqual({ intact: true });
  });

  it('plans to evict the least recently used first, as few as needed', async () => {
    const answers = Object.fromEntries(
      ['a', 'b', 'c'].map((id) => [`/${id}.onnx`, ranged(sized(id, 10_000))]),
    );
    const { library, url, again } = await setUp(answers);
    for (const id of ['a', 'b', 'c'])
      await library.install(itemOf(id, `${url}${id}.onnx`, sized(id, 10_000)), CONFIRMED);
    await library.touch(sha256Of(sized('a', 10_000)));
    const ids = async (bytesNeeded: number, free: number) =>
      (await again({ storage: storage(free) }).evictionPlan(bytesNeeded)).map(
        ({ entry }) => entry.id,
      );
    expect(await ids(500, 500)).toEqual([]);
    expect(await ids(10_500, 500)).toEqual(['b']);
    expect(await ids(15_000, 500)).toEqual(['b', 'c']);
    expect(await ids(30_500, 500)).toEqual(['b', 'c', 'a']);
    expect(await library.evictionPlan(1e12)).toEqual([]); // the browser says nothing
    const full = await rejection(again({ storage: storage(500) }).evictionPlan(30_501));
    expect(full).toMatchObject({ code: 'store/quota', details: { free: 500, removable: 30_000 } });
    expect(full.message).toContain('29.8\u00a0KiB are needed'); // as rows and dialogs say it
  });

  it('believes the disk where the browser makes up how much it gives', async () => {
    const disk = memoryDisk();
    const { library, item, again, url } = await setUp(
      { '/b.onnx': ranged(MODEL.map((b) => b ^ 1)) },
      { disk },
    );
    await library.install(item, CONFIRMED);
    const room = (wanted: number) => Promise.resolve(Math.min(wanted, 20_000));
    const full = again({ storage: storage(10 * 2 ** 30), disk: { ...disk, room } });
    expect(await full.evictionPlan(20_000)).toEqual([]);
    expect((await full.evictionPlan(MODEL.length)).map(({ entry }) => entry.id)).toEqual(['a']);
    const other = itemOf(
      'b',
      `${url}b.onnx`,
      MODEL.map((b) => b ^ 1),
    );
    expect(await rejection(full.install(other, CONFIRMED))).toMatchObject({
      code: 'store/quota',
      details: { bytes: MODEL.length, free: 20_000 },
    });
  });

  it('reports what is kept where', async () => {
    const { library, item } = await setUp({}, { storage: storage(1_000_000) });
    await library.install(item, CONFIRMED);
    expect(await library.storage()).toEqual({
      backend: 'opfs',
      usedBytes: MODEL.length + LABELS.length,
      quotaBytes: 1_001_000,
      persisted: true,
      rowsPersistent: false,
    });
    expect(await library.persist()).toBe(true);
    const { library: bare } = await setUp();
    expect(await bare.storage()).toMatchObject({ quotaBytes: null, persisted: false });
    expect(await bare.persist()).toBe(false);
    const database = { ...memoryDatabase(), persistent: true };
    const { library: lasting } = await setUp({}, { database });
    expect(await lasting.storage()).toMatchObject({ rowsPersistent: true });
  });
});

describe('an installed model whose file is gone', () => {
  const says = (
    library: { state: (id: string) => InstallState },
    missing: boolean | 'labels',
    id = 'a',
  ) =>
    vi.waitFor(() => {
      const expected = missing ? { missing: missing === 'labels' ? missing : 'file' } : {};
      const { model, ...state } = library.state(id) as InstallState & { model: unknown };
      expect(model).toBeDefined();
      expect(state).toEqual({ state: 'installed', ...expected });
    });

  it('says so when its copy was discarded and not fetched again, over a reload too', async () => {
    let isUp = true;
    const { library, setup, again, item } = await setUp({
      '/a.onnx': (...of) => {
        (isUp ? ranged(MODEL) : status(404))(...of);
      },
    });
    const model = await library.install(item, CONFIRMED);
    await says(library, false);
    isUp = false;
    await setup.disk.write('bad', 0, MODEL.slice(1));
    await setup.disk.move('bad', sha256Of(MODEL));
    const error = await rejection(loadVerified(assetOf(model)));
    expect(error.code).toBe('download/http-status');
    await says(library, true);
    await library.touch(sha256Of(MODEL)); // changes the date alone
    await says(library, true);
    const reloaded = again();
    await reloaded.installed();
    await says(reloaded, true);
    isUp = true;
    await loadVerified(assetOf(model));
    await says(reloaded, false);
  });

  it('says so of a file that the browser cleared, until it is added once more', async () => {
    const { library, files, again } = await setUp();
    const entry = declared('own', sha256Of(MODEL), MODEL.length);
    await library.installOwn(new Blob([MODEL]), entry, new Blob([LABELS]));
    await files.discard(sha256Of(MODEL));
    const reloaded = again();
    await reloaded.installed();
    await says(reloaded, true, 'own');
    await reloaded.installOwn(new Blob([MODEL]), entry, new Blob([LABELS]));
    await says(reloaded, false, 'own');
  });

  it('says so of an own model’s labels, which nobody else has, and still takes room then', async () => {
    const { library, files, again } = await setUp();
    const add = (to: typeof library) =>
      to.installOwn(
        new Blob([MODEL]),
        declared('own', sha256Of(MODEL), MODEL.length),
        new Blob([LABELS]),
      );
    const model = await add(library);
    await says(library, false, 'own');
    await files.discard(labelsSha);
    const reloaded = again({ storage: room(0) });
    await reloaded.installed();
    await says(reloaded, 'labels', 'own');
    await loadVerified(assetOf({ ...model, url: null })); // that its file is there changes nothing
    await reloaded.touch(sha256Of(MODEL));
    await says(reloaded, 'labels', 'own');
    expect(await reloaded.evictionPlan(1000)).toHaveLength(1);
    await files.discard(sha256Of(MODEL));
    const both = again({ storage: room(0) });
    await both.installed();
    await says(both, true, 'own');
    expect((await rejection(both.evictionPlan(1000))).code).toBe('store/quota');
    await add(both);
    await says(both, false, 'own');
  });

  it('does not say so of a catalogue model’s labels, which are fetched again', async () => {
    const { library, item, files, again } = await setUp();
    await library.install(item, CONFIRMED);
    await files.discard(labelsSha);
    const reloaded = again();
    await reloaded.installed();
    await says(reloaded, false);
  });

  it('has it again when the same file is added under another name', async () => {
    const { library, files, again } = await setUp();
    const add = (to: typeof library, id: string) =>
      to.installOwn(
        new Blob([MODEL]),
        declared(id, sha256Of(MODEL), MODEL.length),
        new Blob([LABELS]),
      );
    await add(library, 'own');
    await files.discard(sha256Of(MODEL));
    const reloaded = again();
    await reloaded.installed();
    await says(reloaded, true, 'own');
    await add(reloaded, 'b');
    await says(reloaded, false, 'b');
    await says(reloaded, false, 'own');
  });

  it('is not said to be missing while the store does not answer', async () => {
    const { library, item, setup, again } = await setUp();
    await library.install(item, CONFIRMED);
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const size = () => Promise.reject(new AppError('store/failed', 'No.'));
    const reloaded = again({ disk: { ...setup.disk, size } });
    expect(await reloaded.installed()).toHaveLength(1);
    await says(reloaded, false);
    expect(warned).toHaveBeenCalled();
  });
});

describe('files that are gone with the page', () => {
  it('leave no row behind, but their lines in the ledger', async () => {
    const { library, item, again } = await setUp({}, { backend: 'memory' });
    await library.install(item, CONFIRMED);
    expect(await library.installed()).toHaveLength(1);
    const reloaded = again({ backend: 'memory', disk: memoryDisk() });
    expect(await reloaded.installed()).toEqual([]);
    expect(reloaded.state('a').state).toBe('available');
    expect((await reloaded.ledger()).map(({ kind }) => kind)).toEqual(['installed']);
  });

  it('leave no download to go on with', async () => {
    const { go, answer } = held(MODEL, 20_000);
    const { library, item, again } = await setUp({ '/a.onnx': answer });
    const done = library.install(item, CONFIRMED);
    await vi.waitFor(() => {
      expect(library.state('a')).toMatchObject({ state: 'downloading', loadedBytes: 20_000 });
    });
    library.pause('a');
    await rejection(done);
    go.resolve(undefined);
    const kept = again();
    await kept.installed();
    expect(kept.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000 });
    const lost = again({ disk: memoryDisk() });
    await lost.installed();
    expect(lost.state('a').state).toBe('available');
    await lost.install(item, CONFIRMED);
  });
});

describe('rows that are not readable', () => {
  it.each([null, 'text', {}, { entry: null }])(
    'are dropped with a line in the ledger: %j',
    async (row) => {
      vi.spyOn(console, 'warn').mockReturnValue();
      const database = memoryDatabase();
      await database.put('models', 'x', row);
      await database.put('partials', 'y', row);
      const { library, item, kinds } = await setUp({}, { database });
      expect(await library.installed()).toEqual([]);
      expect(await kinds()).toEqual([
        ['discarded', 'store/bad-row'],
        ['discarded', 'store/bad-row'],
      ]);
      await library.install(item, CONFIRMED);
    },
  );

  it('are left alone, with the files they name, when a newer version of the page wrote them', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { library, files, setup, kinds } = await setUp();
    const model = await library.installOwn(
      new Blob([MODEL]),
      declared('own', sha256Of(MODEL), MODEL.length),
      new Blob([LABELS]),
    );
    const { entry, ...rest } = model;
    const newer = { ...rest, version: 4, entry: { ...entry, mood: 'fair' } };
    await setup.database.put('models', 'own', newer);
    await setup.database.put('partials', 'more', { version: 4, files: ['f'.repeat(64)] });
    await files.keep('f'.repeat(64), Uint8Array.of(1));
    expect(await library.installed()).toEqual([]);
    expect(await pruneStore(new Set())).toBe(0);
    expect(await files.list()).toHaveLength(3);
    expect(await setup.database.get('models', 'own')).toEqual(newer);
    expect(await kinds()).toEqual([['installed', null]]);
  });
});
