import { AppError, asAppError } from '../../core/errors.ts';
import type { ModelEntry } from '../../tasks/registry.ts';
import { parseLabels } from '../labels.ts';
import { loadVerified } from '../verify.ts';
import type { LibraryParts } from './parts.ts';
import { offlineError } from './transfer-errors.ts';

/**
 * Fetches the labels of a catalogue model, verifies and keeps them. Their failure is no verdict on the model, which is
 * fine and stays for the next try; the ledger has the one on them.
 * @param title the model's, as the catalogue has it.
 * @throws AppError `download/…` retryable, `manifest/bad-labels`, `store/…`, or the signal's reason.
 */
export async function keepLabels(
  { files, dependencies }: LibraryParts,
  title: string,
  { title: declared, labels: { file, bytes, sha256, format } }: ModelEntry,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(file, dependencies.labelsBaseUrl).href;
  const what = `the labels file of ${declared}`;
  let labels: Uint8Array<ArrayBuffer>;
  try {
    const loaded = await loadVerified({ what, url, bytes, sha256, isText: true }, { signal });
    await loaded.kept;
    labels = loaded.bytes;
  } catch (thrown) {
    const error = asAppError(thrown);
    if (signal.aborted) throw asAppError(signal.reason);
    if (!/^(download|integrity)\//.test(error.code)) throw error;
    const isDownload = error.code.startsWith('download/');
    const isOffline = isDownload && dependencies.net.isOffline();
    const { code, message, details } = isOffline ? offlineError(url, error) : error;
    throw new AppError(
      isDownload ? code : 'download/wrong-labels',
      `${title} itself has come and is kept; only its labels are missing. ${message}`,
      { retryable: true, details, cause: error },
    );
  }
  parseLabels(labels, format);
  if (!(await files.has(sha256))) await files.keep(sha256, labels);
}
