import { AppError } from '../core/errors.ts';
import { limitOf } from '../core/limits.ts';
import { failedError, nameOf, StallTimer, stalledError } from './download-stall.ts';

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes received so far. */
  readonly onProgress?: ((loadedBytes: number) => void) | undefined;
  /** `reload` bypasses the HTTP cache: the second try after wrong bytes must come from the server. */
  readonly cache?: RequestCache;
  /** Reads this many bytes at the most: one more than expected is enough to know that a file is wrong. */
  readonly maxBytes: number;
}

/**
 * Fetches a file into memory, bounded in bytes and in silence. What comes is not yet trusted.
 *
 * @returns the bytes; when the file is longer than `maxBytes`, its first `maxBytes`.
 * @throws AppError `download/http-status`, `download/failed`, `download/stalled` (retryable), or
 * `engine/cancelled` when the signal fires.
 */
export async function download(
  url: string,
  options: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const stall = new StallTimer(limitOf('downloadStallMs'));
  const signal = options.signal ? AbortSignal.any([options.signal, stall.signal]) : stall.signal;
  try {
    stall.touch();
    const response = await fetch(url, {
      signal,
      cache: options.cache ?? 'default',
      credentials: 'same-origin',
    });
    if (!response.ok) {
      await response.body?.cancel(); // an error page is not read, however long
      throw httpError(url, response.status);
    }
    return await readBounded(response, options, () => {
      stall.touch();
    });
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (options.signal?.aborted) {
      throw new AppError('engine/cancelled', `Cancelled while ${nameOf(url)} was loading.`, {
        retryable: true,
      });
    }
    if (stall.signal.aborted) throw stalledError(url);
    throw failedError(url, thrown);
  } finally {
    stall.stop();
  }
}

async function readBounded(
  response: Response,
  { maxBytes, onProgress }: DownloadOptions,
  onChunk: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader && length < maxBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    onChunk();
    chunks.push(value);
    length += value.length;
    onProgress?.(Math.min(length, maxBytes));
  }
  if (length >= maxBytes) await reader?.cancel();
  return concatenate(chunks, Math.min(length, maxBytes));
}

/** Joins chunks and cuts the result at `length` bytes. */
function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, length - at);
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function httpError(url: string, status: number): AppError {
  const advice =
    status === 404
      ? 'It is not at its address; tell whoever runs this page.'
      : 'Try again in a moment.';
  return new AppError(
    'download/http-status',
    `The server answered ${String(status)} for ${nameOf(url)}. ${advice}`,
    { retryable: status !== 404, details: { url, status } },
  );
}
