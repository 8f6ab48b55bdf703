import { describe, expect, it, vi } from 'vitest';
import { AppError, asAppError } from '../../core/errors.ts';
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
import { bytes, inTurn, loopback, type Answer } from '../testing/loopback.ts';
import { ranged } from '../testing/range-server.ts';
import { rejection } from '../testing/rejection.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { alone } from './alone.ts';
import { memoryDatabase } from './database.ts';
import type { LibraryDependencies } from './parts.ts';
import type { Grade } from '../../core/integrity/provenance.ts';

const MODEL = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 13) % 251);
const ELSEWHERE = 'https://elsewhere.test';
const CONFIRMED = { confirmed: true } as const;
const offline = () => Promise.reject(new TypeError('Failed to fetch'));

async function setUp({
  model = ranged(MODEL),
  ...changes
}: Partial<Setup> & { readonly model?: Answer } = {}) {
  const { url } = await loopback({
    '/a.onnx': model,
    '/labels/a/labels.txt': bytes(LABELS),
  });
  const { library, files } = openLibrary({
    disk: memoryDisk(),
    database: memoryDatabase(),
    pageUrl: url,
    rules: { hosts: [ELSEWHERE] },
    ...changes,
  });
  closeAtEnd(library);
  return { library, files, item: itemOf('a', `${url}a.onnx`, MODEL) };
}

describe('a download that another host’s silence ends', () => {
  const fails = { fetch: offline };

  it('is paused, and each refusal has its line, with the address that was refused', async () => {
    const { library } = await setUp({ net: fails });
    const item = itemOf('a', `${ELSEWHERE}/a.onnx`, MODEL);
    const lines: object[] = [];
    while (lines.length < 2) {
      const error = await rejection(library.install(item, CONFIRMED));
      expect(error.code).toBe('download/blocked');
      expect(library.state('a')).toMatchObject({ state: 'paused', error });
      lines.push({ kind: 'refused', model: 'a', from: item.url, code: error.code, sha256: null });
      expect(await library.ledger()).toMatchObject(lines);
    }
  });

  it('has no line where the network or the person ended it', async () => {
    const { library, item } = await setUp({ net: { ...fails, isOffline: () => true } });
    expect((await rejection(library.install(item, CONFIRMED))).code).toBe('download/offline');
    const work = library.install(item, CONFIRMED);
    library.pause('a');
    await rejection(work);
    expect(await library.ledger()).toEqual([]);
  });
});

it.each([
  ['a login page', '<!doctype html><title>Sign in</title>', 'download/html'],
  ['nothing', '', 'download/empty'],
])(
  '%s in place of the file pauses it, with a line, and the next try brings the rest',
  async (_what, sent, code) => {
    const model = inTurn(ranged(MODEL, { dropAfter: () => 20_000 }), bytes(sent), ranged(MODEL));
    const { library, item } = await setUp({ model });
    const error = await rejection(library.install(item, CONFIRMED));
    expect(error.code).toBe(code);
    expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: 20_000, error });
    await library.install(item, CONFIRMED);
    expect(await library.ledger()).toMatchObject([
      { kind: 'refused', code, from: item.url },
      { kind: 'installed' },
    ]);
  },
);

it('a configuration that cannot be read refuses nothing, and is read once for an install', async () => {
  const unread = new AppError('manifest/not-json', 'config.json is not JSON.', { retryable: true });
  const rules = vi.fn<LibraryDependencies['rules']>().mockRejectedValue(unread);
  const once = () => rules.mockResolvedValueOnce({ hosts: [], policy: 'standard' });
  const model = inTurn(ranged(MODEL, { dropAfter: () => 20_000 }), bytes(''), ranged(MODEL));
  const { library, item } = await setUp({ model, rules });
  once();
  expect((await rejection(library.install(item, CONFIRMED))).code).toBe('download/empty');
  expect(await rejection(library.install(item, CONFIRMED))).toBe(unread);
  const paused = { state: 'paused', loadedBytes: 20_000, error: unread };
  expect(library.state('a')).toMatchObject(paused);
  once();
  await library.install(item, CONFIRMED);
  const lines = (await library.ledger()).map(({ code }) => code);
  expect(lines).toEqual(['download/empty', null]);
});

it('a login page of no type leaves neither its size nor its version, also after a reload', async () => {
  const login = '<!doctype html><title>Sign in</title>';
  const device = { database: memoryDatabase(), disk: memoryDisk() };
  const { library, item } = await setUp({ ...device, model: bytes(login) });
  const unsized = { ...item, bytes: null };
  await rejection(library.install(unsized, CONFIRMED));
  expect(library.state('a')).toMatchObject({ state: 'paused', loadedBytes: 0, totalBytes: null });
  const again = await setUp(device);
  await again.library.installed();
  expect(again.library.state('a')).toMatchObject({ loadedBytes: 0, totalBytes: null });
});

