import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseManifest } from '../../models/manifest.ts';
import { rawEntry } from '../../models/testing/entries.ts';
import { fakeCaches } from '../../models/testing/fake-caches.ts';
import { bytes, loopback, status, type Answer } from '../../models/testing/loopback.ts';
import { rejection } from '../../models/testing/rejection.ts';
import { prefetch } from './prefetch.ts';

/** “hello” and “abc” in place of the runtimes. */
vi.mock('virtual:ort-runtime', () => ({
  ORT_BUILDS: {
    wasm: {
      glueUrl: '/assets/g.js',
      wasmUrl: '/assets/cpu.wasm',
      bytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    },
    asyncify: {
      glueUrl: '/assets/g.js',
      wasmUrl: '/assets/gpu.wasm',
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
  },
}));

beforeEach(() => {
  vi.stubEnv('PROD', true);
  vi.stubGlobal('navigator', {}); // Node 20 has none
  vi.stubGlobal('window', {
    requestIdleCallback: (run: () => void) => {
      run();
    },
  });
  vi.stubGlobal('requestIdleCallback', (run: () => void) => {
    run();
  });
  return () => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  };
});

/** A page with these models, each of three bytes with eight of labels; some answers replaced. */
async function page(replaced: Readonly<Record<string, Answer>> = {}, models = [rawEntry('m')]) {
  const store = fakeCaches();
  const { url, requests } = await loopback({
    '/app-files.json': bytes('{"version":1,"scripts":["assets/engine.js"]}'),
    '/assets/engine.js': bytes('self.a = 1'),
    '/assets/cpu.wasm': bytes('hello'),
    '/models/m/model.onnx': bytes('abc'),
    '/models/m/labels.txt': bytes('cat\ndog\n'),
    ...replaced,
  });
  const catalog = parseManifest({ version: 1, models }, `${url}models/index.json`, 'embedded');
  return {
    store,
    requests: () => requests.map((request) => request.url),
    run: () => prefetch(catalog, url, new AbortController().signal),
  };
}

describe('prefetch', () => {
  it('puts runtime, labels and model into the store and reads every script', async () => {
    const { run, store, requests } = await page();
    expect(await run()).toEqual({ state: 'ready' });
    expect(store.files.size).toBe(3);
    expect(requests()).toContain('/assets/engine.js');
  });

  it('fetches no verified file twice', async () => {
    const { run, requests } = await page();
    await run();
    const before = requests().length;
    await run();
    expect(requests().slice(before)).toEqual(['/app-files.json', '/assets/engine.js']);
  });

  it('fetches nothing where data is to be saved', async () => {
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    const { run, requests } = await page();
    expect(await run()).toEqual({ state: 'saving-data' });
    expect(requests()).toEqual([]);
  });

  it('leaves a model that is too large to its first use, and names it', async () => {
    const large = { ...rawEntry('large'), title: 'Large', bytes: 100 * 1024 * 1024 };
    const { run, requests } = await page({}, [large, rawEntry('m')]);
    expect(await run()).toEqual({ state: 'partly', missing: ['Large'] });
    expect(requests()).not.toContain('/models/large/model.onnx');
    expect(requests()).toContain('/models/m/model.onnx');
  });

  it('fetches the WebGPU runtime where there is an adapter', async () => {
    vi.stubGlobal('navigator', {
      gpu: {
        requestAdapter: () =>
          Promise.resolve({
            info: { vendor: 'v', architecture: 'a', description: 'GPU', isFallbackAdapter: false },
          }),
      },
    });
    const { run, requests } = await page({ '/assets/gpu.wasm': bytes('abc') }, []);
    expect(await run()).toEqual({ state: 'ready' });
    expect(requests()).toContain('/assets/gpu.wasm');
  });

  it('says so when a file is wrong, missing or not kept', async () => {
    const wrong = await page({ '/models/m/model.onnx': bytes('abd') });
    expect(await rejection(wrong.run())).toMatchObject({ code: 'integrity/digest-mismatch' });
    const missing = await page({ '/assets/engine.js': status(404) });
    expect(await rejection(missing.run())).toMatchObject({ code: 'download/http-status' });
    const full = await page();
    full.store.failing.add('put');
    expect(await rejection(full.run())).toMatchObject({ code: 'store/not-kept' });
  });

  it('refuses a list of scripts that points elsewhere', async () => {
    const { run } = await page({
      '/app-files.json': bytes('{"version":1,"scripts":["https://example.org/a.js"]}'),
    });
    expect(await rejection(run())).toMatchObject({ code: 'config/bad-app-files' });
  });
});
