import * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import type { Sequences } from '../../core/manifest/freshness.ts';
import type { Locks } from '../store/locks.ts';
import type { Database } from './database.ts';

const counterSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * A number that only ever grows, kept on the device; 0 when it was never set.
 * @throws AppError `store/bad-counter` when what is kept is no number: whoever relies on it must not start anew.
 */
export async function getCounter(database: Database, name: string): Promise<number> {
  const row = await database.get('counters', name);
  if (row === undefined) return 0;
  const parsed = v.safeParse(counterSchema, row);
  if (parsed.success) return parsed.output;
  throw new AppError(
    'store/bad-counter',
    `What this device remembers of ${name} is not readable. Clear this site's data in the browser to begin anew.`,
    { details: { name } },
  );
}

/** Raises a counter; a lower number than the one kept changes nothing. @returns the number that is kept now. */
export function setCounter(
  database: Database,
  locks: Locks,
  name: string,
  value: number,
): Promise<number> {
  return locks.run('counters', 'exclusive', async () => {
    const kept = await getCounter(database, name);
    if (value <= kept) return kept;
    await database.put('counters', name, value);
    return value;
  });
}

/** The highest numbers seen of signed manifests, kept across visits. */
export function storedSequences(database: Promise<Database>, locks: Locks): Sequences {
  const nameOf = (keyId: string, url: string) => `manifest ${keyId} ${url}`;
  return {
    highest: async (keyId, url) => getCounter(await database, nameOf(keyId, url)),
    record: async (keyId, url, sequence) => {
      await setCounter(await database, locks, nameOf(keyId, url), sequence);
    },
  };
}
