import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { disconnectStore } from '../store.ts';
import { LABELS, itemOf, openLibrary } from '../testing/library-fakes.ts';
import { Machine, seeded } from '../testing/machine.ts';
import { chunksOf, sha256Of } from '../testing/transfer-fakes.ts';
import { Ledger } from './ledger.ts';
import { pageLocks } from '../store/locks.ts';
import type { Claim } from './types.ts';

const RUNS = 1_000;
const PAGE = 'https://page.test/';

/** A network in memory whose connections break and whose bytes flip as told. */
function fakeNetwork(body: Uint8Array) {
  const network = { breakAfter: Infinity, flipAt: null as number | null, served: 0 };
  const answer = (url: string, init: RequestInit): Response => {
    if (url.endsWith('labels.txt')) return new Response(LABELS);
    const from = Number(
      /^bytes=(\d+)-/.exec(new Headers(init.headers).get('range') ?? '')?.[1] ?? 0,
    );
    const to =
      Number(/-(\d+)$/.exec(new Headers(init.headers).get('range') ?? '')?.[1] ?? body.length - 1) +
      1;
    const part = body.slice(from, to);
    const flip = network.flipAt;
    if (flip !== null && flip >= from && flip < to) {
      part[flip - from] = (part[flip - from] ?? 0) ^ 0x10;
      network.flipAt = null;
    }
    const end = Math.min(part.length, network.breakAfter);
    network.breakAfter = Infinity;
    network.served += end;
    let at = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          if (at < end) controller.enqueue(part.subarray(at, (at = Math.min(end, at + 1500))));
          else if (end < part.length) controller.error(new TypeError('network error'));
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, {
      status: 206,
      headers: {
        etag: '"one"',
        'content-length': String(part.length),
        'content-range': `bytes ${String(from)}-${String(to - 1)}/${String(body.length)}`,
      },
    });
  };
  return {
    network,
    fetch: (url: string, init: RequestInit = {}) => Promise.resolve(answer(url, init)),
  };
}

/** Whether every verified file is what its name says; the names of those that are not. */
async function wrongFiles(machine: Machine): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name } of await machine.disk.list('verified')) {
    const bytes = await machine.disk.read('verified', name);
    if (!bytes || sha256Of(bytes) !== name) wrong.push(name);
  }
  return wrong;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  disconnectStore();
});

describe(`${String(RUNS)} installs that are interrupted at random`, () => {
  it('lose nothing and never accept a wrong byte', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(console, 'warn').mockReturnValue();
    const tally = { breaks: 0, crashes: 0, flips: 0, resumed: 0 };
    for (let run = 0; run < RUNS; run += 1) await interrupted(run, tally);
    // The simulation does what it is for.
    expect(tally.crashes).toBeGreaterThan(RUNS / 2);
    expect(tally.breaks).toBeGreaterThan(RUNS / 3);
    expect(tally.flips).toBeGreaterThan(RUNS / 10);
    expect(tally.resumed).toBeGreaterThan(RUNS / 10);
  }, 240_000);
});

/** One model that is there already, and one whose install is interrupted up to five times and then let be. */
async function interrupted(
  run: number,
  tally: { breaks: number; crashes: number; flips: number; resumed: number },
): Promise<void> {
  const random = seeded(run);
  const machine = new Machine();
  const body = Uint8Array.from({ length: 20_000 + run }, () => Math.floor(random() * 256));
  const old = Uint8Array.of(1, 2, 3, run % 256);
  const claims: readonly Claim[] = [
    { kind: 'sha256', sha256: sha256Of(body), chunks: null },
    { kind: 'sha256', sha256: sha256Of(body), chunks: chunksOf(body, 4096) },
    { kind: 'sha1-prefix', prefix: createHash('sha1').update(body).digest('hex').slice(0, 8) },
  ];
  const claim = claims[run % claims.length];
  if (!claim) return;
  const item = itemOf('new', `${PAGE}new.onnx`, body, {
    claim,
    grade: 'C',
    bytes: random() < 0.5 ? body.length : null,
  });

  const before = fakeNetwork(old);
  vi.stubGlobal('fetch', before.fetch);
  const first = openLibrary({ ...machine.boot(), pageUrl: PAGE, net: { fetch: before.fetch } });
  await first.library.install(itemOf('old', `${PAGE}old.onnx`, old), { confirmed: true });
  first.library.close();

  const { network, fetch } = fakeNetwork(body);
  vi.stubGlobal('fetch', fetch);
  const tries = 1 + Math.floor(random() * 5);
  let flipped = false;
  let everKept = 0;
  const { put } = machine.database;
  Object.assign(machine.database, {
    put: (...[table, key, row]: Parameters<typeof put>) => {
      if (table === 'partials') everKept = Math.max(everKept, receivedOf(row));
      return put(table, key, row);
    },
  });
  for (let attempt = 0; attempt <= tries; attempt += 1) {
    const isLast = attempt === tries;
    const crashAt = isLast || random() < 0.2 ? Infinity : 1 + Math.floor(random() * 75);
    network.breakAfter = isLast || random() < 0.4 ? Infinity : Math.floor(random() * body.length);
    network.flipAt = isLast || random() < 0.8 ? null : Math.floor(random() * body.length);
    flipped ||= network.flipAt !== null;
    if (network.breakAfter < Infinity) tally.breaks += 1;
    if (network.flipAt !== null) tally.flips += 1;
    const booted = machine.boot(crashAt, random);
    const { library } = openLibrary({ ...booted, pageUrl: PAGE, net: { fetch, random } });
    const keptSoFar = everKept;
    network.served = 0;
    const [outcome] = await Promise.allSettled([library.install(item, { confirmed: true })]);
    library.close();
    if (booted.page.isDead) tally.crashes += 1;
    if (keptSoFar > 0) tally.resumed += 1;

    const where = `run ${String(run)}, try ${String(attempt)}`;
    expect(await wrongFiles(machine), where).toEqual([]);
    const installed = await installedIds(machine);
    expect(installed, where).toContain('old');
    if (installed.includes('new')) {
      const kept = await machine.disk.read('verified', sha256Of(body));
      expect(kept && Buffer.compare(kept, body), where).toBe(0);
    }
    if (!isLast) continue;
    // Nothing disturbs the last try, so it ends, also where a flipped byte had spoilt what was kept.
    expect(outcome, where).toMatchObject({ status: 'fulfilled' });
    // Not a byte that was kept is fetched again.
    if (!flipped) expect(network.served, where).toBeLessThanOrEqual(body.length - keptSoFar);
    expect(installed.toSorted(), where).toEqual(['new', 'old']);
    expect(await machine.database.entries('partials'), where).toEqual([]);
    expect(await new Ledger(machine.database, pageLocks()).verify(), where).toEqual({
      intact: true,
    });
    await sweptClean(machine);
  }
}

async function installedIds(machine: Machine): Promise<string[]> {
  return (await machine.database.entries('models')).map(([id]) => String(id));
}

/** Bytes that a row of an install under way notes as received. */
function receivedOf(row: unknown): number {
  return row === undefined ? 0 : (row as { receivedBytes: number }).receivedBytes;
}

/** The next visit leaves nothing of the interruptions. */
async function sweptClean(machine: Machine): Promise<void> {
  const { library } = openLibrary({ ...machine.boot(), pageUrl: PAGE });
  await library.installed();
  library.close();
  expect(await machine.disk.list('partial')).toEqual([]);
}
