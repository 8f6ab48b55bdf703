import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseManifest } from '../../models/manifest.ts';
import { fakeCaches } from '../../models/testing/fake-caches.ts';
import { rawEntry } from '../../models/testing/entries.ts';
import { bytes, endless, loopback, type Answer } from '../../models/testing/loopback.ts';
import { rejection } from '../../models/testing/rejection.ts';
import type { Progress } from '../protocol.ts';
import { loadAssets } from './assets.ts';

/** Five bytes in place of the inference runtime. */
const RUNTIME = 'hello';
vi.mock('virtual:ort-runtime', () => ({
  ORT_BUILDS: {
    wasm: {
      glueUrl: '/assets/glue.mjs',
      wasmUrl: '/assets/ort.wasm',
      bytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    },
  },
}));

beforeEach(() => () => {
  vi.unstubAllGlobals();
});

/** A page with one model of three bytes and two labels, some of whose answers are replaced. */
async function page(replaced: Readonly<Record<string, Answer>> = {}) {
  const { url, requests } = await loopback({
    '/models/m/model.onnx': bytes('abc'),
    '/models/m/labels.txt': bytes('cat\ndog\n'),
    '/assets/ort.wasm': bytes(RUNTIME),
    ...replaced,
  });
  vi.stubGlobal('window', { location: { origin: new URL(url).origin } });
  const manifest = { version: 1, models: [rawEntry('m')] };
  const [model] = parseManifest(manifest, `${url}models/index.json`, 'embedded').models;
  const progress: Progress[] = [];
  const load = (build: 'wasm' | null, signal = new AbortController().signal) =>
    model
      ? loadAssets(model, build, signal, (step) => progress.push(step))
      : expect.fail('The test entry is not valid.');
  return { url, requests, progress, load };
}

describe('loadAssets', () => {
  it('gives model, labels and runtime, with one figure of progress', async () => {
    const { url, progress, load } = await page();
    const { model, labels, runtime } = await load('wasm');
    expect(new TextDecoder().decode(model.bytes)).toBe('abc');
    expect(labels).toEqual(['cat', 'dog']);
    expect(runtime).toMatchObject({ build: 'wasm', glueUrl: `${url}assets/glue.mjs` });
    expect(progress.at(-1)).toEqual({
      stage: 'verify',
      what: 'Model m and the runtime',
      loadedBytes: 3 + 8 + 5,
      totalBytes: 3 + 8 + 5,
    });
  });

  it('leaves the runtime out when the worker has one', async () => {
    const { requests, progress, load } = await page();
    expect((await load(null)).runtime).toBeNull();
    expect(requests.map(({ url }) => url)).not.toContain('/assets/ort.wasm');
    expect(progress.at(-1)).toMatchObject({ loadedBytes: 11, totalBytes: 11 });
  });

  it('counts what the store has as loaded', async () => {
    fakeCaches();
    const { load } = await page();
    await load('wasm');
    const again = await page();
    await again.load('wasm');
    expect(again.requests).toHaveLength(0);
    expect(again.progress.at(-1)).toMatchObject({ loadedBytes: 16, totalBytes: 16 });
  });

  it('stops the other parts when one fails, before it says so', async () => {
    const hungUp = vi.fn();
    const { progress, load } = await page({
      // Never ends and never has a byte too many.
      '/assets/ort.wasm': (response) => {
        response.on('close', hungUp);
        response.write('he');
      },
      '/models/m/labels.txt': (response) => {
        response.statusCode = 500;
        response.end();
      },
    });
    const error = await rejection(load('wasm'));
    expect(error.code).toBe('download/http-status');
    expect(error.message).toContain('labels.txt');
    const told = progress.length;
    await vi.waitFor(() => {
      expect(hungUp).toHaveBeenCalled();
    });
    expect(progress).toHaveLength(told);
  });

  it('names the model whose file is wrong', async () => {
    const { load } = await page({ '/models/m/model.onnx': endless(200, () => undefined) });
    const error = await rejection(load(null));
    expect(error.code).toBe('integrity/length-mismatch');
    expect(error.message).toMatch(/^The model Model m was refused and not run/);
  });

  it('is cancelled by its signal', async () => {
    const { load } = await page();
    expect((await rejection(load('wasm', AbortSignal.abort()))).code).toBe('engine/cancelled');
  });
});
