import type { BrowserContext, Page, Worker } from '@playwright/test';

/** Worker messages are Comlink's: a call names its method in `path`. */
interface SabotagedWindow {
  /** Workers by start; the tests end them from outside, as the system would. */
  killOnCall?: string | undefined;
  killed?: number;
}

/**
 * Lets a test end the engine's worker from outside at the very moment it is asked to do something. The app is
 * not told: it has to notice by itself.
 */
export async function armWorkerKiller(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sabotage = window as unknown as SabotagedWindow;
    sabotage.killed = 0;
    window.Worker = class extends Worker {
      override postMessage(
        message: unknown,
        transfer?: StructuredSerializeOptions | Transferable[],
      ) {
        super.postMessage(message, transfer as Transferable[]);
        const path = (message as { path?: string[] } | null)?.path;
        if (sabotage.killOnCall !== undefined && path?.[0] === sabotage.killOnCall) {
          sabotage.killOnCall = undefined;
          sabotage.killed = (sabotage.killed ?? 0) + 1;
          super.terminate();
        }
      }
    };
  });
}

/** The next call of `method` to any worker is the worker's last. */
export async function killWorkerOnNext(
  page: Page,
  method: 'run' | 'open' | 'decode',
): Promise<void> {
  await page.evaluate((name) => {
    (window as unknown as SabotagedWindow).killOnCall = name;
  }, method);
}

/** How many workers were killed so far. */
export function killCount(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as SabotagedWindow).killed ?? 0);
}

/** Serves a worker's script with a prelude: what a browser without a feature, or a test, needs. */
export async function withWorkerPrelude(
  page: Page,
  prelude: string,
  worker: 'engine' | 'library' = 'engine',
): Promise<void> {
  await page.route(new RegExp(`/assets/${worker}\\.worker-[^/]*\\.js$`), async (route) => {
    const response = await route.fetch();
    const body = `${prelude}\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
}

/** Keeps every GPU device a worker makes at `globalThis.testDevice`. */
export const KEEP_DEVICE = `{
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    return (globalThis.testDevice = await requestDevice.call(this, descriptor));
  };
}`;

/** Makes the worker's browser one without JSPI. */
export const WITHOUT_JSPI = 'delete WebAssembly.Suspending;';

/** Makes the worker's browser one that lets no worker write into the private file system. */
export const WITHOUT_FILE_SYSTEM = 'delete FileSystemFileHandle.prototype.createSyncAccessHandle;';

/** Half of a download's second write is done; then the worker stands still, and says so on the console. */
export const TORN_WRITE = `{
  const create = FileSystemFileHandle.prototype.createSyncAccessHandle;
  let writes = 0;
  FileSystemFileHandle.prototype.createSyncAccessHandle = async function () {
    const access = await create.call(this);
    if (!this.name.startsWith('download-') || (writes += 1) < 2) return access;
    const write = access.write.bind(access);
    access.write = (bytes, options) => {
      write(bytes.subarray(0, bytes.length >> 1), options);
      access.flush();
      console.log('torn');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    };
    return access;
  };
}`;

/** Makes the browser one that denies the Cache API, in every tab. */
export async function withoutCaches(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const open = () => Promise.reject(new DOMException('Denied.', 'SecurityError'));
    Object.defineProperty(CacheStorage.prototype, 'open', { value: open });
  });
}

/** Makes the browser one that denies IndexedDB, in every tab. */
export async function withoutDatabase(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const open = () => {
      throw new DOMException('Denied.', 'SecurityError');
    };
    Object.defineProperty(IDBFactory.prototype, 'open', { value: open });
  });
}

/** Ends a page as a crash of its process does: nothing in it has a say. @returns the next page. */
export async function crash(page: Page): Promise<Page> {
  const context = page.context();
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => undefined); // it never answers
  await crashed;
  await page.close();
  return context.newPage();
}

/** The engine's worker, as Playwright sees it. */
export function engineWorker(page: Page): Worker | undefined {
  return page.workers().find((worker) => worker.url().includes('/assets/engine.worker-'));
}

/** Makes the browser one whose WebCrypto does not know Ed25519, in every tab. */
export async function withoutEd25519(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { subtle } = crypto;
    const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
    const without = (...args: unknown[]) =>
      args[2] === 'Ed25519'
        ? Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
        : importKey(...args);
    Object.defineProperty(SubtleCrypto.prototype, 'importKey', { value: without });
  });
}
