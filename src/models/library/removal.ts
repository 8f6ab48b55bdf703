import { alone } from './alone.ts';
import { noteOf, revokedError } from './notes.ts';
import type { LedgerNote } from './ledger.ts';
import type { LibraryParts } from './parts.ts';
import type { WithdrawnModel } from './types.ts';

/** Removes an installed model: its line, its row, then the files that nothing else needs. The caller is alone with it. */
export async function removeModel(
  parts: LibraryParts,
  id: string,
  why: 'removed' | 'evicted' | 'revoked',
): Promise<void> {
  const { records, ledger } = parts;
  const model = await records.model(id);
  if (!model) return;
  await ledger.append(noteOf(model, why, why === 'revoked' ? 'integrity/revoked' : null));
  await records.deleteModel(id);
  await discardUnnamed(parts, [model.entry.sha256, model.entry.labels.sha256]);
}

/** Removes what came of an install that is not going to end. The caller is alone with it. */
export async function forgetInstall(parts: LibraryParts, id: string): Promise<void> {
  const { records, files } = parts;
  const partial = await records.partial(id);
  if (!partial) return;
  await records.deletePartial(id);
  if (partial.key !== '') await files.partials.remove(partial.key);
  await discardUnnamed(parts, partial.digests);
}

/**
 * Refuses these digests from now on, and removes the models that have them. A model of the page that ran here with one
 * of them gets its line in the ledger too, once: its manifest may name it no more.
 * @returns the models that went, and those of the page that ran here.
 * @throws AppError `store/busy` when another tab is at one of them; the digests are refused all the same.
 */
export async function revokeDigests(
  parts: LibraryParts,
  sha256s: ReadonlySet<string>,
): Promise<readonly WithdrawnModel[]> {
  const { records, states, dependencies } = parts;
  const at = new Date(dependencies.net.now()).toISOString();
  const known = await records.revoked();
  const ran = await findRan(parts, new Set([...sha256s].filter((sha256) => !known.has(sha256))));
  for (const sha256 of sha256s) if (!known.has(sha256)) await records.revoke(sha256, at);
  const models = await records.models();
  const hit = models.filter(
    ({ entry }) => sha256s.has(entry.sha256) || sha256s.has(entry.labels.sha256),
  );
  const failures: unknown[] = [];
  const withdrawn: WithdrawnModel[] = [];
  for (const { entry } of hit) {
    const sha256 = sha256s.has(entry.sha256) ? entry.sha256 : entry.labels.sha256;
    await records.revoke(sha256, at, entry.id);
    withdrawn.push({ id: entry.id, title: entry.title, sha256 });
    try {
      await alone(dependencies.locks, entry.id, () => removeModel(parts, entry.id, 'revoked'));
      states.set(entry.id, { state: 'refused', error: revokedError(entry.title, sha256) });
    } catch (thrown) {
      failures.push(thrown); // the others go all the same; the next visit tries again
    }
  }
  const others = ran.filter(({ model }) => !withdrawn.some(({ id }) => id === model));
  await parts.ledger.append(
    ...others.map((line): LedgerNote => ({
      ...line,
      kind: 'revoked',
      from: 'this device',
      code: 'integrity/revoked',
    })),
  );
  if (failures.length > 0) throw failures[0];
  return [
    ...withdrawn,
    ...others.map(({ model, sha256 }) => ({ id: model, title: model, sha256 })),
  ];
}

/** What the ledger knows of models that ran here with one of these digests and were not removed since. */
async function findRan(
  { ledger }: LibraryParts,
  sha256s: ReadonlySet<string>,
): Promise<readonly (LedgerNote & { readonly sha256: string })[]> {
  if (sha256s.size === 0) return []; // at nearly every visit: the ledger is not read for it
  const latest = new Map<string, LedgerNote & { readonly sha256: string }>();
  for (const { kind, model, sha256, bytes, from, vouchedBy, grade, code } of await ledger.lines()) {
    if (sha256 === null || !sha256s.has(sha256)) continue;
    const key = `${model}\n${sha256}`;
    const line = { kind, model, sha256, bytes, from, vouchedBy, grade, code };
    if (kind === 'verified' || kind === 'installed') latest.set(key, line);
    else if (kind !== 'refused' && kind !== 'discarded') latest.delete(key);
  }
  return [...latest.values()];
}

async function discardUnnamed(
  { records, files }: LibraryParts,
  digests: readonly string[],
): Promise<void> {
  for (const sha256 of digests) {
    await files.discard(sha256, async () => (await records.named()).has(sha256));
  }
}
