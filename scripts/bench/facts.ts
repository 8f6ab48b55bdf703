import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './inputs.ts';

/** What the numbers depend on. */
export interface Facts {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly chromium: string;
  readonly onnxruntimeWeb: string;
  readonly node: string;
}

/** @param chromium the browser's version */
export function gatherFacts(chromium: string): Facts {
  const ort = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/onnxruntime-web/package.json'), 'utf8'),
  ) as { version: string };
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    chromium,
    onnxruntimeWeb: ort.version,
    node: process.versions.node,
  };
}
