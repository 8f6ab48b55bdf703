import { limitOf } from '../../core/limits.ts';
import { parseAs } from '../../core/manifest/parse.ts';
import { fetchParsed } from '../json.ts';
import { zooSchema, type Zoo } from './schema.ts';

/** The catalogue of GluonCV's models, relative to the page. */
const ZOO_PATH = 'library/zoo.json';

/**
 * Fetches the catalogue of the model library.
 * @param pageUrl absolute URL of the page.
 * @throws AppError `manifest/bad-catalogue` when it is not one, `manifest/…` and `download/…` as {@link fetchParsed}.
 */
export async function loadZoo(pageUrl: string, signal?: AbortSignal): Promise<Zoo> {
  const url = new URL(ZOO_PATH, pageUrl).href;
  return fetchParsed(url, limitOf('zooBytes'), parseZoo, signal);
}

/**
 * Parses a catalogue.
 * @throws AppError `manifest/bad-catalogue`.
 */
export function parseZoo(json: unknown): Zoo {
  return parseAs(zooSchema, json, 'manifest/bad-catalogue', 'The catalogue of the model library');
}
