import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../core/errors.ts';
import { sha256Hex } from '../core/integrity/digest.ts';
import {
  connectStore,
  disconnectStore,
  discardStored,
  isStored,
  keepStored,
  pruneStore,
  readStored,
} from './store.ts';
import { diskFiles } from './store/disk.ts';
import { pageLocks } from './store/locks.ts';
import { memoryDisk } from './store/memory-disk.ts';
import { fakeCaches } from './testing/fake-caches.ts';

const BYTES = Uint8Array.from([1, 2, 3]);
const DIGEST = await sha256Hex(BYTES);

describe('the store of verified files', () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  beforeEach(() => {
    warned.mockClear();
  });
  afterAll(() => {
    warned.mockRestore();
  });

  it('gives back under its digest what it was given', async () => {
    fakeCaches();
    expect(await readStored(DIGEST)).toBeNull();
    expect(await keepStored(await sha256Hex(BYTES), BYTES)).toBe(true);
    expect(await readStored(DIGEST)).toEqual(BYTES);
    expect(warned).not.toHaveBeenCalled();
  });

  it('forgets one file and keeps the others', async () => {
    fakeCaches();
    const other = Uint8Array.from([4]);
    await keepStored(await sha256Hex(BYTES), BYTES);
    await keepStored(await sha256Hex(other), other);
    await discardStored(DIGEST);
    expect(await readStored(DIGEST)).toBeNull();
    expect(await readStored(await sha256Hex(other))).toEqual(other);
  });

  it('is pruned to the files that are still named somewhere', async () => {
    const { files } = fakeCaches();
    for (const byte of [1, 2, 3]) {
      const bytes = Uint8Array.from([byte]);
      await keepStored(await sha256Hex(bytes), bytes);
    }
    const kept = await sha256Hex(Uint8Array.from([2]));
    expect(await pruneStore(new Set([kept, DIGEST]))).toBe(2);
    expect([...files.keys()]).toEqual([`/verified/${kept}`]);
  });

  it('is empty and keeps nothing where there is no Cache API', async () => {
    expect('caches' in globalThis).toBe(false);
    expect(await keepStored(await sha256Hex(BYTES), BYTES)).toBe(false);
    expect(await readStored(DIGEST)).toBeNull();
    expect(await pruneStore(new Set())).toBe(0);
    await discardStored(DIGEST);
  });

  it.each(['open', 'match', 'read', 'put', 'delete', 'keys'] as const)(
    'fails no load when “%s” fails; it only says so',
    async (method) => {
      const { failing } = fakeCaches();
      await keepStored(await sha256Hex(BYTES), BYTES);
      failing.add(method);
      expect(await readStored(DIGEST)).toEqual(
        ['open', 'match', 'read'].includes(method) ? null : BYTES,
      );
      expect(await keepStored(await sha256Hex(BYTES), BYTES)).toBe(
        !['open', 'put'].includes(method),
      );
      expect(await pruneStore(new Set())).toBe(
        ['open', 'match', 'keys', 'delete'].includes(method) ? 0 : 1,
      );
      await discardStored(DIGEST);
      expect(warned).toHaveBeenCalled();
    },
  );
});

describe('the store that a library is connected to', () => {
  const files = () => Promise.resolve(diskFiles('opfs', memoryDisk(), pageLocks()));
  const named = (...digests: string[]) => Promise.resolve(new Set(digests));
  afterEach(disconnectStore);

  it('keeps bytes that are transferred away at once', async () => {
    connectStore(files(), () => named());
    const bytes = BYTES.slice();
    const kept = keepStored(DIGEST, bytes);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    expect(await kept).toBe(true);
    expect(await isStored(DIGEST)).toBe(true);
    expect(await readStored(DIGEST)).toEqual(BYTES);
  });

  it('is pruned of nothing that the library names', async () => {
    connectStore(files(), () => named(DIGEST));
    const other = Uint8Array.from([4]);
    await keepStored(DIGEST, BYTES);
    await keepStored(await sha256Hex(other), other);
    expect(await pruneStore(new Set())).toBe(1);
    expect(await isStored(DIGEST)).toBe(true);
  });

  it('is not pruned of what another tab names meanwhile', async () => {
    let asked = 0;
    connectStore(files(), () => named(...(asked++ > 0 ? [DIGEST] : [])));
    await keepStored(DIGEST, BYTES);
    expect(await pruneStore(new Set())).toBe(0);
    expect(await isStored(DIGEST)).toBe(true);
  });

  it('is not pruned at all while nobody can say what is named', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    connectStore(files(), () => Promise.reject(new AppError('store/failed', 'No.')));
    await keepStored(DIGEST, BYTES);
    expect(await pruneStore(new Set())).toBe(0);
    expect(await isStored(DIGEST)).toBe(true);
    warned.mockRestore();
  });
});
