import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageLocks } from '../store/locks.ts';
import { changed, pathsOf } from '../testing/change.ts';
import { memoryDatabase, type Database } from './database.ts';
import { Ledger, type LedgerNote } from './ledger.ts';
import type { LedgerEvent } from './types.ts';

const note = (model: string): LedgerNote => ({
  kind: 'installed',
  model,
  sha256: 'a'.repeat(64),
  bytes: 5,
  from: 'https://host.test/m.onnx',
  vouchedBy: 'a test',
  grade: 'B',
  code: null,
});

/** A ledger of so many lines. */
async function ledgerOf(lines: number, capacity = 100) {
  const database = memoryDatabase();
  const ledger = new Ledger(database, pageLocks(), () => new Date(0), capacity);
  for (let index = 1; index <= lines; index += 1) await ledger.append(note(`m${String(index)}`));
  return { database, ledger };
}

const rowOf = async (database: Database, sequence: number) =>
  (await database.get('ledger', sequence)) as LedgerEvent;

describe('the ledger', () => {
  it('numbers its lines and ties each to the one before', async () => {
    const { ledger } = await ledgerOf(3);
    const lines = await ledger.lines();
    expect(lines.map(({ sequence, model }) => [sequence, model])).toEqual([
      [1, 'm1'],
      [2, 'm2'],
      [3, 'm3'],
    ]);
    expect(lines[0]?.previous).toBe('0'.repeat(64));
    expect(lines[1]?.previous).toBe(lines[0]?.hash);
    expect(lines[0]?.at).toBe('1970-01-01T00:00:00.000Z');
    expect(await ledger.verify()).toEqual({ intact: true });
    expect(await (await ledgerOf(0)).ledger.verify()).toEqual({ intact: true });
  });

  it('notices any change of any field of any line', async () => {
    const { database, ledger } = await ledgerOf(3);
    const fields = pathsOf(await rowOf(database, 2));
    expect(fields).toHaveLength(12);
    for (const sequence of [1, 2, 3]) {
      const row = await rowOf(database, sequence);
      for (const field of fields) {
        const value = (row as unknown as Record<string, unknown>)[field];
        const other =
          typeof value === 'number' ? value + 1 : field === 'kind' ? 'removed' : 'b'.repeat(64);
        await database.put('ledger', sequence, changed(row, field, other));
        expect(await ledger.verify(), `${String(sequence)} ${field}`).toMatchObject({
          intact: false,
          sequence,
        });
      }
      await database.put('ledger', sequence, row);
    }
    expect(await ledger.verify()).toEqual({ intact: true });
  });

  it('notices a consent that was put in or taken out', async () => {
    const { database, ledger } = await ledgerOf(1);
    await ledger.append({ ...note('m2'), consent: true });
    expect(await ledger.verify()).toEqual({ intact: true });
    const [plain, agreed] = [await rowOf(database, 1), await rowOf(database, 2)];
    await database.put('ledger', 1, { ...plain, consent: true });
    expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 1 });
    await database.put('ledger', 1, plain);
    const { consent, ...without } = agreed;
    expect(consent).toBe(true);
    await database.put('ledger', 2, without);
    expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 2 });
  });

  it('notices a line that is missing, at any place, the last ones too', async () => {
    for (const sequence of [1, 2, 3]) {
      const { database, ledger } = await ledgerOf(3);
      await database.delete('ledger', sequence);
      expect(await ledger.verify()).toMatchObject({ intact: false, sequence });
    }
    const { database, ledger } = await ledgerOf(3);
    for (const sequence of [1, 2, 3]) await database.delete('ledger', sequence);
    expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 1 });
    await ledger.append(note('later')); // must not close the gap
    expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 1 });
  });

  it('notices lines that changed places, also with their numbers put right', async () => {
    const { database, ledger } = await ledgerOf(3);
    const [second, third] = [await rowOf(database, 2), await rowOf(database, 3)];
    await database.put('ledger', 2, { ...third, sequence: 2 });
    await database.put('ledger', 3, { ...second, sequence: 3 });
    expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 2 });
  });

  it('notices a newest line that was made anew with a hash that fits', async () => {
    const { database, ledger } = await ledgerOf(2);
    const other = await ledgerOf(1);
    await other.ledger.append(note('forged'));
    await database.put('ledger', 2, await rowOf(other.database, 2));
    expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 2 });
  });

  it.each([null, 'text', 7, {}, []])(
    'lives with %j in the place of a line, and says so',
    async (junk) => {
      const { database, ledger } = await ledgerOf(3);
      await database.put('ledger', 3, junk);
      await ledger.append(note('after'));
      expect((await ledger.lines()).map(({ model }) => model)).toEqual(['m1', 'm2', 'after']);
      expect(await ledger.verify()).toMatchObject({ intact: false, sequence: 3 });
    },
  );

  it('goes on where an append was cut off between its two writes', async () => {
    const { database, ledger } = await ledgerOf(3);
    const { sequence, hash } = await rowOf(database, 2);
    await database.put('ledger-ends', 'head', { sequence, hash });
    expect(await ledger.verify()).toEqual({ intact: true });
    await ledger.append(note('m4'));
    expect(await ledger.verify()).toEqual({ intact: true });
    expect(await ledger.lines()).toHaveLength(4);
  });

  it('drops the oldest quarter when it is full, and still holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (lines) => {
        const { ledger } = await ledgerOf(lines, 12);
        const kept = await ledger.lines();
        expect(kept.length).toBeLessThanOrEqual(12);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(lines, 9));
        expect(kept.at(-1)?.sequence).toBe(lines);
        expect(await ledger.verify()).toEqual({ intact: true });
      }),
      { numRuns: 20 },
    );
  });

  it('holds when a rotation was cut off after the anchor was set', async () => {
    const { database, ledger } = await ledgerOf(5);
    const { sequence, hash } = await rowOf(database, 2);
    await database.put('ledger-ends', 'anchor', { sequence, hash });
    expect(await ledger.verify()).toEqual({ intact: true });
    expect((await ledger.lines())[0]?.sequence).toBe(3);
    await ledger.append(note('m6'));
    expect(await ledger.verify()).toEqual({ intact: true });
  });

  it('is written by two tabs at once without a line lost', async () => {
    const database = memoryDatabase();
    const locks = pageLocks();
    const [one, two] = [new Ledger(database, locks), new Ledger(database, locks)];
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).append(note(`m${String(index)}`)),
      ),
    );
    expect(await one.lines()).toHaveLength(40);
    expect(await two.verify()).toEqual({ intact: true });
  });

  interface Exported {
    anchor: { sequence: number; hash: string };
    head: { sequence: number; hash: string };
    lines: (LedgerEvent | null)[];
  }

  /** Checks an exported ledger as docs/automation.md says, with nothing of the project's own. */
  function holds({ anchor, head, lines }: Exported): boolean {
    let before = anchor;
    for (const line of lines) {
      if (line === null) return false;
      const { hash, ...rest } = line;
      const text = JSON.stringify(Object.fromEntries(Object.entries(rest).sort()));
      const right = createHash('sha256').update(text).digest('hex') === hash;
      if (!right || line.previous !== before.hash || line.sequence !== before.sequence + 1)
        return false;
      before = line;
    }
    return before.sequence === head.sequence && before.hash === head.hash;
  }

  it('is exported so that others can check it', async () => {
    const { ledger } = await ledgerOf(14, 12);
    const exported = JSON.parse(await ledger.exportJson()) as Exported;
    expect(exported.lines).toEqual(await ledger.lines());
    expect(exported.anchor.sequence).toBeGreaterThan(0);
    expect(holds(exported)).toBe(true);
    expect(holds({ ...exported, lines: exported.lines.slice(0, -1) }), 'newest line').toBe(false);
    expect(holds({ ...exported, lines: exported.lines.slice(1) }), 'oldest line').toBe(false);
  });

  it('is exported with null for a line that cannot be read', async () => {
    const { ledger, database } = await ledgerOf(3, 12);
    await database.put('ledger', 2, { sequence: 2, odd: true });
    const exported = JSON.parse(await ledger.exportJson()) as Exported;
    expect(exported.lines.map((line) => line?.sequence ?? null)).toEqual([1, null, 3]);
    expect(holds(exported)).toBe(false);
  });
});
