import { AppError } from '../../errors.ts';

/** An array of bytes that reports on how it is read. */
export interface Watched {
  /** Behaves as the original, but only for `length` and for reading single bytes inside it. */
  readonly head: Uint8Array;
  /** How many bytes have been read so far. */
  readonly reads: () => number;
}

/** Watches reads; one outside the array, and any other use of it, throws an error that no parser may throw. */
export function watched(original: Uint8Array): Watched {
  let reads = 0;
  const head = new Proxy(original, {
    get(target, key) {
      if (key === 'length') return target.length;
      const index = typeof key === 'string' ? Number(key) : Number.NaN;
      const byte = target[index];
      if (byte === undefined) {
        throw new AppError('app/out-of-bounds', `Byte ${String(key)} of ${String(target.length)}.`);
      }
      reads++;
      return byte;
    },
  });
  return { head, reads: () => reads };
}
