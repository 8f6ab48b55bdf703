import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { fakeCaches } from './testing/fake-caches.ts';
import { bytes, endless, inTurn, loopback, status, type Answer } from './testing/loopback.ts';
import { rejection } from './testing/rejection.ts';
import { loadVerified, observeVerifications, type VerificationEvent } from './verify.ts';

const GOOD = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7) % 256);
const FLIPPED = GOOD.with(2500, (GOOD[2500] ?? 0) ^ 1);
const HTML = '<!doctype html><html><body>Not here</body></html>';
const digestOf = (body: Uint8Array | string) => createHash('sha256').update(body).digest('hex');
const KEY = `/verified/${digestOf(GOOD)}`;

/** A model on a server, named with the size and digest of {@link GOOD}. */
async function serve(answer: Answer) {
  const { url, requests } = await loopback({ '/model.onnx': answer });
  const asset = {
    what: 'the model Test',
    url: `${url}model.onnx`,
    bytes: GOOD.length,
    sha256: digestOf(GOOD),
  };
  return { asset, requests };
}

describe('loadVerified, from the network', () => {
  it('gives the right bytes, how they were checked, and keeps them', async () => {
    const { files } = fakeCaches();
    const { asset, requests } = await serve(bytes(GOOD));
    const onProgress = vi.fn();
    const { bytes: got, verification } = await loadVerified(asset, { onProgress });
    expect(got).toEqual(GOOD);
    expect(verification).toEqual({
      sha256: asset.sha256,
      bytes: GOOD.length,
      from: 'network',
      attempts: 1,
    });
    expect(onProgress).toHaveBeenLastCalledWith(GOOD.length);
    expect(requests).toHaveLength(1);
    await vi.waitFor(() => {
      expect(files.get(KEY)).toEqual(GOOD); // kept in the background
    });
  });

  it('heals one wrong answer by a second one past the HTTP cache', async () => {
    const { files } = fakeCaches();
    const { asset, requests } = await serve(inTurn(bytes(FLIPPED), bytes(GOOD)));
    const { bytes: got, verification } = await loadVerified(asset);
    expect(got).toEqual(GOOD);
    expect(verification).toMatchObject({ from: 'network', attempts: 2 });
    expect(requests.map(({ headers }) => headers['cache-control'])).toEqual([
      undefined,
      'no-cache',
    ]);
    await vi.waitFor(() => {
      expect(files.get(KEY)).toEqual(GOOD); // kept in the background
    });
  });

  it('refuses one flipped bit, after two tries, with both digests', async () => {
    const { files } = fakeCaches();
    const { asset, requests } = await serve(bytes(FLIPPED));
    const error = await rejection(loadVerified(asset));
    expect(error).toMatchObject({
      code: 'integrity/digest-mismatch',
      retryable: true,
      details: {
        url: asset.url,
        expectedBytes: 5000,
        actualBytes: 5000,
        expectedSha256: asset.sha256,
        actualSha256: digestOf(FLIPPED),
      },
    });
    expect(error.message).toMatch(/^The model Test was refused and not run: /);
    expect(error.message).toContain('has the right length but other content');
    expect(error.message).toContain(`Expected SHA-256 ${asset.sha256}, got ${digestOf(FLIPPED)}.`);
    expect(requests).toHaveLength(2);
    expect(files.size).toBe(0);
  });

  it('names a web page that comes with status 200', async () => {
    const { asset } = await serve(bytes(HTML));
    const error = await rejection(loadVerified(asset));
    expect(error.code).toBe('integrity/length-mismatch');
    expect(error.message).toContain('has 49 bytes instead of 5,000');
    expect(error.message).toContain('looks like a web page (HTML)');
    expect(error.details).toMatchObject({ actualBytes: 49, actualSha256: digestOf(HTML) });
  });

  it.each([
    ['a byte too short', GOOD.subarray(0, -1), 'has 4,999 bytes instead of 5,000'],
    ['empty', '', 'looks like an empty file'],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\n',
      'looks like a Git LFS pointer',
    ],
  ])('refuses a file that is %s', async (_what, body, sentence) => {
    const { asset } = await serve(bytes(body));
    const error = await rejection(loadVerified(asset));
    expect(error.code).toBe('integrity/length-mismatch');
    expect(error.message).toContain(sentence);
  });

  it('reads one byte too many, not all, of a file that is too long, and claims no digest of it', async () => {
    const hungUp = vi.fn();
    const { asset } = await serve(endless(200, hungUp));
    const onProgress = vi.fn<(loaded: number) => void>();
    const error = await rejection(loadVerified(asset, { onProgress }));
    expect(error.code).toBe('integrity/length-mismatch');
    expect(error.message).toContain('has more than 5,000 bytes instead of 5,000');
    expect(error.message).toContain(`Expected SHA-256 ${asset.sha256}. It`);
    expect(error.details).toEqual({
      url: asset.url,
      expectedBytes: 5000,
      actualBytesAtLeast: 5001,
      expectedSha256: asset.sha256,
    });
    expect(Math.max(...onProgress.mock.calls.map(([loaded]) => loaded))).toBe(5001);
    await vi.waitFor(() => {
      expect(hungUp).toHaveBeenCalledTimes(2);
    });
  });

  it('refuses the right bytes with one more behind them', async () => {
    const { asset } = await serve(bytes(Buffer.concat([GOOD, Buffer.from([0])])));
    expect((await rejection(loadVerified(asset))).code).toBe('integrity/length-mismatch');
  });

  it('refuses bytes of the right digest when their number is not the declared one', async () => {
    const { asset } = await serve(bytes(GOOD));
    const error = await rejection(loadVerified({ ...asset, bytes: GOOD.length + 1 }));
    expect(error.code).toBe('integrity/length-mismatch');
    expect(error.message).toContain('has 5,000 bytes instead of 5,001');
  });

  it('passes on why a file cannot be fetched, without a second try', async () => {
    const { asset, requests } = await serve(status(404));
    expect((await rejection(loadVerified(asset))).code).toBe('download/http-status');
    expect(requests).toHaveLength(1);
  });

  it('is cancelled between the tries too', async () => {
    const controller = new AbortController();
    const { asset, requests } = await serve((response) => {
      response.end(FLIPPED);
      response.once('finish', () => {
        controller.abort();
      });
    });
    const error = await rejection(loadVerified(asset, { signal: controller.signal }));
    expect(error.code).toBe('engine/cancelled');
    expect(requests).toHaveLength(1);
  });
});

