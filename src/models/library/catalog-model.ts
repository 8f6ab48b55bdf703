import { judgeInstall, type InstallPolicy } from '../../core/integrity/provenance.ts';
import type { Catalog, CatalogModel } from '../types.ts';
import type { InstalledModel } from './types.ts';

/**
 * An installed model as one that can be chosen.
 * @param pageUrl absolute; the catalogue's label lists are relative to it.
 */
export function chosenFrom(installed: InstalledModel, pageUrl: string): CatalogModel {
  const { entry, provider, url, grade } = installed;
  const own = provider === 'own-file';
  return {
    entry,
    urls: {
      model: url,
      labels: own ? null : new URL(entry.labels.file, pageUrl).href,
      card: null,
    },
    collection: own ? 'own' : 'library',
    grade,
    signer: null,
  };
}

/**
 * The page's catalogue with what is installed behind it, as far as the policy allows: a kiosk does not run what was
 * installed before it became one. An id that the page has itself stays the page's.
 */
export function withInstalled(
  catalog: Catalog,
  installed: readonly InstalledModel[],
  policy: InstallPolicy,
  pageUrl: string,
): Catalog {
  const taken = new Set(catalog.models.map(({ entry }) => entry.id));
  const more = installed
    .filter(
      ({ entry, grade, provider }) =>
        !taken.has(entry.id) &&
        !catalog.revoked.has(entry.sha256) &&
        !catalog.revoked.has(entry.labels.sha256) &&
        judgeInstall(grade, provider, policy).action !== 'refuse',
    )
    .map((model) => chosenFrom(model, pageUrl));
  return { ...catalog, models: [...catalog.models, ...more] };
}
