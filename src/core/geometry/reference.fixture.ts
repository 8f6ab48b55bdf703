import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../image/pixels.ts';

/** Where a folder of reference data is: beside the checkout. */
export function sharedPath(...parts: readonly string[]): string {
  return path.resolve(process.cwd(), '../shared', ...parts);
}

/**
 * A `describe` that needs a folder or file of reference data. Without it the tests are skipped and say so, except
 * in continuous integration, where its absence is a failure.
 */
export function describeWithReference(name: string, needed: string, body: () => void): void {
  if (existsSync(needed)) {
    describe(name, body);
    return;
  }
  describe(name, () => {
    const missing = `reference data ${path.basename(needed)} is not beside the checkout`;
    it.skipIf(!process.env['CI'])(missing, () => {
      expect.fail(missing);
    });
  });
}

/** Decodes a PNG to RGB; alpha is dropped, not composited. */
export function readPng(file: string): RgbImage {
  const { width, height, data: rgba } = PNG.sync.read(readFileSync(file));
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from] ?? 0;
    data[to + 1] = rgba[from + 1] ?? 0;
    data[to + 2] = rgba[from + 2] ?? 0;
  }
  return { width, height, data };
}

/** A JSON file, as whatever the caller knows it to be. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** A picture of noise: bytes state >>> 24 of the manifest's generator from seed 1. */
export function noisePicture(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  let state = 1;
  for (let at = 0; at < data.length; at += 1) {
    data[at] = state >>> 24;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  }
  return { width, height, data };
}

/** The largest absolute difference of two rows of numbers; Infinity when their lengths differ. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let max = 0;
  for (let at = 0; at < a.length; at += 1) {
    const difference = Math.abs((a[at] ?? NaN) - (b[at] ?? NaN));
    if (!(difference <= max)) max = difference;
  }
  return max;
}
