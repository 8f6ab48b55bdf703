import * as Comlink from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, wired, type Wire } from '../../core/errors.ts';
import { WorkerHost } from './worker-host.ts';

/** What the fake worker can do. */
interface Api {
  readonly double: (value: number) => Promise<Wire<number>>;
  readonly never: () => Promise<Wire<number>>;
  readonly hold: (name: string) => Promise<void>;
}

const started: FakeWorker[] = [];

/** A worker over a real message channel: what crosses is structured-cloned, as between threads. */
class FakeWorker extends EventTarget {
  readonly #channel = new MessageChannel();
  readonly terminate = vi.fn(() => {
    this.#channel.port1.close();
  });

  constructor() {
    super();
    const api: Api = {
      double: (value) =>
        wired(() => {
          if (value < 0) {
            throw new AppError('intake/too-large', 'Too large by 7.', {
              retryAfterMs: 5,
              details: { by: 7 },
            });
          }
          return value * 2;
        }),
      never: () => new Promise(() => undefined),
      hold: () => Promise.resolve(),
    };
    Comlink.expose(api, this.#channel.port2);
    this.#channel.port1.addEventListener('message', (event) => {
      this.dispatchEvent(new MessageEvent('message', { data: event.data as unknown }));
    });
    this.#channel.port1.start();
    started.push(this);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(message, transfer as never);
  }
}

vi.mock('./trusted-worker.ts', () => ({ startWorker: () => new FakeWorker() }));

const late = () => new AppError('engine/deadline', 'Too slow.', { retryable: true });
const patient = { deadlineMs: 5_000, onLate: late };
let locks: { name: string; grant: () => void }[] = [];

beforeEach(() => {
  started.length = 0;
  locks = [];
  vi.stubGlobal('navigator', {
    locks: {
      request: (name: string, grant: () => void) => {
        locks.push({ name, grant });
        return Promise.resolve();
      },
    },
  });
});

afterEach(() => {
  for (const worker of started) worker.terminate();
  vi.unstubAllGlobals();
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : 'a foreign error'),
  );
}

describe('WorkerHost', () => {
  it('brings back values, and errors with everything they carry', async () => {
    const host = new WorkerHost<Api>('engine');
    expect(await host.call((api) => api.double(21), patient)).toBe(42);
    await expect(host.call((api) => api.double(-1), patient)).rejects.toMatchObject({
      code: 'intake/too-large',
      message: 'Too large by 7.',
      retryable: true,
      retryAfterMs: 5,
      details: { by: 7 },
    });
    expect(host.alive).toBe(true);
  });

  it('terminates a worker that is late, and is dead from then on', async () => {
    const host = new WorkerHost<Api>('engine');
    const call = host.call((api) => api.never(), { deadlineMs: 20, onLate: late });
    expect(await codeOf(call)).toBe('engine/deadline');
    expect(started[0]?.terminate).toHaveBeenCalled();
    expect(host.alive).toBe(false);
    expect(await codeOf(host.call((api) => api.double(1), patient))).toBe('engine/deadline');
  });

  it('rejects every call under way with the reason it was ended for', async () => {
    const host = new WorkerHost<Api>('engine');
    const calls = [1, 2].map(() => codeOf(host.call((api) => api.never(), patient)));
    host.end(new AppError('engine/cancelled', 'Stopped.'));
    host.end(new AppError('engine/replaced', 'Too late to matter.'));
    expect(await Promise.all(calls)).toEqual(['engine/cancelled', 'engine/cancelled']);
    expect(started[0]?.terminate).toHaveBeenCalledTimes(1);
  });

  it('tells a worker whose program never ran from one that ended', async () => {
    const host = new WorkerHost<Api>('engine');
    const call = codeOf(host.call((api) => api.never(), patient));
    started[0]?.dispatchEvent(new Event('error', { cancelable: true }));
    expect(await call).toBe('engine/not-loaded');
  });

  it('takes an error event for the worker’s end', async () => {
    const host = new WorkerHost<Api>('engine');
    await host.call((api) => api.double(1), patient);
    const call = codeOf(host.call((api) => api.never(), patient));
    started[0]?.dispatchEvent(new Event('error', { cancelable: true }));
    expect(await call).toBe('engine/worker-lost');
  });

  it('notices a worker that vanishes without an event: its lock comes free', async () => {
    const host = new WorkerHost<Api>('engine');
    const held: string[] = [];
    await host.watch((api, name) => {
      held.push(name);
      return api.hold(name);
    });
    expect(locks.map(({ name }) => name)).toEqual(held);
    const call = codeOf(host.call((api) => api.never(), patient));
    locks[0]?.grant();
    expect(await call).toBe('engine/worker-lost');
    expect(host.alive).toBe(false);
  });

  it('ends without an unhandled rejection when nobody is waiting', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    new WorkerHost<Api>('engine').end(new AppError('engine/cancelled', 'Stopped.'));
    await new Promise((resume) => setTimeout(resume, 10));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