describe('loadVerified, from the store', () => {
  it('checks a stored copy and asks no server', async () => {
    fakeCaches().files.set(KEY, GOOD);
    const { asset, requests } = await serve(status(500));
    const onProgress = vi.fn();
    const { bytes: got, verification } = await loadVerified(asset, { onProgress });
    expect(got).toEqual(GOOD);
    expect(verification).toMatchObject({ from: 'cache', attempts: 1 });
    expect(requests).toHaveLength(0);
    // Loads side by side are shown as one sum: what is here already counts as loaded.
    expect(onProgress.mock.calls).toEqual([[GOOD.length]]);
  });

  it.each([
    ['with another bit', FLIPPED],
    ['cut short', GOOD.slice(0, 100)],
    ['that is empty', new Uint8Array()],
  ])('discards a stored copy %s and heals it from the network', async (_what, corrupt) => {
    const { files } = fakeCaches();
    files.set(KEY, corrupt);
    const { asset } = await serve(bytes(GOOD));
    const { bytes: got, verification } = await loadVerified(asset);
    expect(got).toEqual(GOOD);
    expect(verification).toMatchObject({ from: 'network', attempts: 2 });
    await vi.waitFor(() => {
      expect(files.get(KEY)).toEqual(GOOD); // kept in the background
    });
  });

  it('discards a corrupt copy also when no right one can be had', async () => {
    const { files } = fakeCaches();
    files.set(KEY, FLIPPED);
    const { asset } = await serve(status(404));
    const error = await rejection(loadVerified(asset));
    expect(files.size).toBe(0);
    // What the network answers next is the same error without the copy that went.
    const bare = await rejection(loadVerified(asset));
    expect(bare.code).toBe('download/http-status');
    const { code, retryable, details } = bare;
    expect(error).toMatchObject({ code, retryable, details });
    expect(error.message).toBe(
      `The copy of the model Test on this device had changed, so it was discarded and not run; it has to be fetched again. ${bare.message}`,
    );
  });

  it('blames the source alone where what it sends instead of a corrupt copy is wrong too', async () => {
    fakeCaches().files.set(KEY, FLIPPED);
    const { asset } = await serve(bytes(FLIPPED));
    const error = await rejection(loadVerified(asset));
    expect(error.code).toBe('integrity/digest-mismatch');
    expect(error.message).toMatch(/^The model Test was refused and not run: /);
  });

  it.each(['open', 'match', 'read', 'put', 'delete'] as const)(
    'loads from the network when the store fails at “%s”',
    async (method) => {
      const warned = vi.spyOn(console, 'warn').mockReturnValue();
      const { files, failing } = fakeCaches();
      files.set(KEY, method === 'delete' ? FLIPPED : GOOD);
      if (method === 'put') files.clear();
      failing.add(method);
      const { asset } = await serve(bytes(GOOD));
      const { bytes: got, verification } = await loadVerified(asset);
      expect(got).toEqual(GOOD);
      expect(verification.from).toBe('network');
      await vi.waitFor(() => {
        expect(warned).toHaveBeenCalled();
      });
      warned.mockRestore();
    },
  );
});

