import { GRADE_WORDS, type Grade } from '../../core/integrity/provenance.ts';
import type { InstallState, StorageReport } from '../../models/library/types.ts';
import { formatBytes } from '../../ui/format.ts';

/** The states that automation sees; verifying is the end of downloading. */
export type ShownState = 'available' | 'downloading' | 'paused' | 'installed' | 'refused';

/** An install's state as the automation contract names it. */
export function shownState({ state }: InstallState): ShownState {
  return state === 'verifying' ? 'downloading' : state;
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
