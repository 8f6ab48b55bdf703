import type { TrustedScriptURL, TrustedTypesWindow } from 'trusted-types/lib';
import { AppError } from '../../core/errors.ts';
import decodeWorkerUrl from '../worker/decode.worker.ts?worker&url';
import libraryWorkerUrl from '../../models/library/worker/library.worker.ts?worker&url';
import engineWorkerUrl from '../worker/engine.worker.ts?worker&url';

/** The scripts that may become workers: these and nothing else. */
export const WORKER_URLS = {
  engine: engineWorkerUrl,
  decode: decodeWorkerUrl,
  library: libraryWorkerUrl,
} as const;

/** The app's only Trusted Types policy on the page. */
const policy = (window as TrustedTypesWindow).trustedTypes?.createPolicy('app', {
  createScriptURL: (url) => {
    if (Object.values(WORKER_URLS).some((known) => known === url)) return url;
    throw new AppError('engine/blocked-script', `A script that is not ours was refused: ${url}.`);
  },
});

/** Starts one of our own workers. */
export function startWorker(kind: keyof typeof WORKER_URLS): Worker {
  const url = WORKER_URLS[kind];
  const trusted: TrustedScriptURL | string = policy?.createScriptURL(url) ?? url;
  // The DOM typings know strings only; browsers with Trusted Types want the wrapped one.
  return new Worker(trusted as string, { type: 'module', name: `gluon-lens-${kind}` });
}