describe('loadVerified, of a file that has no address', () => {
  const asset = {
    what: 'the model Mine',
    url: null,
    bytes: GOOD.length,
    sha256: digestOf(GOOD),
  };

  it('checks the stored copy', async () => {
    fakeCaches().files.set(KEY, GOOD);
    expect((await loadVerified(asset)).bytes).toEqual(GOOD);
  });

  it.each([
    ['has changed', FLIPPED, 'integrity/own-file-corrupt'],
    ['is gone', null, 'integrity/own-file-lost'],
  ])('asks for the file again when the copy %s', async (_what, stored, code) => {
    const { files } = fakeCaches();
    if (stored) files.set(KEY, stored);
    const error = await rejection(loadVerified(asset));
    expect(error).toMatchObject({ code, details: { expectedSha256: asset.sha256 } });
    expect(error.message).toMatch(/^The model Mine cannot be used: /);
    expect(error.message).toContain('add the same file once more (5,000 bytes');
    expect(files.size).toBe(0);
  });
});

describe('observeVerifications', () => {
  it('tells what became of every file that was looked at, until it is stopped', async () => {
    const { files } = fakeCaches();
    files.set(KEY, FLIPPED);
    const { asset } = await serve(inTurn(bytes(GOOD), bytes(FLIPPED)));
    const events: VerificationEvent[] = [];
    const stop = observeVerifications((event) => events.push(event));
    await (
      await loadVerified(asset)
    ).kept;
    await loadVerified(asset);
    files.clear();
    await rejection(loadVerified(asset));
    stop();
    await rejection(loadVerified(asset));
    expect(events.map(({ outcome, from, code }) => [outcome, from, code])).toEqual([
      ['discarded', 'cache', 'integrity/stored-copy-corrupt'],
      ['verified', 'network', null],
      ['verified', 'cache', null],
      ['refused', 'network', 'integrity/digest-mismatch'],
    ]);
    expect(await Promise.all(events.map(({ kept }) => kept))).toEqual([false, true, true, false]);
  });

  it('tells of a file that its server refuses to give, and not of one that failed to come', async () => {
    fakeCaches();
    const { asset } = await serve(inTurn(status(503), status(404)));
    const events: VerificationEvent[] = [];
    const stop = observeVerifications((event) => events.push(event));
    await rejection(loadVerified(asset));
    await rejection(loadVerified(asset));
    stop();
    expect(events).toMatchObject([{ asset, outcome: 'refused', code: 'download/http-status' }]);
  });
});
