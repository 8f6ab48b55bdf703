import { AppError } from '../../core/errors.ts';
import { formatBytes } from '../../core/quantity.ts';
import { isTemporary } from '../store/disk.ts';
import type { LibraryParts } from './parts.ts';
import type { PartialRecord } from './records.ts';
import type { Installable, InstalledModel, StorageReport } from './types.ts';

/** Where files are kept, how many bytes they take, and how many the browser gives. */
export async function storageReport({
  files,
  dependencies: { storage },
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
  };
}

/** How many of so many bytes the browser still gives this origin: by its own word, and by trying. */
async function freeBytes(
  { files, dependencies: { storage } }: LibraryParts,
  wanted: number,
): Promise<number> {
  const estimate = await storage?.estimate();
  const told =
    estimate?.quota === undefined ? wanted : Math.max(0, estimate.quota - (estimate.usage ?? 0));
  return told < wanted ? told : files.room(wanted);
}

/** See `Library.evictionPlan`. @throws AppError `store/quota`. */
export async function evictionPlan(
  parts: LibraryParts,
  bytes: number,
): Promise<readonly InstalledModel[]> {
  if (bytes <= 0) return []; // more is kept than the file has now
  const free = await freeBytes(parts, bytes);
  if (bytes <= free) return [];
  const models = await parts.records.models();
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
 * Says before a download that there is no room for it. What its partial file holds needs none again: it is gone on
 * with, written over, or removed before the first byte comes.
 * @param bytes of the whole file.
 * @param key of the partial file; null when there is no such file.
 * @throws AppError `store/quota`.
 */
export async function requireRoom(
  parts: LibraryParts,
  bytes: number,
  key: string | null,
): Promise<void> {
  const missing = bytes - (key === null ? 0 : await parts.files.partials.size(key));
  if (missing <= 0) return;
  const free = await freeBytes(parts, missing);
  if (missing > free) throw quotaError(missing, free, null);
}

/**
 * As {@link requireRoom}, for an install of so many bytes. A file that is in the store already needs none.
 * @param before what an earlier install of this id left, of whatever address.
 */
export async function requireInstallRoom(
  parts: LibraryParts,
  { claim, url }: Installable,
  before: PartialRecord | null,
  bytes: number,
): Promise<void> {
  const committed = before?.url === url ? before.sha256 : null;
  const sha256 = claim.kind === 'sha256' ? claim.sha256 : committed;
  if (sha256 !== null && (await parts.files.has(sha256))) return;
  await requireRoom(parts, bytes, before === null || before.key === '' ? null : before.key);
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
