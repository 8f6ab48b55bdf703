import { afterEach, describe, expect, it, vi } from 'vitest';
import { limitOf } from '../core/limits.ts';
import { download } from './download.ts';
import { bytes, endless, loopback, status } from './testing/loopback.ts';
import { rejection } from './testing/rejection.ts';

const FILE = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

afterEach(() => {
  vi.useRealTimers();
});

describe('download', () => {
  it('gives the bytes and counts them on the way', async () => {
    const { url } = await loopback({ '/file': bytes(FILE) });
    const onProgress = vi.fn<(loaded: number) => void>();
    const got = await download(`${url}file`, { maxBytes: FILE.length + 1, onProgress });
    expect(got).toEqual(FILE);
    const counts = onProgress.mock.calls.map(([loaded]) => loaded);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(FILE.length);
  });

  it('gives no bytes for an empty file', async () => {
    const { url } = await loopback({ '/file': bytes('') });
    expect(await download(`${url}file`, { maxBytes: 10 })).toHaveLength(0);
  });

  it('cuts a file that is too long and hangs up', async () => {
    const hungUp = vi.fn();
    const { url } = await loopback({ '/file': endless(200, hungUp) });
    const got = await download(`${url}file`, { maxBytes: 50_001 });
    expect(got).toHaveLength(50_001);
    await vi.waitFor(() => {
      expect(hungUp).toHaveBeenCalled();
    });
  });

  it('cuts at the byte, also inside the first chunk', async () => {
    const { url } = await loopback({ '/file': bytes(FILE) });
    expect(await download(`${url}file`, { maxBytes: 7 })).toEqual(FILE.subarray(0, 7));
  });

  it.each([
    [404, false, 'tell whoever runs this page'],
    [500, true, 'Try again'],
    [503, true, 'Try again'],
  ])('answers status %i with an error of its own', async (code, retryable, advice) => {
    const { url } = await loopback({ '/dir/model.onnx': status(code) });
    const error = await rejection(download(`${url}dir/model.onnx`, { maxBytes: 10 }));
    expect(error).toMatchObject({
      code: 'download/http-status',
      retryable,
      details: { url: `${url}dir/model.onnx`, status: code },
    });
    expect(error.message).toContain(`answered ${String(code)} for model.onnx`);
    expect(error.message).toContain(advice);
  });

  it('does not read an error page, however long', async () => {
    const hungUp = vi.fn();
    const { url } = await loopback({ '/file': endless(500, hungUp) });
    await rejection(download(`${url}file`, { maxBytes: 10 }));
    await vi.waitFor(() => {
      expect(hungUp).toHaveBeenCalled();
    });
  });

  it('says that the connection broke', async () => {
    const { url } = await loopback({
      '/file': (response) => {
        response.setHeader('Content-Length', 1000);
        response.write('half', () => response.destroy());
      },
    });
    const error = await rejection(download(`${url}file`, { maxBytes: 1001 }));
    expect(error).toMatchObject({ code: 'download/failed', retryable: true });
    expect(error.message).toContain('file could not be loaded');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('says that the server did not answer', async () => {
    const { url } = await loopback({ '/file': (response) => response.destroy() });
    const error = await rejection(download(`${url}file`, { maxBytes: 10 }));
    expect(error.code).toBe('download/failed');
  });

  it('passes on how the HTTP cache is to be used', async () => {
    const { url, requests } = await loopback({ '/file': bytes('x') });
    await download(`${url}file`, { maxBytes: 10 });
    await download(`${url}file`, { maxBytes: 10, cache: 'reload' });
    expect(requests.map(({ headers }) => headers['cache-control'])).toEqual([
      undefined,
      'no-cache',
    ]);
  });
});

describe('a download that is cancelled', () => {
  it('is not begun when the signal has fired before', async () => {
    const { url, requests } = await loopback({ '/file': bytes(FILE) });
    const work = download(`${url}file`, { maxBytes: 10, signal: AbortSignal.abort() });
    expect(await rejection(work)).toMatchObject({ code: 'engine/cancelled', retryable: true });
    expect(requests).toHaveLength(0);
  });

  it('ends in the middle and hangs up', async () => {
    const hungUp = vi.fn();
    const { url } = await loopback({ '/file': endless(200, hungUp) });
    const controller = new AbortController();
    const work = download(`${url}file`, {
      maxBytes: 1e9,
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    const error = await rejection(work);
    expect(error.code).toBe('engine/cancelled');
    expect(error.message).toContain('file');
    await vi.waitFor(() => {
      expect(hungUp).toHaveBeenCalled();
    });
  });
});

describe('a download that stalls', () => {
  const STALL = limitOf('downloadStallMs');

  /** A server that sends a byte whenever told to, and a download whose clock is set by hand. */
  async function trickle() {
    const server = { send: () => undefined as unknown, end: () => undefined as unknown };
    const { url } = await loopback({
      '/file': (response) => {
        server.send = () => response.write('x');
        server.end = () => response.end();
      },
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const onProgress = vi.fn<(loaded: number) => void>();
    const work = download(`${url}file`, { maxBytes: 100, onProgress });
    work.catch((reason: unknown) => reason);
    /** Sends until the byte has come. */
    const sendOne = async (nth: number) => {
      const deadline = performance.now() + 2000;
      let sent = false;
      while (onProgress.mock.calls.length < nth && performance.now() < deadline) {
        if (!sent) sent = server.send() !== undefined;
        await new Promise((next) => setImmediate(next));
      }
      expect(onProgress).toHaveBeenCalledTimes(nth);
    };
    return { work, sendOne, end: () => server.end() };
  }

  it('is stopped after the limit of silence, with the limit in the sentence', async () => {
    const { work, sendOne } = await trickle();
    await sendOne(1);
    vi.advanceTimersByTime(STALL);
    const error = await rejection(work);
    expect(error).toMatchObject({ code: 'download/stalled', retryable: true });
    expect(error.message).toContain('stood still for 30 s');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is stopped when the server never answers', async () => {
    const { work } = await trickle();
    vi.advanceTimersByTime(STALL);
    expect((await rejection(work)).code).toBe('download/stalled');
  });

  it('may be slow for longer than the limit, as long as something comes', async () => {
    const { work, sendOne, end } = await trickle();
    for (const nth of [1, 2, 3]) {
      await sendOne(nth);
      vi.advanceTimersByTime(STALL - 1);
    }
    await sendOne(4);
    end();
    expect(new TextDecoder().decode(await work)).toBe('xxxx');
    expect(vi.getTimerCount()).toBe(0);
  });
});
