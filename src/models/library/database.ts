import { openDB, type IDBPDatabase } from 'idb';
import { storeError } from '../store/errors.ts';

/**
 * The tables. `models` by id; `partials` by id: what is being installed; `ledger` by sequence number; `revoked` by
 * SHA-256; `counters` by name; `ledger-ends`: where the ledger begins and ends.
 */
export const TABLES = [
  'models',
  'partials',
  'ledger',
  'ledger-ends',
  'revoked',
  'counters',
] as const;
export type Table = (typeof TABLES)[number];

export type Key = string | number;

/**
 * Rows of plain data by key. What comes out may be anything (an older version, a person with developer tools) and is
 * parsed by whoever reads it. Each call is atomic by itself.
 * @throws AppError `store/quota`, `store/failed`.
 */
export interface Database {
  /** False when the rows are gone with the page. */
  readonly persistent: boolean;
  readonly get: (table: Table, key: Key) => Promise<unknown>;
  /** In the order of the keys. */
  readonly entries: (table: Table) => Promise<readonly (readonly [Key, unknown])[]>;
  /** The key and row of the largest key; null when the table is empty. */
  readonly last: (table: Table) => Promise<readonly [Key, unknown] | null>;
  readonly put: (table: Table, key: Key, row: unknown) => Promise<void>;
  readonly delete: (table: Table, key: Key) => Promise<void>;
}

const NAME = 'gluon-lens-library';
const VERSION = 1;

/** IndexedDB; where it is denied or missing, a database in memory. */
export async function openDatabase(): Promise<Database> {
  if (!('indexedDB' in globalThis)) return memoryDatabase();
  try {
    return indexedDatabase(
      await openDB(NAME, VERSION, {
        upgrade: (db) => {
          for (const table of TABLES) {
            if (!db.objectStoreNames.contains(table)) db.createObjectStore(table);
          }
        },
      }),
    );
  } catch (denied) {
    console.warn('The database is not available; installed models are forgotten.', denied);
    return memoryDatabase();
  }
}

function indexedDatabase(db: IDBPDatabase): Database {
  // A newer version of the app in another tab must not wait for this one.
  db.addEventListener('versionchange', () => {
    db.close();
  });
  return {
    persistent: true,
    get: (table, key) => guarded(() => db.get(table, key) as Promise<unknown>),
    entries: (table) =>
      guarded(async () => {
        const store = db.transaction(table).store;
        const [keys, rows] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return keys.map((key, index) => [asKey(key), rows[index] as unknown] as const);
      }),
    last: (table) =>
      guarded(async () => {
        const cursor = await db.transaction(table).store.openCursor(null, 'prev');
        return cursor ? ([asKey(cursor.key), cursor.value as unknown] as const) : null;
      }),
    put: (table, key, row) =>
      guarded(async () => {
        await db.put(table, row, key);
      }),
    delete: (table, key) => guarded(() => db.delete(table, key)),
  };
}

/** Keys are written by this file only, as strings or numbers. */
function asKey(key: IDBValidKey): Key {
  return typeof key === 'number' || typeof key === 'string' ? key : '';
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storeError(thrown);
  }
}

/**
 * The same database for a page whose files are gone with it: what tells of files is too. Another visit, or another
 * tab, must not take for installed what it does not have.
 */
export function withoutFileRows(database: Database): Database {
  const memory = memoryDatabase();
  const of = (table: Table) => (table === 'models' || table === 'partials' ? memory : database);
  return {
    persistent: database.persistent,
    get: (table, key) => of(table).get(table, key),
    entries: (table) => of(table).entries(table),
    last: (table) => of(table).last(table),
    put: (table, key, row) => of(table).put(table, key, row),
    delete: (table, key) => of(table).delete(table, key),
  };
}

/** A database in memory, which copies rows as IndexedDB does. */
export function memoryDatabase(): Database {
  const tables = new Map<Table, Map<Key, unknown>>(TABLES.map((table) => [table, new Map()]));
  const rowsOf = (table: Table) => tables.get(table) ?? new Map<Key, unknown>();
  const sorted = (table: Table) =>
    [...rowsOf(table)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, row]) => [key, structuredClone(row)] as const);
  return {
    persistent: false,
    get: (table, key) => Promise.resolve(structuredClone(rowsOf(table).get(key))),
    entries: (table) => Promise.resolve(sorted(table)),
    last: (table) => Promise.resolve(sorted(table).at(-1) ?? null),
    put: (table, key, row) => {
      rowsOf(table).set(key, structuredClone(row));
      return Promise.resolve();
    },
    delete: (table, key) => {
      rowsOf(table).delete(key);
      return Promise.resolve();
    },
  };
}
