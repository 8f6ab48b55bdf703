import * as v from 'valibot';
import { AppError } from '../../core/errors.ts';
import { withDeadline } from '../../core/flow/deadline.ts';
import { limitOf } from '../../core/limits.ts';
import { download } from '../../models/download.ts';
import { fetchParsed } from '../../models/json.ts';
import { pinnedRuntime } from '../../models/runtime.ts';
import { isStored } from '../../models/store.ts';
import type { Catalog, CatalogModel } from '../../models/types.ts';
import { loadVerified, type PinnedAsset } from '../../models/verify.ts';
import { probeGpu } from '../worker/probe.ts';
import { pinnedFiles } from './pinned.ts';

/** How far the page can go on without the network. */
export type Readiness =
  /** Everything is on the device. */
  | { readonly state: 'ready' }
  /** The device asks to save data: files come when they are first needed. */
  | { readonly state: 'saving-data' }
  /** All but these models, which are too large to be fetched unasked. */
  | { readonly state: 'partly'; readonly missing: readonly string[] };

const appFilesSchema = v.object({
  version: v.literal(1),
  scripts: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w./-]+\.js$/))), v.maxLength(256)),
});

/** The largest script of the build has under 400 kB; this only bounds what a wrong server can send. */
const SCRIPT_BYTES = 8 * 1024 * 1024;

/**
 * Fetches what the page may yet need, one file after the other when the page has nothing else to do, so that it
 * goes on when the network does not: its scripts, the runtimes for this device, and the models of the catalogue,
 * first to last, as far as they fit in `LIMITS.prefetchBytes`. Nothing is executed. Verified files go to the store
 * and are verified again when they are used.
 * @param pageUrl absolute URL of the page.
 * @throws AppError `download/…`, `manifest/…` or `integrity/…` as a load would, `store/not-kept` when the device
 * keeps no files.
 */
export async function prefetch(
  { models }: Catalog,
  pageUrl: string,
  signal: AbortSignal,
): Promise<Readiness> {
  if (savesData()) return { state: 'saving-data' };
  await idle();
  if (import.meta.env.PROD) await prefetchScripts(pageUrl, signal);
  await keep(pinnedRuntime('wasm', pageUrl), signal);
  const { fitting, missing } = chooseModels(models);
  for (const { labels, model } of fitting.map(pinnedFiles)) {
    await keep(labels, signal);
    await keep(model, signal);
  }
  const { adapter, jspi } = await withDeadline(probeGpu(), limitOf('probeMs'), gpuSilent);
  if (adapter !== null) await keep(pinnedRuntime(jspi ? 'jspi' : 'asyncify', pageUrl), signal);
  if (missing.length === 0) return { state: 'ready' };
  return { state: 'partly', missing: missing.map(({ entry }) => entry.title) };
}

function gpuSilent(): AppError {
  return new AppError(
    'engine/deadline',
    `The GPU did not answer within ${String(limitOf('probeMs') / 1000)} s. WebAssembly can be used instead.`,
    { retryable: true, details: { limitMs: limitOf('probeMs') } },
  );
}

/** Splits the catalogue into what fits in `LIMITS.prefetchBytes`, first to last, and the rest. */
function chooseModels(models: readonly CatalogModel[]) {
  let left = limitOf('prefetchBytes');
  const fitting: CatalogModel[] = [];
  const missing: CatalogModel[] = [];
  for (const model of models) {
    // What was installed is on the device, and its host is asked only when the person wants it.
    if (model.collection === 'library' || model.collection === 'own') continue;
    const bytes = model.entry.bytes + model.entry.labels.bytes;
    if (bytes > left) missing.push(model);
    else {
      left -= bytes;
      fitting.push(model);
    }
  }
  return { fitting, missing };
}

async function prefetchScripts(pageUrl: string, signal: AbortSignal): Promise<void> {
  const url = new URL('app-files.json', pageUrl).href;
  const { scripts } = await fetchParsed(url, limitOf('configBytes'), parseAppFiles, signal);
  for (const script of scripts) {
    // Scripts have a hash in their name and are cached by the browser for good; read, so that all of it is.
    await download(new URL(script, pageUrl).href, { signal, maxBytes: SCRIPT_BYTES });
  }
}

/** @throws AppError `config/bad-app-files`. */
function parseAppFiles(json: unknown): v.InferOutput<typeof appFilesSchema> {
  const list = v.safeParse(appFilesSchema, json);
  if (list.success) return list.output;
  throw new AppError(
    'config/bad-app-files',
    'The list of this app’s scripts (app-files.json) is not one. Tell whoever runs this page.',
    { details: { issue: list.issues[0].message } },
  );
}

/** Has a file in the store, from the network if it is not there yet. */
async function keep(file: PinnedAsset, signal: AbortSignal): Promise<void> {
  if (await isStored(file.sha256)) return;
  const { kept } = await loadVerified(file, { signal });
  if (await kept) return;
  throw new AppError(
    'store/not-kept',
    'This browser keeps no files for the page here (a private window, or a full disk), so they are fetched again at each visit.',
    { details: { bytes: file.bytes } },
  );
}

/** True when the person asked their device to use little data. Only Chromium says so. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

/** Resolves when the browser has time; first paint and a person's first picture go before. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window)
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: 3_000 },
      );
    else setTimeout(resolve, 1_000);
  });
}
