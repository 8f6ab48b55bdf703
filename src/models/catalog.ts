import * as v from 'valibot';
import { AppError, asAppError } from '../core/errors.ts';
import { limitOf } from '../core/limits.ts';
import {
  commonEntrySchema,
  manifestSchema,
  relativePathSchema,
  type CommonEntry,
} from '../core/manifest/schema.ts';
import { isTaskId, TASKS, type ModelEntry, type TaskId } from '../tasks/registry.ts';
import { fetchJson } from './json.ts';
import type { Catalog, CatalogModel } from './types.ts';

const configSchema = v.strictObject({
  version: v.literal(1),
  manifests: v.pipe(
    v.array(
      v.strictObject({
        /** Relative to the page: manifests come from the page's own origin. */
        url: v.pipe(relativePathSchema, v.endsWith('.json')),
        collection: v.picklist(['embedded', 'operator']),
      }),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
});

/**
 * Reads `config.json` and every manifest it names.
 *
 * One bad manifest or entry does not hide the others: it becomes a problem that the person sees.
 * @param pageUrl absolute URL of the page; everything is relative to it.
 * @throws AppError when the configuration cannot be read or no model at all is left.
 */
export async function loadCatalog(pageUrl: string, signal?: AbortSignal): Promise<Catalog> {
  const config = parse(
    configSchema,
    await fetchJson(new URL('config.json', pageUrl).href, limitOf('configBytes'), signal),
    'config/bad-config',
    'The configuration (config.json)',
  );
  const catalogs = await Promise.all(
    config.manifests.map(async ({ url, collection }): Promise<Catalog> => {
      try {
        return await loadManifest(new URL(url, pageUrl).href, collection, signal);
      } catch (thrown) {
        if (signal?.aborted) throw thrown; // nobody wants what is left
        return { models: [], problems: [asAppError(thrown)] };
      }
    }),
  );
  const catalog = mergeCatalogs(catalogs);
  if (catalog.models.length === 0) throw catalog.problems[0] ?? noModels();
  return catalog;
}

async function loadManifest(
  url: string,
  collection: CatalogModel['collection'],
  signal?: AbortSignal,
): Promise<Catalog> {
  return parseManifest(await fetchJson(url, limitOf('manifestBytes'), signal), url, collection);
}

/**
 * Parses a manifest's JSON: each entry by itself, then the output contract by its task family.
 * @throws AppError `manifest/bad-manifest` when the whole is not a manifest.
 */
export function parseManifest(
  json: unknown,
  url: string,
  collection: CatalogModel['collection'],
): Catalog {
  const manifest = parse(manifestSchema, json, 'manifest/bad-manifest', `The manifest ${url}`);
  const models: CatalogModel[] = [];
  const problems: AppError[] = [];
  manifest.models.forEach((raw, index) => {
    try {
      const entry = parseEntry(raw, `Model ${String(index + 1)} of ${url}`);
      models.push({ entry, baseUrl: new URL('.', url).href, collection });
    } catch (thrown) {
      problems.push(asAppError(thrown));
    }
  });
  return { models, problems };
}

function parseEntry(raw: unknown, what: string): ModelEntry {
  const { task, output, ...common } = parse(commonEntrySchema, raw, 'manifest/bad-entry', what);
  if (!isTaskId(task)) {
    throw new AppError(
      'manifest/unknown-task',
      `${what} (${common.id}) is for the task “${task}”, which this version does not know. It knows ${Object.keys(TASKS).join(' and ')}.`,
      { details: { id: common.id, task } },
    );
  }
  return withOutput(task, common, output, what);
}

function withOutput(task: TaskId, common: CommonEntry, output: unknown, what: string): ModelEntry {
  const schema: v.GenericSchema<unknown, ModelEntry['output']> = TASKS[task].outputSchema;
  // Wrapped, so that an issue's path starts at the entry.
  const parsed = parse(v.object({ output: schema }), { output }, 'manifest/bad-entry', what);
  // The registry ties task and schema together; the compiler cannot follow that through a spread.
  return { ...common, task, ...parsed } as ModelEntry;
}

/** Joins catalogues in order; a second model with an id that is taken is a problem, not a replacement. */
export function mergeCatalogs(catalogs: readonly Catalog[]): Catalog {
  const byId = new Map<string, CatalogModel>();
  const problems = catalogs.flatMap((catalog) => catalog.problems);
  for (const model of catalogs.flatMap((catalog) => catalog.models)) {
    const { id } = model.entry;
    if (byId.has(id)) {
      problems.push(
        new AppError(
          'manifest/duplicate-id',
          `A second model calls itself ${id}; the first one is used. Give the other one its own id in its manifest.`,
          { details: { id, baseUrl: model.baseUrl } },
        ),
      );
    } else byId.set(id, model);
  }
  return { models: [...byId.values()], problems };
}

function parse<Output>(
  schema: v.GenericSchema<unknown, Output>,
  value: unknown,
  code: 'config/bad-config' | 'manifest/bad-manifest' | 'manifest/bad-entry',
  what: string,
): Output {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue) ?? '(whole)';
  throw new AppError(
    code,
    `${what} is not valid: at “${path}”, ${issue.message}. It is not used; correct it and try again.`,
    { retryable: true, details: { path, issue: issue.message } },
  );
}

function noModels(): AppError {
  return new AppError(
    'manifest/no-models',
    'No model is offered here: the manifests are empty. Add a model to a manifest and try again.',
    { retryable: true },
  );
}
