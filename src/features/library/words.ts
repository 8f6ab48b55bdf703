import type { AppError } from '../../core/errors.ts';
import { GRADE_WORDS, type Grade } from '../../core/integrity/provenance.ts';
import type { InstalledModel, InstallState, StorageReport } from '../../models/library/types.ts';
import type { CatalogModel } from '../../models/types.ts';
import { formatBytes } from '../../ui/format.ts';

/** The states that automation sees; verifying is the end of downloading, and another tab’s download is one too. */
export type ShownState = 'available' | 'downloading' | 'paused' | 'installed' | 'refused';

/** An install's state as the automation contract names it. */
export function shownState({ state }: InstallState): ShownState {
  return state === 'verifying' || state === 'elsewhere' ? 'downloading' : state;
}

/** What may come after a refusal. */
export function refusalIs({ code, retryable }: Pick<AppError, 'code' | 'retryable'>): {
  /** The same request may succeed if it is made again. */
  readonly mayPass: boolean;
  /** It cannot be dismissed: the file was withdrawn. */
  readonly isForGood: boolean;
} {
  const isForGood = code === 'integrity/revoked';
  return { mayPass: retryable && !isForGood, isForGood };
}

/** A grade's heading, also for models of which nothing was published. */
export function gradeTitle(grade: Grade | 'none' | null): string {
  return grade === null || grade === 'none'
    ? 'Nothing published'
    : `${grade}: ${GRADE_WORDS[grade].short}`;
}

/** Where files are kept, in a sentence. */
export const BACKEND_WORDS: Readonly<Record<StorageReport['backend'], string>> = {
  opfs: 'In this browser’s private file system.',
  cache: 'In this browser’s cache: the private file system is not available here.',
  memory: 'In memory only: gone when the page is closed. This browser lets the page keep no files.',
};

/** Share of a download that is done, 0 to 1; null while the total is not known. */
export function shareOf(loaded: number, total: number | null): number | null {
  return total === null || total <= 0 ? null : Math.min(1, loaded / total);
}

/** “12.3 MiB of 46.8 MiB, 26 %, 3.20 MiB/s”, as far as it is known. */
export function progressText(
  loaded: number,
  total: number | null,
  bytesPerSecond: number | null,
): string {
  const share = shareOf(loaded, total);
  return [
    total === null ? formatBytes(loaded) : `${formatBytes(loaded)} of ${formatBytes(total)}`,
    share === null ? null : `${String(Math.floor(share * 100))}\u00a0%`,
    bytesPerSecond === null ? null : `${formatBytes(Math.round(bytesPerSecond))}/s`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** A moment's day where the person is, in ISO 8601's order: “2025-11-22”. */
export function formatDay(at: string): string {
  const day = new Date(at);
  return [
    String(day.getFullYear()).padStart(4, '0'),
    twoDigits(day.getMonth() + 1),
    twoDigits(day.getDate()),
  ].join('-');
}

/** A moment to the minute where the person is: “2025-11-22 03:08”. */
export function formatMoment(at: string): string {
  const time = new Date(at);
  return `${formatDay(at)} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** What takes the room, in bytes. */
export interface Shares {
  /** Files of installed models; one that several models share counts once. */
  readonly installed: number;
  /** Everything else the page keeps: {@link BESIDES_WORDS}. */
  readonly besides: number;
}

/** What the page keeps apart from installed models. Their labels count too, with a few kB. */
export const BESIDES_WORDS = 'runtimes, the page’s own models and unfinished downloads';

/** Splits what is kept into installed models and the rest. */
export function sharesOf(
  { usedBytes }: Pick<StorageReport, 'usedBytes'>,
  models: readonly InstalledModel[],
): Shares {
  const files = new Map(models.map(({ entry }) => [entry.sha256, entry.bytes]));
  const installed = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  // The two are asked for one after the other: between them an install may end.
  return { installed, besides: Math.max(0, usedBytes - installed) };
}

/** Whether the page's own manifests name a model, so that it need not be installed. */
export function isOfPage({ collection }: Pick<CatalogModel, 'collection'>): boolean {
  return collection === 'embedded' || collection === 'operator';
}
