import { describe, expect, it } from 'vitest';
import { parseManifest } from '../manifest.ts';
import { rawEntry } from '../testing/entries.ts';
import { offeredModels } from './catalog-model.ts';
import type { InstalledModel } from './types.ts';

const PAGE = 'https://host.test/app/';
const page = parseManifest(
  { version: 1, models: [rawEntry('own-page'), rawEntry('both')] },
  `${PAGE}models/index.json`,
  'embedded',
);

function installed(id: string, changes: Partial<InstalledModel> = {}): InstalledModel {
  const [model] = parseManifest({ version: 1, models: [rawEntry(id)] }, PAGE, 'embedded').models;
  if (!model) throw new TypeError('The entry is valid.');
  return {
    entry: model.entry,
    grade: 'B',
    provider: 'catalogue',
    url: 'https://models.test/m.onnx',
    vouchedBy: 'somebody',
    installedAt: '2026-01-01T00:00:00.000Z',
    usedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

describe('offeredModels', () => {
  it('puts installed models behind the page’s, whose ids win', () => {
    const models = offeredModels(page, [installed('new'), installed('both')], 'standard', PAGE);
    expect(models.map(({ entry, collection }) => [entry.id, collection])).toEqual([
      ['own-page', 'embedded'],
      ['both', 'embedded'],
      ['new', 'library'],
    ]);
    expect(models[2]?.urls).toEqual({
      model: 'https://models.test/m.onnx',
      labels: `${PAGE}new/labels.txt`,
      card: null,
    });
  });

  it('knows no address for a file of the person’s own', () => {
    const own = installed('mine', { provider: 'own-file', grade: 'E', url: null });
    const model = offeredModels(page, [own], 'standard', PAGE).at(-1);
    expect(model).toMatchObject({ collection: 'own', urls: { model: null, labels: null } });
  });

  it('offers nothing installed while nobody knows the policy', () => {
    expect(offeredModels(page, [installed('new')], undefined, PAGE)).toEqual(page.models);
  });

  it('offers neither revoked models nor, in a kiosk, unsigned ones', () => {
    const { sha256, labels } = installed('new').entry;
    const signer = { name: 'fleet', keyId: '0123456789abcdef' };
    const ids = (models: readonly { readonly entry: { readonly id: string } }[]) =>
      models.map(({ entry }) => entry.id);
    const one = [installed('new')];
    for (const revoked of [new Map([[sha256, signer]]), new Map([[labels.sha256, null]])]) {
      const models = offeredModels({ ...page, revoked }, one, 'standard', PAGE);
      expect(ids(models)).not.toContain('new');
    }
    expect(offeredModels(page, one, 'kiosk', PAGE)).toEqual([]);
    const signed = [installed('new', { grade: 'A' })];
    expect(ids(offeredModels(page, signed, 'kiosk', PAGE))).toEqual(['new']);
  });
});
