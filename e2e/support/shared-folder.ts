import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Test-only models and photos: beside the project, never part of it. */
const SHARED = resolve(import.meta.dirname, '../../../shared');

export const hasShared = existsSync(SHARED);

/** Path of a file in the shared folder. */
export function shared(...parts: string[]): string {
  return join(SHARED, ...parts);
}
