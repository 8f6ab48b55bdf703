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
 * The page's models with what is installed behind them, as far as the policy allows: a kiosk runs neither what was
 * installed before it became one nor what its page offered before. An id that the page has itself stays the page's.
 * @param policy undefined while nobody knows it: then nothing installed is offered. The page's own models were let
 * through under the policy of their time.
 */
export function offeredModels(
  catalog: Catalog,
  installed: readonly InstalledModel[],
  policy: InstallPolicy | undefined,
  pageUrl: string,
): readonly CatalogModel[] {
  const ofPage = catalog.models.filter(({ grade }) => policy !== 'kiosk' || grade === 'A');
  const taken = new Set(ofPage.map(({ entry }) => entry.id));
  const more = installed
    .filter(
      ({ entry, grade, provider }) =>
        policy !== undefined &&
        !taken.has(entry.id) &&
        !catalog.revoked.has(entry.sha256) &&
        !catalog.revoked.has(entry.labels.sha256) &&
        judgeInstall(grade, provider, policy).action !== 'refuse',
    )
    .map((model) => chosenFrom(model, pageUrl));
  return [...ofPage, ...more];
}
