import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { deferred, settled } from '../../core/flow/testing/deferred.ts';
import { rejection } from '../testing/rejection.ts';
import { sha256Of } from '../testing/transfer-fakes.ts';
import { diskFiles, sweepPartials, type Disk } from './disk.ts';
import { pageLocks } from './locks.ts';
import { memoryDisk } from './memory-disk.ts';

const BYTES = Uint8Array.of(1, 2, 3, 4);
const DIGEST = sha256Of(BYTES);

function open(changes: Partial<Disk> = {}) {
  const disk = { ...memoryDisk(), ...changes };
  const locks = pageLocks();
  return { disk, locks, files: diskFiles('opfs', disk, locks) };
}

describe('files on a disk', () => {
  it('are kept under their digest, and gone when they are discarded', async () => {
    const { files } = open();
    expect(await files.read(DIGEST)).toBeNull();
    expect(await files.has(DIGEST)).toBe(false);
    await files.keep(DIGEST, BYTES.slice());
    expect(await files.read(DIGEST)).toEqual(BYTES);
    expect(await files.has(DIGEST)).toBe(true);
    expect(await files.list()).toEqual([{ name: DIGEST, bytes: 4 }]);
    expect(await files.discard(DIGEST)).toBe(true);
    expect(await files.discard(DIGEST)).toBe(false);
    expect(await files.list()).toEqual([]);
  });

  it('are written aside and moved when they are whole; the one before stays until then', async () => {
    const full = new DOMException('Full', 'QuotaExceededError');
    let torn = false;
    const disk = memoryDisk();
    const { files } = open({
      ...disk,
      write: async (name, at, bytes) => {
        await disk.write(name, at, torn ? bytes.slice(0, 2) : bytes);
        if (torn) throw full;
      },
    });
    await files.keep(DIGEST, BYTES.slice());
    torn = true;
    expect(await rejection(files.keep(DIGEST, BYTES.slice()))).toMatchObject({
      code: 'store/quota',
      retryable: true,
    });
    expect(await files.read(DIGEST)).toEqual(BYTES);
  });

  it('are not kept when the disk wrote fewer bytes without a word', async () => {
    const disk = memoryDisk();
    const { files } = open({
      ...disk,
      write: (name, at, bytes) => disk.write(name, at, bytes.slice(0, 1)),
    });
    expect((await rejection(files.keep(DIGEST, BYTES.slice()))).code).toBe('store/failed');
    expect(await files.has(DIGEST)).toBe(false);
  });

  it('grow piece by piece; what is behind a write is cut off', async () => {
    const { files } = open();
    const { partials } = files;
    await partials.write('k', 0, Uint8Array.of(1, 2, 9, 9));
    await partials.write('k', 2, Uint8Array.of(3));
    expect(await partials.size('k')).toBe(3);
    await partials.write('k', 3, Uint8Array.of(4));
    expect(await partials.read('k')).toEqual(BYTES);
    await partials.commit('k', DIGEST);
    expect(await partials.size('k')).toBe(0);
    expect(await files.read(DIGEST)).toEqual(BYTES);
  });

  it('fail with a sentence, whatever the disk throws', async () => {
    const { files } = open({
      size: () => Promise.reject(new DOMException('Locked', 'InvalidStateError')),
    });
    const error = await rejection(files.has(DIGEST));
    expect(error).toMatchObject({ code: 'store/failed', retryable: true });
    expect(error.message).toContain('InvalidStateError');
    const own = new AppError('store/worker-lost', 'Lost.');
    expect(await rejection(open({ size: () => Promise.reject(own) }).files.has(DIGEST))).toBe(own);
  });
});

