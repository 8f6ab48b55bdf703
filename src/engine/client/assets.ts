import { parseLabels } from '../../models/labels.ts';
import { loadRuntime, runtimeBytes, type VerifiedRuntime } from '../../models/runtime.ts';
import type { CatalogModel, RuntimeBuild } from '../../models/types.ts';
import { loadVerified, type Verified } from '../../models/verify.ts';
import type { Progress } from '../protocol.ts';
import { pinnedFiles } from './pinned.ts';

export interface ModelAssets {
  readonly model: Verified;
  readonly labels: readonly string[];
  /** Null when the worker has its runtime already. */
  readonly runtime: VerifiedRuntime | null;
}

/**
 * Loads and verifies everything a session needs, side by side, with one progress figure. When one part fails, the
 * others are stopped and have ended before the error is thrown.
 * @param build the runtime to load, or null when the worker has one.
 * @throws AppError as loadVerified and parseLabels.
 */
export async function loadAssets(
  catalogModel: CatalogModel,
  build: RuntimeBuild | null,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<ModelAssets> {
  const { entry } = catalogModel;
  const parts = [entry.bytes, entry.labels.bytes, build ? runtimeBytes(build) : 0];
  const totalBytes = parts.reduce((a, b) => a + b, 0);
  const loaded = parts.map(() => 0);
  const giveUp = new AbortController();
  const part = (index: number) => ({
    signal: AbortSignal.any([signal, giveUp.signal]),
    onProgress: (bytes: number) => {
      loaded[index] = bytes;
      const loadedBytes = loaded.reduce((a, b) => a + b, 0);
      onProgress({
        stage: 'verify',
        what: `${entry.title}${build ? ' and the runtime' : ''}`,
        loadedBytes,
        totalBytes,
      });
    },
  });
  const files = pinnedFiles(catalogModel);
  const loads = [
    loadVerified(files.model, part(0)),
    loadVerified(files.labels, part(1)),
    build ? loadRuntime(build, window.location.origin, part(2)) : Promise.resolve(null),
  ] as const;
  try {
    const [model, labels, runtime] = await Promise.all(loads);
    return { model, labels: parseLabels(labels.bytes, entry.labels.format), runtime };
  } catch (thrown) {
    giveUp.abort();
    await Promise.allSettled(loads);
    throw thrown;
  }
}
