import type { AppError } from '../../core/errors.ts';
import {
  GRADE_WORDS,
  judgeInstall,
  type Grade,
  type InstallPolicy,
} from '../../core/integrity/provenance.ts';
import type {
  InstalledModel,
  InstallState,
  Missing,
  StorageReport,
  Wait,
} from '../../models/library/types.ts';
import type { CatalogModel } from '../../models/types.ts';
import { formatBytes, formatCount, plural } from '../../ui/format.ts';

/** The states that automation sees; verifying is the end of downloading, and another tab’s download is one too. */
export type ShownState = 'available' | 'downloading' | 'paused' | 'installed' | 'refused';

/** An install's state as the automation contract names it. */
export function shownState({ state }: InstallState): ShownState {
  return state === 'verifying' || state === 'elsewhere' ? 'downloading' : state;
}

/** What of an installed model is no longer on this device. */
export function missingOf(state: InstallState): Missing | undefined {
  return state.state === 'installed' ? state.missing : undefined;
}

/** Whether anything of it is. */
export function isMissing(state: InstallState): boolean {
  return missingOf(state) !== undefined;
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

/** Where files are kept and, where that is less, how long what is installed is known; see {@link BACKEND_WORDS}. */
export function whereText({
  backend,
  rowsPersistent,
}: Pick<StorageReport, 'backend' | 'rowsPersistent'>): string {
  const where = BACKEND_WORDS[backend];
  return rowsPersistent || backend === 'memory' ? where : `${where} ${LIST_IN_MEMORY}`;
}

/** Said of installed models where no list of them outlives the page. */
export const LIST_IN_MEMORY =
  'The list of installed models is in memory only: gone when the page is closed.';

/** Said of the ledger where it does not outlive the page. */
export const LEDGER_IN_MEMORY =
  'This ledger is of this visit only: it is in memory, and gone when the page is closed.';

/** Whether what is installed now is forgotten when the page is closed. */
export function isForgetful({
  backend,
  rowsPersistent,
}: Pick<StorageReport, 'backend' | 'rowsPersistent'>): boolean {
  return backend === 'memory' || !rowsPersistent;
}

/** Why the policy does not let an installed model run; null where it does. */
export function barredBecause(
  { grade, provider }: Pick<InstalledModel, 'grade' | 'provider'>,
  policy: InstallPolicy,
): string | null {
  const { action, because } = judgeInstall(grade, provider, policy);
  return action === 'refuse' ? because : null;
}

/**
 * What it means that something of an installed model is gone.
 * @param mayRun whether the policy lets it run: else it is neither fetched nor taken again.
 */
export function missingText(
  { provider }: Pick<InstalledModel, 'provider'>,
  missing: Missing,
  mayRun: boolean,
): string {
  const gone = `Its ${missing === 'file' ? 'file is' : 'labels are'} no longer on this device`;
  if (!mayRun) return `${gone}.`;
  return provider === 'own-file'
    ? `${gone}; add the same file once more.`
    : `${gone}; it is fetched and verified at the next use.`;
}

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

/** What a download waits for, as the automation contract names it; null where it waits for nothing by itself. */
export function waitsFor(state: InstallState): 'turn' | 'retry' | 'network' | null {
  if (state.state === 'downloading') return state.waits?.for ?? null;
  const isStranded = state.state === 'paused' && state.error?.code === 'download/offline';
  return isStranded ? 'network' : null;
}

/**
 * What a download waits for, in a sentence.
 * @param seconds until the next try.
 */
export function waitText(wait: Wait, seconds: number): string {
  if (wait.for === 'turn') {
    return `Waits for ${wait.others === 1 ? 'another download' : `${formatCount(wait.others)} other downloads`} to end.`;
  }
  const when = seconds > 0 ? `Next try in ${formatCount(seconds)}\u00a0s` : 'Tries again';
  return `${when}, after ${whatBroke(wait.error)} (try ${formatCount(wait.attempt)} of ${formatCount(wait.attempts)}).`;
}

/** What made a try fail, as it follows “after”. */
function whatBroke({ code, details }: AppError): string {
  switch (code) {
    case 'download/stalled':
      return 'nothing came for too long';
    case 'download/blocked':
      return `no answer from ${String(details['host'] ?? 'the host')}`;
    case 'download/http-status':
      return `the server answered ${String(details['status'] ?? 'with an error')}`;
    case 'download/bad-range':
      return 'the server sent another part of the file';
    default:
      return 'the connection broke';
  }
}

/** How many downloads are under way, wait, or have stopped, of which some wait for the network. */
export interface DownloadCounts {
  readonly running: number;
  readonly waiting: number;
  readonly offline: number;
  readonly paused: number;
}

/** Counts downloads by what they do; verifying is the end of one, and another tab’s count too. */
export function countDownloads(states: readonly InstallState[]): DownloadCounts {
  const count = { running: 0, waiting: 0, offline: 0, paused: 0 };
  for (const state of states) {
    const waits = waitsFor(state);
    if (waits === 'network') count.offline += 1;
    else if (waits !== null) count.waiting += 1;
    else if (state.state === 'paused') count.paused += 1;
    else if (shownState(state) === 'downloading') count.running += 1;
  }
  return count;
}

/** “2 downloads under way, 1 waits, 1 paused”; empty when there is nothing to say. */
export function downloadsText({ running, waiting, offline, paused }: DownloadCounts): string {
  return [
    running > 0 ? `${plural(running, 'download', 'downloads')} under way` : null,
    waiting > 0 ? `${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'}` : null,
    offline > 0 ? `${formatCount(offline)} stopped until the network is back` : null,
    paused > 0 ? `${formatCount(paused)} paused` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** Said in its place where nobody knows the models that may be on their way. */
export const DOWNLOADS_UNKNOWN =
  'Whether anything is being downloaded is not known without the catalogue.';

/** What takes the room, in bytes. */
export interface Shares {
  /** Files of installed models; one that several models share counts once. */
  readonly installed: number;
  /** Everything else the page keeps: {@link BESIDES_WORDS}. */
  readonly besides: number;
}

/** What the page keeps apart from installed models. Their labels count too, with a few kB. */
export const BESIDES_WORDS = 'runtimes, the page’s own models and unfinished downloads';

/**
 * Splits what is kept into installed models and the rest.
 * @param missing ids of the models whose file is gone: they take no room.
 */
export function sharesOf(
  { usedBytes }: Pick<StorageReport, 'usedBytes'>,
  models: readonly InstalledModel[],
  missing: ReadonlySet<string>,
): Shares {
  const here = models.filter(({ entry }) => !missing.has(entry.id));
  const files = new Map(here.map(({ entry }) => [entry.sha256, entry.bytes]));
  const installed = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  // The two are asked for one after the other: between them an install may end.
  return { installed, besides: Math.max(0, usedBytes - installed) };
}

/** Whether the page's own manifests name a model, so that it need not be installed. */
export function isOfPage({ collection }: Pick<CatalogModel, 'collection'>): boolean {
  return collection === 'embedded' || collection === 'operator';
}
