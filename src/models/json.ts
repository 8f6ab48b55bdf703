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
  const bytes = await download(url, { signal, maxBytes: maxBytes + 1, cache: 'no-cache' });
  if (bytes.length > maxBytes) {
    throw new AppError(
      'manifest/too-large',
      `${url} is larger than the ${String(maxBytes)} bytes allowed for it. Split it or remove entries.`,
      { retryable: true, details: { url, maxBytes } },
    );
  }
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
