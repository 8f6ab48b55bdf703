import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeCaches } from '../testing/fake-caches.ts';
import { loopback } from '../testing/loopback.ts';
import { ranged, type RangeFaults } from '../testing/range-server.ts';
import { rejection } from '../testing/rejection.ts';
import { chunksOf, sha256Of, testNet } from '../testing/transfer-fakes.ts';
import { connectChunkedFetcher, loadVerified, observeVerifications } from '../verify.ts';
import { fetchChunked } from './chunked.ts';

const FILE = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8)) % 256);

afterEach(() => {
  connectChunkedFetcher(null);
});

/** Loads a file with a chunk list as the engine does, from a server with these faults. */
async function load(faults: RangeFaults, signal?: AbortSignal, isOffline = false) {
  fakeCaches();
  const { url, requests } = await loopback({ '/m.onnx': ranged(FILE, faults) });
  const net = { ...testNet(new URL(url).origin), isOffline: () => isOffline };
  const rules = () => Promise.resolve({ hosts: [], policy: 'standard' as const });
  connectChunkedFetcher((file, options) => fetchChunked(file, options, { net, rules }));
  const asset = {
    what: 'the model M',
    url: `${url}m.onnx`,
    bytes: FILE.length,
    sha256: sha256Of(FILE),
    chunks: chunksOf(FILE, 100_000),
  };
  const ranges = () => requests.map(({ headers }) => headers.range);
  return { work: loadVerified(asset, { signal }), ranges };
}

describe('a verified load of a file with a chunk list', () => {
  it('takes up a broken connection where it broke', async () => {
    const { work, ranges } = await load({ dropAfter: (hit) => (hit === 1 ? 150_000 : null) });
    expect((await work).bytes).toHaveLength(FILE.length);
    expect(ranges().at(-1)).toBe('bytes=100000-');
  });

  it('fetches a piece with a wrong byte again, alone', async () => {
    const { work, ranges } = await load({
      corrupt: (bytes, from, hit) => {
        if (hit === 1 && from === 0) bytes[150_000] = (bytes[150_000] ?? 0) ^ 1;
        return bytes;
      },
    });
    expect((await work).verification).toMatchObject({ from: 'network', attempts: 1 });
    expect(ranges()).toContain('bytes=100000-199999');
  });

  it('tells the ledger of a piece that stays wrong', async () => {
    const told = vi.fn();
    onTestFinished(observeVerifications(told));
    const { work } = await load({
      corrupt: (bytes, from) =>
        Buffer.from(bytes.map((byte, at) => (from + at === 150_000 ? byte ^ 1 : byte))),
    });
    expect(await rejection(work)).toMatchObject({ code: 'integrity/chunk-mismatch' });
    expect(told).toHaveBeenCalledOnce();
    expect(told.mock.calls[0]?.[0]).toMatchObject({
      outcome: 'refused',
      from: 'network',
      code: 'integrity/chunk-mismatch',
    });
  });

  it('does not promise to go on by itself when there is no network', async () => {
    const { work } = await load({ dropAfter: () => 150_000 }, undefined, true);
    const error = await rejection(work);
    expect(error).toMatchObject({ code: 'download/offline', retryable: true });
    expect(error.message).toContain('Try again when it has.');
  });

  it('ends as a load that was cancelled when it is', async () => {
    const { work } = await load({}, AbortSignal.abort());
    expect(await rejection(work)).toMatchObject({ code: 'engine/cancelled' });
  });
});
