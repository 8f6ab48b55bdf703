import { AppError } from '../../src/core/errors.ts';
import { describeWrongFile } from '../../src/core/integrity/wrong-file.ts';
import { limitOf } from '../../src/core/limits.ts';

/** HTTPS, or plain HTTP on this machine for tests. */
export function isFetchable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'))
  );
}

/**
 * Downloads a file into memory, bounded in bytes and in silence. Redirects are followed; what comes is not trusted.
 * @param bytes its size, if that is known.
 * @throws AppError `download/…`.
 */
export async function fetchFile(
  url: string,
  maxBytes: number,
  bytes: number | null = null,
): Promise<Uint8Array<ArrayBuffer>> {
  const silence = new AbortController();
  const timeout = setTimeout(() => {
    silence.abort();
  }, limitOf('downloadStallMs'));
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!isFetchable(response.url)) {
      throw new AppError(
        'download/redirect-refused',
        `${url} leads to ${response.url}, which is not HTTPS. Find another source.`,
      );
    }
    if (!response.ok) throw statusError(url, response.status);
    // Nothing of a file is taken that says at once that it is too long.
    if (Number(response.headers.get('content-length')) > maxBytes) throw tooLarge(url, maxBytes);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      timeout.refresh();
      const part = chunk as Uint8Array;
      chunks.push(part);
      length += part.length;
      if (length > maxBytes) throw tooLarge(url, maxBytes);
    }
    const whole = Uint8Array.from(Buffer.concat(chunks));
    refuseOtherFile(url, whole, bytes);
    return whole;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw failed(url, silence.signal.aborted, thrown);
  } finally {
    clearTimeout(timeout);
    silence.abort(); // ends what is still coming
  }
}

/** A web page or an LFS pointer in place of a model is said by name. */
function refuseOtherFile(url: string, got: Uint8Array, bytes: number | null): void {
  const guess = describeWrongFile(got);
  if (guess === null || got.length === bytes) return;
  throw new AppError(
    'download/wrong-content',
    `${url} gave ${guess}. Look for the address of the file itself.`,
  );
}

function statusError(url: string, status: number): AppError {
  return new AppError('download/http-status', `The server answered ${String(status)} for ${url}.`, {
    details: { url, status },
  });
}

function tooLarge(url: string, maxBytes: number): AppError {
  return new AppError(
    'download/too-large',
    `${url} has more than the ${maxBytes.toLocaleString('en')} bytes allowed for it.`,
  );
}

function failed(url: string, stalled: boolean, cause: unknown): AppError {
  if (stalled) {
    const seconds = limitOf('downloadStallMs') / 1000;
    return new AppError(
      'download/stalled',
      `The download of ${url} stood still for ${String(seconds)} s and was stopped.`,
    );
  }
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const why = inner instanceof Error ? inner.message : String(inner);
  return new AppError('download/failed', `${url} could not be loaded (${why}).`, { cause });
}
