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
      states.setInstalled({ ...model, usedAt });
    });
  }
}

/**
 * Notes each verification of a model, whoever offers it, and of any file (labels, runtimes too) that it was found to
 * be wrong.
 */
export async function noteVerification(
  parts: LibraryParts,
  { asset, outcome, from, code, found, kept }: VerificationEvent,
): Promise<void> {
  const models = await parts.records.models();
  const { vouched } = asset;
  const model = models.find(
    ({ entry: { id, sha256 } }) => sha256 === asset.sha256 && id === (vouched?.id ?? id),
  );
  if (outcome === 'verified' && !model && !vouched) return;
  await parts.ledger.append({
    kind: outcome,
    model: model?.entry.id ?? vouched?.id ?? asset.what.slice(0, 200),
    // A refused line is about what came; a discarded one about the file that the copy was kept as.
    sha256: outcome === 'refused' ? (found?.sha256 ?? null) : asset.sha256,
    bytes: outcome === 'refused' ? (found?.bytes ?? null) : asset.bytes,
    from: from === 'cache' ? 'this device' : (asset.url ?? 'own file'),
    vouchedBy: model?.vouchedBy ?? vouched?.by.slice(0, 1000) ?? '',
    grade: model?.grade ?? vouched?.grade ?? null,
    code,
  });
  if (outcome === 'verified' && model) await touchModel(parts, asset.sha256);
  // Of what came and was refused nothing is said: whatever is stored is not that.
  if (outcome !== 'refused' || from === 'cache')
    parts.states.setMissing(asset.sha256, !(await kept));
}
