import type { TrustedTypesWindow } from 'trusted-types/lib';
import { AppError } from '../../core/errors.ts';

/**
 * onnxruntime-web starts its threads with `new Worker(string)`, which Trusted Types block unless the worker has a
 * `default` policy. This one lets exactly one URL through: the runtime's own glue module.
 */
export function allowOnlyScript(glueUrl: string): void {
  const { trustedTypes } = globalThis as Pick<TrustedTypesWindow, 'trustedTypes'>;
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => {
      if (new URL(url, self.location.href).href === glueUrl) return url;
      throw new AppError('engine/blocked-script', `A script that is not ours was refused: ${url}.`);
    },
  });
}
