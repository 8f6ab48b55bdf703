import { limitOf } from '../core/limits.ts';
import { parseConfig, type Config } from '../core/manifest/config.ts';
import { fetchParsed } from './json.ts';

/**
 * Reads `config.json` beside the page.
 * @param pageUrl absolute URL of the page.
 * @throws AppError `config/bad-config`, `manifest/too-large`, `manifest/not-json`, or `download/…`.
 */
export async function loadConfig(pageUrl: string, signal?: AbortSignal): Promise<Config> {
  const url = new URL('config.json', pageUrl).href;
  return fetchParsed(url, limitOf('configBytes'), parseConfig, signal);
}
