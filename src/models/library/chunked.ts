import { AppError, asAppError } from '../../core/errors.ts';
import { nameOf } from '../download-stall.ts';
import type { ChunkedFile, LoadOptions } from '../verify.ts';
import type { LibraryDependencies } from './parts.ts';
import { transfer } from './transfer.ts';

/**
 * Fetches a file with a chunk list into memory: every chunk is digested as it arrives, a wrong one is fetched again
 * alone, and a broken connection is taken up where it broke. The whole is not yet verified.
 * @throws AppError as {@link transfer}, `engine/cancelled`.
 */
export async function fetchChunked(
  { url, bytes, chunks }: ChunkedFile,
  { signal, onProgress }: LoadOptions,
  { net, rules }: Pick<LibraryDependencies, 'net' | 'rules'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(bytes);
  const stop = new AbortController();
  const cancel = () => {
    stop.abort(
      new AppError('engine/cancelled', 'Cancelled while a model was loading.', { retryable: true }),
    );
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const { hosts } = await rules();
    await transfer(
      { url, publishedBytes: bytes, chunks },
      { receivedBytes: 0, totalBytes: bytes, validator: null },
      {
        write: (at, piece) => {
          whole.set(piece, at);
          return Promise.resolve();
        },
        note: () => Promise.resolve(),
      },
      {
        net,
        hosts,
        signal: stop.signal,
        onProgress: ({ loadedBytes }) => onProgress?.(loadedBytes),
      },
    );
    return whole;
  } catch (thrown) {
    const error = asAppError(thrown);
    throw error.code === 'download/offline' ? noNetworkError(url, error) : error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** An install goes on by itself when the network is back; what is fetched for a run is not kept and does not. */
function noNetworkError(url: string, cause: AppError): AppError {
  return new AppError(
    'download/offline',
    `${nameOf(url)} could not be loaded: this device has no network. Try again when it has.`,
    { retryable: true, details: { url }, cause },
  );
}
