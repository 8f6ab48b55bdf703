import type { VerificationEvent } from '../verify.ts';
import { aloneOrNot } from './alone.ts';
import type { LibraryParts } from './parts.ts';

/** Notes that a model was used just now. */
export async function touchModel(
  { records, states, dependencies }: LibraryParts,
  sha256: string,
): Promise<void> {
  const usedAt = new Date(dependencies.net.now()).toISOString();
  for (const { entry } of await records.models()) {
    if (entry.sha256 !== sha256) continue;
    // Read again when alone with it: it may have been removed just now.
    await aloneOrNot(dependencies.locks, entry.id, async () => {
      const model = await records.model(entry.id);
      if (!model) return;
      await records.putModel({ ...model, usedAt });
      states.set(entry.id, { state: 'installed', model: { ...model, usedAt } });
    });
  }
}

/** Notes the use of an installed model, and of any file that it was found to be wrong. */
export async function noteVerification(
  parts: LibraryParts,
  { asset, outcome, from, code }: VerificationEvent,
): Promise<void> {
  const models = await parts.records.models();
  const model = models.find(({ entry }) => entry.sha256 === asset.sha256);
  if (outcome === 'verified' && !model) return;
  await parts.ledger.append({
    kind: outcome,
    model: model?.entry.id ?? asset.what.slice(0, 200),
    sha256: asset.sha256,
    bytes: asset.bytes,
    from: from === 'cache' ? 'this device' : (asset.url ?? 'own file'),
    vouchedBy: model?.vouchedBy ?? '',
    grade: model?.grade ?? null,
    code,
  });
  if (outcome === 'verified') await touchModel(parts, asset.sha256);
}
