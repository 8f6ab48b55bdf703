import { AppError } from '../core/errors.ts';
import { download } from './download.ts';

/**
 * Fetches a small JSON file.
 * @throws AppError `manifest/too-large`, `manifest/not-json`, or what {@link download} throws.
 */
export async function fetchJson(
  url: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<unknown> {
  return parseJson(await fetchSmall(url, maxBytes, signal), url);
}

/**
 * Fetches a small file as it is.
 * @throws AppError `manifest/too-large`, or what {@link download} throws.
 */
export async function fetchSmall(
  url: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await download(url, { signal, maxBytes: maxBytes + 1, cache: 'no-cache' });
  if (bytes.length <= maxBytes) return bytes;
  throw new AppError(
    'manifest/too-large',
    `${url} is larger than the ${String(maxBytes)} bytes allowed for it. Split it or remove entries.`,
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
      `${url} is not JSON. If it is a web page, the server answers missing files with one; tell whoever runs it.`,
      { retryable: true, details: { url }, cause },
    );
  }
}
