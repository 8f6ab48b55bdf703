import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, unwire, wired, type Wire } from '../../core/errors.ts';
import { parseManifest } from '../../models/manifest.ts';
import type { CatalogModel } from '../../models/types.ts';
import type { BootRequest, EngineWorker, GpuProbe } from '../worker-protocol.ts';
import manifest from '../../../public/models/index.json' with { type: 'json' };
import type { SessionHost as Host } from './session-host.ts';
import { Stopwatch } from './stopwatch.ts';

/* The host's decisions, with a scripted worker in place of a real one (that one is in e2e). */

const script = {
  probe: { adapter: 'acme gpu', software: false, jspi: true } as GpuProbe,
  /** What `open` answers, by execution provider. */
  open: {} as Partial<Record<BootRequest['ep'], AppError>>,
  run: null as AppError | null,
};
const log: string[] = [];

/** A worker that notes what it is asked and answers by the script. */
class ScriptedHost {
  alive = true;
  #ep: BootRequest['ep'] = 'wasm';

  constructor() {
    log.push('start');
  }

  end(): void {
    if (this.alive) log.push('end');
    this.alive = false;
  }

  async watch(): Promise<void> {
    await Promise.resolve();
  }

  async call<T>(make: (api: unknown) => Promise<Wire<T>>): Promise<T> {
    const note = <V>(what: string, value: V, error?: AppError | null) =>
      wired(() => {
        log.push(what);
        if (error) throw error;
        return value;
      });
    const api: Pick<EngineWorker, 'probe' | 'boot' | 'open' | 'run' | 'release'> = {
      probe: () => note('probe', script.probe),
      boot: ({ ep, build, threads }) => {
        this.#ep = ep;
        return note(`boot ${build}`, { threads });
      },
      open: ({ entry }) => note(`open ${entry.id}`, { selfTest: null }, script.open[this.#ep]),
      run: () => note('run', {} as never, script.run),
      release: () => note('release', null),
    };
    return unwire(await make(api));
  }
}

// Not hoisted: the scripted worker has to exist first.
vi.doMock('./worker-host.ts', () => ({ WorkerHost: ScriptedHost }));
vi.doMock('./assets.ts', () => ({
  loadAssets: (_model: unknown, build: string | null) => {
    const bytes = () => ({ bytes: new Uint8Array(4), verification: {} });
    const runtime = build && { build, glueUrl: 'glue', wasm: bytes() };
    return Promise.resolve({ model: bytes(), labels: [], runtime });
  },
}));

const { SessionHost } = await import('./session-host.ts');

const url = 'http://127.0.0.1/models/index.json';
const [classifier, detector] = parseManifest(manifest, url, 'embedded').models as [
  CatalogModel,
  CatalogModel,
];

function prepare(host: Host, model = classifier, choice: 'auto' | 'webgpu' | 'wasm' = 'auto') {
  const context = {
    signal: new AbortController().signal,
    stopwatch: new Stopwatch(),
    onProgress: () => undefined,
  };
  return host.prepare(model, choice, context);
}

beforeEach(() => {
  log.length = 0;
  script.open = {};
  script.run = null;
  script.probe = { adapter: 'acme gpu', software: false, jspi: true };
  vi.stubGlobal('navigator', { hardwareConcurrency: 16 });
});

describe('SessionHost', () => {
  it('boots once, opens once, and reports what really runs', async () => {
    const host = new SessionHost();
    const { backend } = await prepare(host);
    expect(backend).toMatchObject({
      ep: 'webgpu',
      runtime: 'jspi',
      adapter: 'acme gpu',
      threads: 4,
    });
    await prepare(host);
    expect(log).toEqual(['start', 'probe', 'boot jspi', 'open cifar_resnet20_v1', 'probe']);
  });

  it('falls back to WebAssembly in a fresh worker when auto’s GPU fails, and remembers why', async () => {
    script.open.webgpu = new AppError('engine/self-test-failed', 'Wrong by 3.');
    const host = new SessionHost();
    const { backend } = await prepare(host);
    expect(backend).toMatchObject({ ep: 'wasm', runtime: 'wasm', adapter: null });
    expect(backend.reason).toContain('engine/self-test-failed');
    expect(log.slice(3)).toEqual([
      'open cifar_resnet20_v1',
      'end',
      'start',
      'boot wasm',
      'open cifar_resnet20_v1',
    ]);
    log.length = 0;
    expect((await prepare(host)).backend.reason).toContain('engine/self-test-failed');
    expect(log).toEqual(['probe']);
  });

  it('never replaces a GPU that was asked for by name', async () => {
    script.open.webgpu = new AppError('engine/self-test-failed', 'Wrong by 3.');
    await expect(prepare(new SessionHost(), classifier, 'webgpu')).rejects.toMatchObject({
      code: 'engine/self-test-failed',
    });
    expect(log).not.toContain('boot wasm');
  });

  it('keeps a detector with NMS in its graph off the GPU, saying so', async () => {
    const { backend } = await prepare(new SessionHost(), detector);
    expect(backend.ep).toBe('wasm');
    expect(backend.reason).toContain('NonMaxSuppression');
  });

  it('tries one thread when memory for several is not to be had', async () => {
    const failure = new AppError('engine/out-of-memory', 'No room.', { retryable: true });
    script.open.wasm = failure;
    const host = new SessionHost();
    await expect(prepare(host, classifier, 'wasm')).rejects.toMatchObject({ code: failure.code });
    expect(log.filter((entry) => entry === 'boot wasm')).toHaveLength(2);
  });

  it('replaces the worker when another backend is wanted', async () => {
    const host = new SessionHost();
    await prepare(host, classifier, 'webgpu');
    expect((await prepare(host, classifier, 'wasm')).backend.ep).toBe('wasm');
    expect(log.filter((entry) => entry === 'start')).toHaveLength(2);
  });

  it('releases the least recently used model when a third one comes', async () => {
    const third = { ...classifier, entry: { ...classifier.entry, id: 'third', sha256: 'third' } };
    const host = new SessionHost();
    await prepare(host, classifier, 'wasm');
    await prepare(host, detector, 'wasm');
    await prepare(host, classifier, 'wasm'); // used again: the detector is the oldest now
    await prepare(host, third, 'wasm');
    log.length = 0;
    await prepare(host, classifier, 'wasm');
    expect(log).toEqual([]);
    await prepare(host, detector, 'wasm');
    expect(log).toEqual(['release', `open ${detector.entry.id}`]);
  });

  it('opens another declaration of the same file anew, with its own checks', async () => {
    const { entry } = classifier;
    const twin = { ...classifier, entry: { ...entry, labels: { ...entry.labels, bytes: 1 } } };
    const host = new SessionHost();
    await prepare(host, classifier, 'wasm');
    log.length = 0;
    await prepare(host, twin, 'wasm');
    expect(log).toEqual([`open ${entry.id}`]);
  });

  it('never uses a GPU runtime again after a failed run', async () => {
    const host = new SessionHost();
    await prepare(host, classifier, 'webgpu');
    script.run = new AppError('engine/device-lost', 'Gone.', { retryable: true });
    const image = { width: 1, height: 1, data: new Uint8Array(3) };
    await expect(host.run(classifier, image)).rejects.toMatchObject({ code: 'engine/device-lost' });
    expect(log.at(-1)).toBe('end');
    await prepare(host, classifier, 'webgpu');
    expect(log.filter((entry) => entry === 'boot jspi')).toHaveLength(2);
  });
});
