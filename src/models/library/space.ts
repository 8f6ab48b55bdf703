import { AppError } from '../../core/errors.ts';
import { formatBytes } from '../../core/quantity.ts';
import { isTemporary } from '../store/disk.ts';
import type { LibraryParts } from './parts.ts';
import type { Installable, InstalledModel, InstallState, StorageReport } from './types.ts';

/** Where files are kept, how many bytes they take, and how many the browser gives. */
export async function storageReport({
  files,
  dependencies: { storage, database },
}: LibraryParts): Promise<StorageReport> {
  const partials = await files.partials.list();
  // What tries out the room is as large as what is asked for, and gone in a moment.
  const downloads = partials.filter(({ name }) => !isTemporary(name));
  const kept = [...(await files.list()), ...downloads];
  const estimate = await storage?.estimate();
  return {
    backend: files.backend,
    usedBytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
    quotaBytes: estimate?.quota ?? null,
    persisted: (await storage?.persisted()) ?? false,
    rowsPersistent: (await database).persistent,
  };
}

/**
 * How many of so many bytes the browser still gives this origin, by its own word and by trying, beside what the
 * downloads under way have yet to bring.
 * @param id the model that they are for: its own download is not one of the others.
 */
async function freeBytes(
  { files, states, dependencies: { storage } }: LibraryParts,
  wanted: number,
  id: string | null,
): Promise<number> {
  const coming = states
    .ids()
    .filter((other) => other !== id)
    .reduce((sum, other) => sum + yetToCome(states.get(other)), 0);
  const estimate = await storage?.estimate();
  const all = wanted + coming;
  const told =
    estimate?.quota === undefined ? all : Math.max(0, estimate.quota - (estimate.usage ?? 0));
  return Math.max(0, (told < all ? told : await files.room(all)) - coming);
}

function yetToCome(state: InstallState): number {
  if (state.state !== 'downloading' || state.totalBytes === null) return 0;
  return Math.max(0, state.totalBytes - state.loadedBytes);
}

/** See `Library.evictionPlan`. @throws AppError `store/quota`. */
export async function evictionPlan(
  parts: LibraryParts,
  bytes: number,
): Promise<readonly InstalledModel[]> {
  if (bytes <= 0) return []; // more is kept than the file has now
  const free = await freeBytes(parts, bytes, null);
  if (bytes <= free) return [];
  // One whose file is gone already gives no room back.
  const models = (await parts.records.models()).filter(({ entry: { id } }) => {
    const state = parts.states.get(id);
    return !(state.state === 'installed' && state.missing === 'file');
  });
  const plan: InstalledModel[] = [];
  const oldestFirst = models.toSorted((a, b) => a.usedAt.localeCompare(b.usedAt));
  for (const model of oldestFirst) {
    plan.push(model);
    if (free + gainOf(plan, models) >= bytes) return plan;
  }
  throw quotaError(bytes, free, gainOf(models, models));
}

/** Bytes of the files that nothing needs when `plan` is gone. Labels are a few kB and shared: they count for nothing. */
function gainOf(plan: readonly InstalledModel[], all: readonly InstalledModel[]): number {
  const staying = new Set(
    all.filter((model) => !plan.includes(model)).map(({ entry }) => entry.sha256),
  );
  const going = new Map(plan.map(({ entry }) => [entry.sha256, entry.bytes]));
  return [...going].reduce((sum, [sha256, bytes]) => sum + (staying.has(sha256) ? 0 : bytes), 0);
}

/**
 * How many bytes of an install have yet to be kept: none of a file that is in the store already, of a begun download
 * the rest. Null while nobody has said how large it is.
 */
export async function missingBytes(
  parts: LibraryParts,
  { id, claim, url, bytes }: Pick<Installable, 'id' | 'claim' | 'url' | 'bytes'>,
): Promise<number | null> {
  const before = await parts.records.partial(id);
  const ours = before?.url === url ? before : null; // another address's is not this file's
  const sha256 = claim.kind === 'sha256' ? claim.sha256 : (ours?.sha256 ?? null);
  if (sha256 !== null && (await parts.files.has(sha256))) return 0;
  const total = bytes ?? ours?.totalBytes ?? null;
  if (total === null) return null;
  return missingOf(parts, total, before === null || before.key === '' ? null : before.key);
}

/** What a partial file holds needs no room again: it is gone on with, written over, or removed before the first byte. */
async function missingOf(parts: LibraryParts, bytes: number, key: string | null): Promise<number> {
  return Math.max(0, bytes - (key === null ? 0 : await parts.files.partials.size(key)));
}

/**
 * Says before a download that there is no room for it.
 * @param bytes of the whole file.
 * @param of the model, and the key of its partial file.
 * @throws AppError `store/quota`.
 */
export async function requireRoom(
  parts: LibraryParts,
  bytes: number,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<void> {
  await requireFree(parts, await missingOf(parts, bytes, key), id);
}

/**
 * As {@link requireRoom}, for what is missing of an install, as far as its size is known.
 * @returns how many bytes have yet to come; null where nobody has said.
 */
export async function requireInstallRoom(
  parts: LibraryParts,
  item: Installable,
): Promise<number | null> {
  const missing = await missingBytes(parts, item);
  await requireFree(parts, missing ?? 0, item.id);
  return missing;
}

async function requireFree(parts: LibraryParts, missing: number, id: string): Promise<void> {
  if (missing <= 0) return;
  const free = await freeBytes(parts, missing, id);
  if (missing > free) throw quotaError(missing, free, null);
}

function quotaError(bytes: number, free: number, removable: number | null): AppError {
  const advice =
    removable === null
      ? 'Remove models that are not needed, or free space on the disk, and try again.'
      : `Even without every installed model only ${formatBytes(free + removable)} would be free. Free space on the disk, or choose a smaller model.`;
  return new AppError(
    'store/quota',
    `There is no room: ${formatBytes(bytes)} are needed, and the browser gives this page ${formatBytes(free)} more. ${advice}`,
    { retryable: true, details: { bytes, free, ...(removable === null ? {} : { removable }) } },
  );
}
