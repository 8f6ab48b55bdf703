import type { CatalogModel } from '../../models/types.ts';
import type { PinnedAsset } from '../../models/verify.ts';

/** The files of a model as its manifest pins them: the graph and its labels. */
export function pinnedFiles({ entry, baseUrl }: CatalogModel): {
  readonly model: PinnedAsset;
  readonly labels: PinnedAsset;
} {
  const url = (file: string) => new URL(file, baseUrl).href;
  return {
    model: {
      what: `the model ${entry.title}`,
      url: url(entry.file),
      bytes: entry.bytes,
      sha256: entry.sha256,
    },
    labels: {
      what: `the labels file of ${entry.title}`,
      url: url(entry.labels.file),
      bytes: entry.labels.bytes,
      sha256: entry.labels.sha256,
    },
  };
}
