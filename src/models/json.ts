import { AppError, asAppError, withDetails } from '../core/errors.ts';
import { sha256Hex } from '../core/integrity/digest.ts';
import { download } from './download.ts';
import { foundDetails } from './found-file.ts';

/**
 * Fetches a small JSON file and makes of it what is wanted. Failures name it by its path from the page, since several
 * are called index.json; a refusal tells where the file came from and which one it was.
 * @throws AppError `manifest/too-large`, `manifest/not-json`, what `parse` throws, or what {@link download} throws.
 */
export async function fetchParsed<T>(
  url: string,
  maxBytes: number,
  parse: (json: unknown) => T,
  signal?: AbortSignal,
): Promise<T> {
  const bytes = await fetchSmall(url, maxBytes, signal);
  try {
    return parse(parseJson(bytes, url));
  } catch (thrown) {
    const found = foundDetails({ sha256: await sha256Hex(bytes), bytes: bytes.length });
    throw withDetails(asAppError(thrown), { url, ...found });
  }
}

/**
 * Fetches a small file as it is.
 * @throws AppError `manifest/too-large`, or what {@link download} throws, naming the file by its path.
 */
export async function fetchSmall(
  url: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = pathOf(url);
  const bytes = await download(url, { signal, maxBytes: maxBytes + 1, cache: 'no-cache' }).catch(
    (thrown: unknown) => {
      throw named(asAppError(thrown), url, path);
    },
  );
  if (bytes.length <= maxBytes) return bytes;
  throw new AppError(
    'manifest/too-large',
    `${path} is larger than the ${String(maxBytes)} bytes allowed for it. Split it or remove entries.`,
    { retryable: true, details: { url, maxBytes } },
  );
}

/** @throws AppError `manifest/not-json`. */
export function parseJson(bytes: Uint8Array, url: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new AppError(
      'manifest/not-json',
      `${pathOf(url)} is not JSON. If it is a web page, the server answers missing files with one; tell whoever runs it.`,
      { retryable: true, details: { url }, cause },
    );
  }
}

/** "models/index.json" for a file below the page, the whole address for any other and where there is no page. */
function pathOf(url: string): string {
  const page = typeof document === 'undefined' ? null : new URL('.', document.baseURI).href;
  return page !== null && url.startsWith(page) ? url.slice(page.length) : url;
}

/** A failed download's sentence has the file's last name only. */
function named(error: AppError, url: string, path: string): AppError {
  const last = new URL(url).pathname.split('/').pop() ?? '';
  if (last === '' || !error.message.includes(last)) return error;
  return new AppError(
    error.code,
    error.message.replace(last, () => path),
    {
      retryable: error.retryable,
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
      details: error.details,
      cause: error.cause,
    },
  );
}
