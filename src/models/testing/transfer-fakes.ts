import { createHash } from 'node:crypto';
import type { Net } from '../library/net.ts';
import type { Kept, TransferTarget } from '../library/transfer-file.ts';

/** The test's own network: real fetch, no waiting, no chance. */
export function testNet(pageOrigin: string, changes: Partial<Net> = {}): Net & { slept: number[] } {
  const slept: number[] = [];
  let clock = Date.parse('2026-05-01T12:00:00.000Z');
  return {
    slept,
    fetch: (url, init) => fetch(url, init),
    pageOrigin,
    isOffline: () => false,
    sleep: (ms, signal) => {
      slept.push(ms);
      signal.throwIfAborted();
      return Promise.resolve();
    },
    now: () => (clock += 50),
    random: () => 0.5,
    ...changes,
  };
}

/** Where a transfer's bytes go, in memory. */
export function memoryTarget(): TransferTarget & { bytes: () => Uint8Array; kept: () => Kept } {
  let file = new Uint8Array();
  let kept: Kept = { receivedBytes: 0, totalBytes: null, validator: null };
  return {
    bytes: () => file,
    kept: () => kept,
    write: (at, bytes) => {
      const grown = new Uint8Array(at + bytes.length);
      grown.set(file.subarray(0, at));
      grown.set(bytes, at);
      file = grown;
      return Promise.resolve();
    },
    note: (now) => {
      kept = now;
      return Promise.resolve();
    },
  };
}

/** SHA-256 as hexadecimal digits, by another implementation than ours. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The chunk list of a file. */
export function chunksOf(file: Uint8Array, bytes: number) {
  const count = Math.ceil(file.length / bytes);
  return {
    bytes,
    sha256: Array.from({ length: count }, (_, index) =>
      sha256Of(file.subarray(index * bytes, (index + 1) * bytes)),
    ),
  };
}
