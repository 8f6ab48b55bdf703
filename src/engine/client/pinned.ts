import type { CatalogModel } from '../../models/types.ts';
import type { PinnedAsset } from '../../models/verify.ts';
import { vouchedOf } from '../../models/vouched.ts';

/** The files of a model as its manifest pins them: the graph and its labels. */
export function pinnedFiles(model: CatalogModel): {
  readonly model: PinnedAsset;
  readonly labels: PinnedAsset;
} {
  const { entry, urls } = model;
  return {
    model: {
      what: `the model ${entry.title}`,
      url: urls.model,
      bytes: entry.bytes,
      sha256: entry.sha256,
      chunks: entry.chunks,
      vouched: vouchedOf(model),
    },
    labels: {
      what: `the labels file of ${entry.title}`,
      url: urls.labels,
      bytes: entry.labels.bytes,
      sha256: entry.labels.sha256,
      isText: true,
    },
  };
}
