import { onTestFinished, vi } from 'vitest';

/** What of the Cache API the store uses, in memory, as Node has none. */
interface FakeStore {
  /** Stored bytes by path. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Methods that fail from now on, e.g. as on a full disk. */
  readonly failing: Set<'open' | 'match' | 'read' | 'put' | 'delete' | 'keys'>;
}

/** Puts an in-memory `caches` in place for the length of a test. */
export function fakeCaches(): FakeStore {
  const files: FakeStore['files'] = new Map();
  const failing: FakeStore['failing'] = new Set();
  const attempt = <T>(name: 'open' | 'match' | 'put' | 'delete' | 'keys', value: () => T) =>
    failing.has(name)
      ? Promise.reject(new DOMException(`${name} failed`, 'QuotaExceededError'))
      : Promise.resolve(value());
  const stored = (body: Uint8Array<ArrayBuffer>) => {
    const broken = new ReadableStream({
      start: (controller) => {
        controller.error(new DOMException('The disk is broken', 'NotReadableError'));
      },
    });
    return new Response(failing.has('read') ? broken : body);
  };
  const cache = {
    match: (key: string | Request) =>
      attempt('match', () => {
        const body = files.get(pathOf(key));
        return body && stored(body);
      }),
    put: async (key: string | Request, response: Response) => {
      const body = new Uint8Array(await response.arrayBuffer());
      return attempt('put', () => {
        files.set(pathOf(key), body);
      });
    },
    delete: (key: string | Request) => attempt('delete', () => files.delete(pathOf(key))),
    keys: () =>
      attempt('keys', () =>
        [...files.keys()].map((path) => new Request(`https://page.test${path}`)),
      ),
  };
  vi.stubGlobal('caches', { open: () => attempt('open', () => cache) });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return { files, failing };
}

/** The browser resolves a key against the page. */
function pathOf(key: string | Request): string {
  return new URL(typeof key === 'string' ? key : key.url, 'https://page.test').pathname;
}
