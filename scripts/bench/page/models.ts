import { AppError } from '../../../src/core/errors.ts';
import { loadCatalog } from '../../../src/models/catalog.ts';
import type { CatalogModel } from '../../../src/models/types.ts';

/** A model of the served catalogue. */
export async function findModel(id: string): Promise<CatalogModel> {
  const { models, problems } = await loadCatalog(new URL('/', window.location.href).href);
  const model = models.find(({ entry }) => entry.id === id);
  if (model) return model;
  throw problems[0] ?? new AppError('app/bench-input', `The server offers no model ${id}.`);
}