it.each([
  ['A', false],
  ['B', false],
  ['C', true],
  ['D', true],
] as const)(
  'the line of an installed model says whether the person agreed: grade %s, %s',
  async (grade: Grade, consent) => {
    const { library, item } = await setUp();
    await library.install({ ...item, grade }, CONFIRMED);
    const [line] = await library.ledger();
    expect(line).toMatchObject({ kind: 'installed', grade });
    expect(line?.consent).toBe(consent ? true : undefined);
    expect(await library.verifyLedger()).toEqual({ intact: true });
    expect((await library.exportLedger()).includes('consent')).toBe(consent);
  },
);

describe('what is forgotten goes before another tab may begin', () => {
  /** A library, and whether another tab would have been told that this one is busy, whenever a row was deleted. */
  async function watched(changes: Parameters<typeof setUp>[0] = {}) {
    const database = memoryDatabase();
    const locks = pageLocks();
    const busy: boolean[] = [];
    const { delete: remove } = database;
    Object.assign(database, {
      delete: async (...at: Parameters<typeof remove>) => {
        const other = alone(locks, 'a', () => Promise.resolve('free'));
        busy.push((await other.catch(asAppError)) !== 'free');
        return remove(...at);
      },
    });
    return { ...(await setUp({ database, locks, ...changes })), database, busy };
  }

  it('of a refused download', async () => {
    const { library, item, database, busy } = await watched();
    const refused = rejection(library.install({ ...item, bytes: 49_999 }, CONFIRMED));
    expect((await refused).code).toBe('integrity/length-mismatch');
    expect(await database.entries('partials')).toEqual([]);
    expect(busy).toEqual([true]);
  });

  it('of a file of the person’s own that cannot be kept', async () => {
    const disk = memoryDisk();
    const full = new AppError('store/quota', 'There is no room.', { retryable: true });
    const { library, database, busy, files } = await watched({
      disk: {
        ...disk,
        move: (_, to) => (to === sha256Of(MODEL) ? Promise.reject(full) : disk.move(_, to)),
      },
    });
    const own = declared('a', sha256Of(MODEL), MODEL.length);
    const kept = library.installOwn(new Blob([MODEL]), own, new Blob([LABELS]));
    expect((await rejection(kept)).code).toBe('store/quota');
    expect(await database.entries('partials')).toEqual([]);
    expect(await files.list(), 'nor its labels').toEqual([]);
    expect(busy).toEqual([true]);
  });
});

it('an own file of which the configuration says nothing, as it cannot be read, is not refused', async () => {
  const unread = new AppError('manifest/not-json', 'config.json is not JSON.', { retryable: true });
  const { library } = await setUp({ rules: () => Promise.reject(unread) });
  const own = declared('a', sha256Of(MODEL), MODEL.length);
  const kept = library.installOwn(new Blob([MODEL]), own, new Blob([LABELS]));
  expect(await rejection(kept)).toBe(unread);
  expect(await library.ledger()).toEqual([]);
});

describe('a file of the person’s own', () => {
  it('takes no name of a download, which is paused as before', async () => {
    const database = memoryDatabase();
    const { library, item } = await setUp({
      database,
      net: { isOffline: () => true, fetch: offline },
    });
    await rejection(library.install(item, CONFIRMED));
    const before = await database.entries('partials');
    expect(before).toHaveLength(1);
    const own = declared('a', sha256Of(MODEL), MODEL.length);
    const error = await rejection(library.installOwn(new Blob([MODEL]), own, new Blob([LABELS])));
    expect(error.message).toContain('is being downloaded');
    expect(error.code).toBe('store/id-taken');
    expect(await database.entries('partials')).toEqual(before);
  });

  it('has a line when it is refused for its name or its size', async () => {
    const { library, item, files } = await setUp();
    await library.install(item, CONFIRMED);
    const own = declared('a', sha256Of(MODEL), MODEL.length);
    const taken = library.installOwn(new Blob([MODEL]), own, new Blob([LABELS]));
    expect((await rejection(taken)).code).toBe('store/id-taken');
    expect(await files.has(sha256Of(MODEL))).toBe(true);
    const huge = Object.defineProperty(new File([MODEL], 'huge.onnx'), 'size', { value: 1e12 });
    expect((await rejection(library.inspect(huge))).code).toBe('gate/too-large');
    expect((await library.ledger()).slice(1)).toMatchObject([
      { kind: 'refused', model: 'a', from: 'own file', grade: 'E', code: 'store/id-taken' },
      { kind: 'refused', model: 'huge.onnx', from: 'own file', code: 'gate/too-large' },
    ]);
  });
});
