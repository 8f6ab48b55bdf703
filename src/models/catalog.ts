import { AppError, asAppError, withDetails } from '../core/errors.ts';
import type { Config } from '../core/manifest/config.ts';
import { memorySequences, type Sequences } from '../core/manifest/freshness.ts';
import type { Signer } from '../core/manifest/signed.ts';
import { loadConfig } from './config.ts';
import { parseJson } from './json.ts';
import { readAbout, fetchManifest } from './manifest-file.ts';
import { parseManifest } from './manifest.ts';
import { refusalsOf, type VerdictListener } from './manifest-verdict.ts';
import { loadSignedManifest } from './signed-manifest.ts';
import type { Catalog, CatalogModel } from './types.ts';

/** How manifests are read. */
export interface ManifestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where the numbers of signed manifests are remembered; for this visit only without. */
  readonly sequences?: Sequences | undefined;
  /** Is told of every manifest whose signature holds, and of every manifest and entry that is refused. */
  readonly onVerdict?: VerdictListener | undefined;
}

const sequencesOfThisVisit = memorySequences();

/**
 * Reads `config.json` and every manifest it names.
 *
 * One bad manifest or entry does not hide the others: it becomes a problem that the person sees.
 * @param pageUrl absolute URL of the page; everything is relative to it.
 * @throws AppError when the configuration cannot be read or no model at all is left.
 */
export async function loadCatalog(
  pageUrl: string,
  options: ManifestOptions = {},
): Promise<Catalog> {
  return loadManifests(await loadConfig(pageUrl, options.signal), pageUrl, options);
}

/**
 * Reads every manifest of a configuration, as {@link loadCatalog} does.
 * @throws AppError when no model at all is left, unless files were revoked: then the catalogue is empty.
 */
export async function loadManifests(
  config: Config,
  pageUrl: string,
  options: ManifestOptions = {},
): Promise<Catalog> {
  const catalogs = await Promise.all(
    config.manifests.map(async (named): Promise<Catalog> => {
      const manifest = new URL(named.url, pageUrl).href;
      const catalog = await loadManifest(manifest, named, config, options).catch(
        (thrown: unknown): Catalog => {
          if (options.signal?.aborted) throw thrown; // nobody wants what is left
          return { models: [], problems: [asAppError(thrown)], revoked: new Map() };
        },
      );
      return {
        ...catalog,
        problems: catalog.problems.map((problem) => withDetails(problem, { manifest })),
      };
    }),
  );
  const catalog = mergeCatalogs(catalogs);
  for (const refusal of refusalsOf(catalog.problems)) options.onVerdict?.(refusal);
  if (catalog.models.length === 0 && catalog.revoked.size === 0) {
    throw catalog.problems[0] ?? noModels();
  }
  return catalog;
}

async function loadManifest(
  url: string,
  { collection, signed }: Config['manifests'][number],
  { policy, trustedKeys }: Config,
  { signal, sequences = sequencesOfThisVisit, onVerdict }: ManifestOptions,
): Promise<Catalog> {
  if (signed) {
    const trust = { trustedKeys, sequences, now: new Date(), onVerdict };
    return loadSignedManifest(url, collection, trust, signal);
  }
  if (policy === 'kiosk') throw unsignedInKiosk(url);
  const file = await fetchManifest(url, signal);
  return readAbout(file, () => parseManifest(parseJson(file.bytes, url), url, collection));
}

/**
 * Joins catalogues in order. What a signed manifest revokes is refused wherever it is named; of two models with one
 * id the second is a problem, not a replacement.
 */
export function mergeCatalogs(catalogs: readonly Catalog[]): Catalog {
  const revoked = new Map(catalogs.flatMap((catalog) => [...catalog.revoked]));
  const byId = new Map<string, CatalogModel>();
  const problems = catalogs.flatMap((catalog) => catalog.problems);
  for (const model of catalogs.flatMap((catalog) => catalog.models)) {
    const { id, labels } = model.entry;
    const withdrawn = [model.entry, labels].find((file) => revoked.has(file.sha256));
    if (withdrawn) problems.push(revokedModel(model, withdrawn, revoked.get(withdrawn.sha256)));
    else if (byId.has(id)) problems.push(duplicateId(model));
    else byId.set(id, model);
  }
  return { models: [...byId.values()], problems, revoked };
}

/** A catalogue without what earlier visits learned to be withdrawn, also when no manifest says so any more. */
export function withoutWithdrawn(catalog: Catalog, digests: Iterable<string>): Catalog {
  const unsigned = [...digests].filter((sha256) => !catalog.revoked.has(sha256));
  const revoked = new Map([
    ...catalog.revoked,
    ...unsigned.map((sha256) => [sha256, null] as const),
  ]);
  return mergeCatalogs([{ ...catalog, revoked }]);
}

/** @param file the one of its files that was withdrawn. */
function revokedModel(
  { entry, urls }: CatalogModel,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
  signer: Signer | null | undefined,
): AppError {
  const name = signer?.name ?? 'whoever vouched for it';
  return new AppError(
    'integrity/revoked',
    `The model ${entry.title} (${entry.id}) is refused: ${signer ? `“${name}”` : name} has withdrawn its file. Do not rely on answers it gave; ask whoever runs this page for another model.`,
    { details: { id: entry.id, sha256, bytes, url: urls.model ?? '', revokedBy: name } },
  );
}

function duplicateId({ entry: { id, sha256, bytes }, urls }: CatalogModel): AppError {
  return new AppError(
    'manifest/duplicate-id',
    `A second model calls itself ${id}; the first one is used. Give the other one its own id in its manifest.`,
    { details: { id, sha256, bytes, url: urls.model ?? '' } },
  );
}

function unsignedInKiosk(url: string): AppError {
  return new AppError(
    'integrity/unsigned',
    `The manifest ${url} is not used: this device takes signed models only (policy kiosk), and config.json does not say that this manifest is signed. Whoever runs this page must sign it and write "signed": true.`,
    { details: { url } },
  );
}

function noModels(): AppError {
  return new AppError(
    'manifest/no-models',
    'No model is offered here: the manifests are empty. Add a model to a manifest and try again.',
    { retryable: true },
  );
}