describe('two tabs on one disk', () => {
  it('neither write nor delete a file that the other one writes or reads', async () => {
    const writing = deferred<undefined>();
    const log: string[] = [];
    const real = memoryDisk();
    const disk: Disk = {
      ...real,
      write: async (...at) => {
        log.push('write');
        await writing.promise;
        await real.write(...at);
      },
      remove: (folder, name) => {
        log.push(`remove ${folder}`);
        return real.remove(folder, name);
      },
      read: (...at) => {
        log.push('read');
        return real.read(...at);
      },
    };
    const locks = pageLocks();
    const [one, two] = [diskFiles('opfs', disk, locks), diskFiles('opfs', disk, locks)];
    const kept = one.keep(DIGEST, BYTES.slice());
    const read = two.read(DIGEST);
    const gone = two.discard(DIGEST);
    await settled();
    expect(log).toEqual(['remove partial', 'write']);
    writing.resolve(undefined);
    await kept;
    expect(await read).toEqual(BYTES);
    expect(await gone).toBe(true);
    expect(log).toEqual(['remove partial', 'write', 'read', 'remove verified']);
  });

  it('sweep what a crash left, and nothing that is known or being written', async () => {
    const writing = deferred<undefined>();
    const real = memoryDisk();
    const { files, locks } = open({
      ...real,
      move: async (...at) => {
        await writing.promise;
        await real.move(...at);
      },
    });
    await real.write('orphan', 0, BYTES.slice());
    await real.write('known', 0, BYTES.slice());
    await real.write('keep-dead', 0, BYTES.slice());
    const kept = files.keep(DIGEST, BYTES.slice());
    await settled();
    expect(await sweepPartials(files, locks, () => Promise.resolve(new Set(['known'])))).toBe(2);
    const names = (await files.partials.list()).map(({ name }) => name);
    expect(names.toSorted()).toEqual([`keep-${DIGEST}`, 'known']);
    writing.resolve(undefined);
    await kept;
    expect(await files.read(DIGEST)).toEqual(BYTES);
  });

  it('sweep what can be removed, and leave the rest', async () => {
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const real = memoryDisk();
    const { files, locks } = open({
      ...real,
      remove: (folder, name) =>
        name === 'open'
          ? Promise.reject(new DOMException('Open', 'NoModificationAllowedError'))
          : real.remove(folder, name),
    });
    for (const name of ['open', 'orphan']) await real.write(name, 0, BYTES.slice());
    expect(await sweepPartials(files, locks, () => Promise.resolve(new Set<string>()))).toBe(1);
    expect((await files.partials.list()).map(({ name }) => name)).toEqual(['open']);
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it('do not sweep a download that is begun anew while they look', async () => {
    const { disk, files, locks } = open();
    await disk.write('k', 0, Uint8Array.of(9));
    const known = new Set<string>();
    const begun: Promise<void>[] = [];
    await sweepPartials(files, locks, () => {
      const before = new Set(known);
      known.add('k');
      begun.push(files.partials.write('k', 0, BYTES.slice()));
      return settled().then(() => before);
    });
    await Promise.all(begun);
    expect(await files.partials.read('k')).toEqual(BYTES);
  });

  it('discard nothing that the other has named before keeping it', async () => {
    const writing = deferred<undefined>();
    const real = memoryDisk();
    const { files } = open({
      ...real,
      write: async (...at) => {
        await writing.promise;
        await real.write(...at);
      },
    });
    const named = new Set<string>();
    const kept = files.keep(DIGEST, BYTES.slice());
    const gone = files.discard(DIGEST, () => Promise.resolve(named.has(DIGEST)));
    await settled();
    named.add(DIGEST);
    writing.resolve(undefined);
    await kept;
    expect(await gone).toBe(false);
    expect(await files.read(DIGEST)).toEqual(BYTES);
  });

  it('are not told that a file is there while the other discards it', async () => {
    const asked = deferred<boolean>();
    const { files } = open();
    await files.keep(DIGEST, BYTES.slice());
    const gone = files.discard(DIGEST, () => asked.promise);
    const has = files.has(DIGEST);
    await settled();
    asked.resolve(false);
    expect(await gone).toBe(true);
    expect(await has).toBe(false);
  });
});
