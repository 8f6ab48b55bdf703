import type { PinnedAsset } from '../verify.ts';
import type { InstalledModel } from './types.ts';

/** The files of an installed model as {@link loadVerified} takes them: from the store, and healed from the network where there is an address. */
export function installedAssets(
  { entry, provider, url }: InstalledModel,
  labelsBaseUrl: string,
): { readonly model: PinnedAsset; readonly labels: PinnedAsset } {
  return {
    model: {
      what: `the model ${entry.title}`,
      url,
      bytes: entry.bytes,
      sha256: entry.sha256,
    },
    labels: {
      what: `the labels file of ${entry.title}`,
      url: provider === 'own-file' ? null : new URL(entry.labels.file, labelsBaseUrl).href,
      bytes: entry.labels.bytes,
      sha256: entry.labels.sha256,
    },
  };
}
