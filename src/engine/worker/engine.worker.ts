import * as Comlink from 'comlink';
import { AppError, wired } from '../../core/errors.ts';
import type { EngineWorker } from '../worker-protocol.ts';
import { probeGpu } from './probe.ts';
import { Runtime } from './runtime.ts';
import { SessionCache } from './session-cache.ts';

let sessions: SessionCache | null = null;

function ready(): SessionCache {
  if (!sessions)
    throw new AppError(
      'engine/not-booted',
      'The engine was used before it was started. Try again.',
    );
  return sessions;
}

const api: EngineWorker = {
  holdLifeLock: (name) =>
    new Promise((held) => {
      // Held until this worker ends, whatever ends it: then the page is granted the same lock.
      void navigator.locks.request(name, () => {
        held();
        return new Promise<never>(() => undefined);
      });
    }),
  probe: () => wired(probeGpu, 'engine/probe-failed'),
  boot: (request) =>
    wired(async () => {
      const runtime = await Runtime.boot(request);
      sessions = new SessionCache(runtime);
      return { threads: runtime.threads };
    }, 'engine/boot-failed'),
  open: (request) => wired(() => ready().open(request), 'engine/session-failed'),
  run: (request) => wired(() => ready().run(request), 'engine/run-failed'),
  release: (key) =>
    wired(async () => {
      await ready().release(key);
      return null;
    }, 'engine/release-failed'),
};

Comlink.expose(api);
