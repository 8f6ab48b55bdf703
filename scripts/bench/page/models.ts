import { AppError } from '../../../src/core/errors.ts';
import { loadCatalog } from '../../../src/models/catalog.ts';
import type { CatalogModel } from '../../../src/models/types.ts';
import type { PinnedAsset } from '../../../src/models/verify.ts';
import { APP_URL } from './store.ts';

/** A model of the served catalogue. */
export async function findModel(id: string): Promise<CatalogModel> {
  const { models, problems } = await loadCatalog(APP_URL);
  const model = models.find(({ entry }) => entry.id === id);
  if (model) return model;
  throw problems[0] ?? new AppError('app/bench-input', `The server offers no model ${id}.`);
}

/** A model's file as it is pinned, with the address that every model of a server has. */
export function pinnedModel({ entry, urls }: CatalogModel): PinnedAsset & { readonly url: string } {
  const { title, bytes, sha256 } = entry;
  if (urls.model !== null) return { what: title, url: urls.model, bytes, sha256 };
  throw new AppError('app/bench-input', `The server says no address for ${title}.`);
}
