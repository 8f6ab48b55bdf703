import { describe, expect, it } from 'vitest';
import { pageLocks } from '../store/locks.ts';
import { rejection } from '../testing/rejection.ts';
import { getCounter, setCounter, storedSequences } from './counters.ts';
import { memoryDatabase } from './database.ts';

describe('a counter', () => {
  it('begins at 0 and never goes down, whoever sets it', async () => {
    const database = memoryDatabase();
    const locks = pageLocks();
    expect(await getCounter(database, 'n')).toBe(0);
    await Promise.all([3, 9, 1, 7].map((value) => setCounter(database, locks, 'n', value)));
    expect(await getCounter(database, 'n')).toBe(9);
    expect(await setCounter(database, locks, 'n', 4)).toBe(9);
    expect(await getCounter(database, 'other')).toBe(0);
  });

  it.each([-1, 1.5, Number.NaN, '9', null, {}])('refuses %j on the device', async (row) => {
    const database = memoryDatabase();
    await database.put('counters', 'n', row);
    expect((await rejection(getCounter(database, 'n'))).code).toBe('store/bad-counter');
    expect((await rejection(setCounter(database, pageLocks(), 'n', 5))).code).toBe(
      'store/bad-counter',
    );
  });

  it('keeps the numbers of signed manifests, each by itself', async () => {
    const sequences = storedSequences(Promise.resolve(memoryDatabase()), pageLocks());
    await sequences.record('key', 'https://host.test/m.json', 5);
    await sequences.record('key', 'https://host.test/m.json', 3);
    expect(await sequences.highest('key', 'https://host.test/m.json')).toBe(5);
    expect(await sequences.highest('key', 'https://host.test/other.json')).toBe(0);
    expect(await sequences.highest('other', 'https://host.test/m.json')).toBe(0);
  });
});
