import * as v from 'valibot';
import { GRADES } from '../../core/integrity/provenance.ts';
import { parseEntry } from '../manifest.ts';
import type { Database, Table } from './database.ts';
import type { InstalledModel } from './types.ts';

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const timeSchema = v.pipe(v.string(), v.isoTimestamp());

/**
 * The version of the rows that this page knows; those that are as they were in version 1 carry none. A page that
 * changes the shape of a row, or of the entry in it, writes a higher one into it as `version`, so that an older page,
 * in a tab that stayed open or after an update was taken back, leaves alone what it does not understand.
 */
const ROW_VERSION = 3;

const newerSchema = v.looseObject({ version: v.pipe(v.number(), v.gtValue(ROW_VERSION)) });

const modelSchema = v.strictObject({
  entry: v.unknown(),
  grade: v.picklist(GRADES),
  provider: v.picklist(['catalogue', 'own-file']),
  url: v.nullable(v.pipe(v.string(), v.url())),
  vouchedBy: v.string(),
  installedAt: timeSchema,
  usedAt: timeSchema,
});

const partialSchema = v.strictObject({
  id: v.string(),
  /** Name of the partial file. */
  key: v.string(),
  /** Null for a file of the person's own. */
  url: v.nullable(v.string()),
  receivedBytes: countSchema,
  totalBytes: v.nullable(countSchema),
  validator: v.nullable(
    v.strictObject({ etag: v.nullable(v.string()), lastModified: v.nullable(v.string()) }),
  ),
  /** The model's file, once it passed everything and is about to be made a verified one. */
  sha256: v.nullable(sha256Schema),
  /** Files that are about to be kept for it: named before they are there, so that nothing prunes them. */
  digests: v.array(sha256Schema),
  /**
   * Version 3. The policy asked about this file from this address, and the person agreed to evidence of this grade. In
   * version 2 nobody noted to which: it counts for the best one, about which nobody is asked.
   */
  consent: v.exactOptional(
    v.union([
      v.picklist(GRADES),
      v.pipe(
        v.literal(true),
        v.transform(() => GRADES[0]),
      ),
    ]),
  ),
  /** Version 2. It stopped for want of a network, and goes on by itself. */
  stranded: v.exactOptional(v.literal(true)),
  version: v.exactOptional(v.picklist([2, ROW_VERSION])),
});

/** An install that has not ended. */
export type PartialRecord = v.InferOutput<typeof partialSchema>;

/** A withdrawn file. Older rows are the time alone. */
const revokedSchema = v.strictObject({ at: timeSchema, models: v.array(v.string()) });

/** Told when a row could not be read and was dropped. */
type OnDropped = (table: Table, key: string) => Promise<void>;

/**
 * The library's rows, parsed whenever they are read: what is not readable is dropped and reported, but for what a
 * newer page wrote.
 */
export class Records {
  readonly #database: Database;
  readonly #onDropped: OnDropped;

  constructor(database: Database, onDropped: OnDropped) {
    this.#database = database;
    this.#onDropped = onDropped;
  }

  /** Newest first. */
  async models(): Promise<readonly InstalledModel[]> {
    const models = await this.#all('models', readModel);
    return models.sort((a, b) => b.installedAt.localeCompare(a.installedAt));
  }

  async model(id: string): Promise<InstalledModel | null> {
    return (await this.models()).find(({ entry }) => entry.id === id) ?? null;
  }

  async putModel(model: InstalledModel): Promise<void> {
    await this.#database.put('models', model.entry.id, model);
  }

  async deleteModel(id: string): Promise<void> {
    await this.#database.delete('models', id);
  }

  partials(): Promise<readonly PartialRecord[]> {
    return this.#all('partials', readPartial);
  }

  /** Names of the partial files of installs that have not ended; of a newer page's rows, all names in them. */
  async partialKeys(): Promise<ReadonlySet<string>> {
    const partials = await this.partials();
    const newer = await this.#namesInNewer('partials', /\bdownload-[0-9a-f]{64}\b/g);
    return new Set([...partials.map(({ key }) => key), ...newer]);
  }

