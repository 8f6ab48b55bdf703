import * as v from 'valibot';
import type { PersistStorage } from 'zustand/middleware';

/** Name of the choices in the browser's storage. */
export const MEMORY_KEY = 'gluon-lens.bench';

const keptSchema = v.object({
  modelId: v.nullable(v.string()),
  backend: v.picklist(['auto', 'webgpu', 'wasm']),
  thresholds: v.record(v.string(), v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
});

/** What is remembered for the next visit: choices, never pictures. */
export type Kept = v.InferOutput<typeof keptSchema>;

/**
 * The choices in the browser's storage. It may hold anything and may refuse to be used: what is not ours counts
 * as nothing, and without storage the choices last as long as the page.
 * @param storage a function, as reading `localStorage` itself may throw.
 */
export function memory(
  storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): PersistStorage<Kept> {
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch {
      return null; // storage denied or full, or its content is not JSON
    }
  };
  return {
    getItem: (name) => {
      const content = attempt(() => JSON.parse(storage().getItem(name) ?? 'null') as unknown);
      const parsed = v.safeParse(keptSchema, content);
      return parsed.success ? { state: parsed.output } : null;
    },
    setItem: (name, { state }) => {
      attempt(() => {
        storage().setItem(name, JSON.stringify(state));
      });
    },
    removeItem: (name) => {
      attempt(() => {
        storage().removeItem(name);
      });
    },
  };
}
