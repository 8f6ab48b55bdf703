import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256Hex } from '../core/integrity/digest.ts';
import { discardStored, keepStored, pruneStore, readStored } from './store.ts';
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
      expect(await pruneStore(new Set())).toBe(['open', 'keys', 'delete'].includes(method) ? 0 : 1);
      await discardStored(DIGEST);
      expect(warned).toHaveBeenCalled();
    },
  );
});