  async partial(id: string): Promise<PartialRecord | null> {
    return (await this.partials()).find((partial) => partial.id === id) ?? null;
  }

  async putPartial(partial: PartialRecord): Promise<void> {
    const { version: _its, ...row } = partial;
    // The lowest, so that an older page may go on with what it understands.
    const version = row.consent ? ROW_VERSION : row.stranded ? 2 : undefined;
    await this.#database.put('partials', row.id, version ? { ...row, version } : row);
  }

  /** Notes whether an install goes on by itself when there is a network. The caller holds its lock. */
  async setStranded(id: string, stranded: boolean): Promise<void> {
    const partial = await this.partial(id);
    if (!partial || (partial.stranded ?? false) === stranded) return;
    const { stranded: _before, ...rest } = partial;
    await this.putPartial(stranded ? { ...rest, stranded } : rest);
  }

  async deletePartial(id: string): Promise<void> {
    await this.#database.delete('partials', id);
  }

  /** Digests that installed models need, or that an install is about to keep; of a newer page's rows, all in them. */
  async named(): Promise<ReadonlySet<string>> {
    // In this order: an install's row is written before its partial is deleted.
    const partials = await this.partials();
    const models = await this.models();
    return new Set([
      ...models.flatMap(({ entry }) => [entry.sha256, entry.labels.sha256]),
      ...partials.flatMap(({ digests }) => digests),
      ...(await this.#namesInNewer('partials', /\b[0-9a-f]{64}\b/g)),
      ...(await this.#namesInNewer('models', /\b[0-9a-f]{64}\b/g)),
    ]);
  }

  /**
   * Refuses a digest from now on.
   * @param model the id that was found to have it: where no digest is published, nothing else tells them apart.
   */
  async revoke(sha256: string, at: string, model: string | null = null): Promise<void> {
    const before = readRevoked(await this.#database.get('revoked', sha256));
    const models = new Set([...before.models, ...(model === null ? [] : [model])]);
    await this.#database.put('revoked', sha256, { at: before.at ?? at, models: [...models] });
  }

  /** The withdrawn digests, each with the ids of the models that were found to have it. */
  async revoked(): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#database.entries('revoked');
    return new Map(rows.map(([sha256, row]) => [String(sha256), readRevoked(row).models]));
  }

  async isRevoked(sha256: string): Promise<boolean> {
    return (await this.#database.get('revoked', sha256)) !== undefined;
  }

  async #all<T>(table: Table, read: (row: unknown) => T | null): Promise<T[]> {
    const rows: T[] = [];
    for (const [key, row] of await this.#database.entries(table)) {
      const parsed = read(row);
      if (parsed !== null) rows.push(parsed);
      else if (!v.is(newerSchema, row)) {
        await this.#database.delete(table, key);
        await this.#onDropped(table, String(key));
      }
    }
    return rows;
  }

  /** Whatever looks like the name of a file in the rows of a newer page, wherever it keeps them. */
  async #namesInNewer(table: Table, name: RegExp): Promise<readonly string[]> {
    const rows = await this.#database.entries(table);
    const newer = rows.map(([, row]) => row).filter((row) => v.is(newerSchema, row));
    return JSON.stringify(newer).match(name) ?? [];
  }
}

function readModel(row: unknown): InstalledModel | null {
  const parsed = v.safeParse(modelSchema, row);
  if (!parsed.success) return null;
  try {
    return { ...parsed.output, entry: parseEntry(parsed.output.entry, 'An installed model') };
  } catch (unreadable) {
    console.warn('An installed model’s declaration is not readable.', unreadable);
    return null;
  }
}

/** What else a row about a withdrawn digest tells. That the digest is withdrawn, its key says, whatever the row is. */
function readRevoked(row: unknown): { readonly at: string | null; readonly models: string[] } {
  const parsed = v.safeParse(revokedSchema, row);
  if (parsed.success) return parsed.output;
  const at = v.safeParse(timeSchema, row);
  return { at: at.success ? at.output : null, models: [] };
}

function readPartial(row: unknown): PartialRecord | null {
  const parsed = v.safeParse(partialSchema, row);
  return parsed.success ? parsed.output : null;
}
