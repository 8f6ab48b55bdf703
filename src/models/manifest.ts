import * as v from 'valibot';
import { AppError, asAppError } from '../core/errors.ts';
import { parseAs } from '../core/manifest/parse.ts';
import {
  commonEntrySchema,
  manifestSchema,
  type CommonEntry,
  type Manifest,
} from '../core/manifest/schema.ts';
import type { Signer } from '../core/manifest/signed.ts';
import { isTaskId, TASKS, type ModelEntry, type TaskId } from '../tasks/registry.ts';
import type { Catalog, CatalogModel, ModelUrls } from './types.ts';

/**
 * The frame of a manifest, its entries not yet parsed.
 * @throws AppError `manifest/bad-manifest`.
 */
export function readManifest(json: unknown, url: string): Manifest {
  return parseAs(manifestSchema, json, 'manifest/bad-manifest', `The manifest ${url}`);
}

/**
 * Parses a manifest's JSON: each entry by itself, then the output contract by its task family.
 * @param signer who signed the manifest, if that was checked: it makes every entry grade A, and revocations count.
 * @throws AppError `manifest/bad-manifest` when the whole is not a manifest.
 */
export function parseManifest(
  json: unknown,
  url: string,
  collection: CatalogModel['collection'],
  signer: Signer | null = null,
): Catalog {
  const manifest = readManifest(json, url);
  const models: CatalogModel[] = [];
  const problems: AppError[] = [];
  manifest.models.forEach((raw, index) => {
    try {
      const entry = parseEntry(raw, `Model ${String(index + 1)} of ${url}`);
      const grade = signer ? 'A' : entry.evidence.grade;
      models.push({ entry, urls: urlsBeside(url, entry), collection, grade, signer });
    } catch (thrown) {
      problems.push(asAppError(thrown));
    }
  });
  return { models, problems, revoked: signer ? revocations(manifest, signer) : new Map() };
}

/** The files of an entry are relative to its manifest. */
function urlsBeside(url: string, { file, labels, card }: ModelEntry): ModelUrls {
  const at = (path: string) => new URL(path, url).href;
  return { model: at(file), labels: at(labels.file), card: card === null ? null : at(card) };
}

/** What a signed manifest withdraws. */
export function revocations(
  { revoked = [] }: Pick<Manifest, 'revoked'>,
  signer: Signer,
): ReadonlyMap<string, Signer> {
  return new Map(revoked.map((sha256) => [sha256, signer]));
}

/**
 * One model's declaration.
 * @param what the beginning of a sentence about it: “Model 2 of https://…”.
 * @throws AppError `manifest/bad-entry`, `manifest/unknown-task`.
 */
export function parseEntry(raw: unknown, what: string): ModelEntry {
  const { task, output, ...common } = parseAs(commonEntrySchema, raw, 'manifest/bad-entry', what);
  if (!isTaskId(task)) {
    throw new AppError(
      'manifest/unknown-task',
      `${what} (${common.id}) is for the task “${task}”, which this version does not know. It knows ${list(Object.keys(TASKS))}.`,
      { details: { id: common.id, task } },
    );
  }
  return withOutput(task, common, output, what);
}

function withOutput(task: TaskId, common: CommonEntry, output: unknown, what: string): ModelEntry {
  const schema: v.GenericSchema<unknown, ModelEntry['output']> = TASKS[task].outputSchema;
  // Wrapped, so that an issue's path starts at the entry.
  const parsed = parseAs(v.object({ output: schema }), { output }, 'manifest/bad-entry', what);
  // The registry ties task and schema together; the compiler cannot follow that through a spread.
  return { ...common, task, ...parsed } as ModelEntry;
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
