import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { limitOf } from '../../core/limits.ts';
import { bytes, inTurn, loopback, status, type Answer } from '../testing/loopback.ts';
import { ranged, type RangeFaults } from '../testing/range-server.ts';
import { rejection } from '../testing/rejection.ts';
import { chunksOf, memoryTarget, testNet } from '../testing/transfer-fakes.ts';
import type { Kept, TransferFile } from './transfer-file.ts';
import { transfer } from './transfer.ts';
import type { DownloadProgress } from './types.ts';

const FILE = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8)) % 256);
const NOTHING: Kept = { receivedBytes: 0, totalBytes: null, validator: null };

interface Setting {
  readonly answer: Answer;
  readonly file?: Partial<TransferFile>;
  readonly kept?: Kept;
  readonly net?: Parameters<typeof testNet>[1];
  /** The page is elsewhere than the server, which is allowed. */
  readonly elsewhere?: boolean;
}

/** A transfer of `/m.onnx` from a server of this machine. */
async function start({ answer, file, kept = NOTHING, net: changes, elsewhere }: Setting) {
  const { url, requests } = await loopback({ '/m.onnx': answer });
  const { origin } = new URL(url);
  const target = memoryTarget();
  const net = testNet(elsewhere ? 'https://page.test' : origin, changes);
  const controller = new AbortController();
  const onProgress = vi.fn<(progress: DownloadProgress) => void>();
  const work = transfer(
    { url: `${url}m.onnx`, publishedBytes: null, chunks: null, ...file },
    kept,
    target,
    { net, hosts: elsewhere ? [origin] : [], signal: controller.signal, onProgress },
  );
  work.catch((reason: unknown) => reason); // some tests look at it later
  return { work, target, requests, controller, onProgress, net, url: `${url}m.onnx` };
}

/** Compared by the byte: the matcher for objects takes seconds for this. */
function expectBytes(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).toBe(expected.length);
  expect(Buffer.compare(actual, expected)).toBe(0);
}

const rangesOf = (requests: readonly { headers: { range?: string | undefined } }[]) =>
  requests.map(({ headers }) => headers.range);

/** Keeps the first `count` bytes, as an earlier try would have. */
async function begun(count: number, faults: RangeFaults = {}) {
  const first = await start({ answer: ranged(FILE, { ...faults, dropAfter: () => count }) });
  first.controller.abort(new AppError('download/paused', 'Paused.'));
  return first;
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('transfer', () => {
  it('brings the bytes, with progress to the end, asking from the first byte on', async () => {
    const { work, target, requests, onProgress } = await start({ answer: ranged(FILE) });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(rangesOf(requests)).toEqual(['bytes=0-']);
    const loaded = onProgress.mock.calls.map(([{ loadedBytes }]) => loadedBytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(onProgress.mock.lastCall?.[0]).toMatchObject({
      loadedBytes: FILE.length,
      totalBytes: FILE.length,
      waits: null,
    });
    expect(target.kept()).toMatchObject({ receivedBytes: FILE.length, totalBytes: FILE.length });
  });

  it.each([
    ['a server without ranges', ranged(FILE, { ignoresRange: true })],
    ['an answer without a length', ranged(FILE, { contentLength: () => null, etag: () => null })],
    ['a hidden Content-Range', ranged(FILE, { contentRange: () => null })],
    ['plain bytes', bytes(FILE)],
  ])('brings the bytes of %s', async (_what, answer) => {
    const { work, target } = await start({ answer });
    await work;
    expectBytes(target.bytes(), FILE);
  });

  it('measures the speed once there is something to measure', async () => {
    let clock = 0;
    const { work, onProgress } = await start({
      answer: (response) => {
        response.setHeader('Content-Length', FILE.length);
        response.write(FILE.subarray(0, 100_000));
        setTimeout(() => response.end(FILE.subarray(100_000)), 30);
      },
      net: { now: () => (clock += 1000) },
    });
    await work;
    expect(onProgress.mock.calls[0]?.[0].bytesPerSecond).toBeNull();
    expect(onProgress.mock.lastCall?.[0].bytesPerSecond).toBeGreaterThan(0);
  });
});

describe('what came', () => {
  const PARTS = 12;
  const PART = FILE.length / PARTS;

  /** Parts of a file on a line so slow that `partMs` pass for each; what was on the device at each part. */
  async function trickle(partMs: number, chunks: TransferFile['chunks'] = null) {
    let clock = 0;
    const lost: number[] = [];
    const target = memoryTarget();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          lost.push(sent - target.kept().receivedBytes); // everything sent was read
          clock += partMs;
          if (sent === FILE.length) controller.close();
          else controller.enqueue(FILE.slice(sent, (sent += PART)));
        },
      },
      { highWaterMark: 0 },
    );
    const response = new Response(body, { headers: { 'content-length': String(FILE.length) } });
    const url = 'https://page.test/m.onnx';
    const net = testNet('https://page.test', {
      now: () => clock,
      fetch: () => Promise.resolve(response),
    });
    const { signal } = new AbortController();
    const onProgress = () => undefined;
    const file = { url, publishedBytes: FILE.length, chunks };
    const write = vi.spyOn(target, 'write');
    await transfer(file, NOTHING, target, { net, hosts: [], signal, onProgress });
    expectBytes(target.bytes(), FILE);
    return { lost, writes: write.mock.calls.length };
  }

  it('is on the device after half a second, so that a crash loses no more', async () => {
    const { lost, writes } = await trickle(100);
    expect(Math.max(...lost)).toBe(4 * PART);
    expect(writes).toBe(3);
  });

  it('is written at once in few pieces on a fast line', async () => {
    expect((await trickle(1)).writes).toBe(1);
  });

  it('is written in whole pieces where each has its digest', async () => {
    expect((await trickle(1000, chunksOf(FILE, 100_000))).writes).toBe(3);
  });
});

describe('a connection that breaks', () => {
  it('is taken up by itself where it broke, if the file is the same', async () => {
    const { work, target, requests, net } = await start({
      answer: ranged(FILE, { dropAfter: (hit) => (hit < 4 ? 80_000 : null) }),
    });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(requests).toHaveLength(4);
    expect(rangesOf(requests)).toEqual([
      'bytes=0-',
      'bytes=80000-',
      'bytes=160000-',
      'bytes=240000-',
    ]);
    expect(requests[1]?.headers['if-range']).toMatch(/^"[0-9a-f]{16}"$/);
    expect(net.slept).toEqual([750, 750, 750]);
  });

  it('is given up after tries that bring nothing, ever more slowly; what came is kept', async () => {
    const { work, target, requests, net } = await start({
      answer: ranged(FILE, { dropAfter: (hit) => (hit === 1 ? 1000 : 0) }),
    });
    expect(await rejection(work)).toMatchObject({ code: 'download/failed', retryable: true });
    expect(requests).toHaveLength(limitOf('downloadTries'));
    expect(net.slept).toEqual([750, 1500, 3000, 6000]);
    expect(target.kept().receivedBytes).toBe(1000);
    expectBytes(target.bytes(), FILE.subarray(0, 1000));
  });

  it.each([
    ['Last-Modified', { etag: () => null, lastModified: 'Fri, 01 May 2026 10:00:00 GMT' }],
    [
      'Last-Modified beside a weak ETag',
      { etag: () => 'W/"1"', lastModified: 'Fri, 01 May 2026 10:00:00 GMT' },
    ],
  ])('is taken up by %s', async (_what, faults) => {
    const { work, target, requests } = await start({
      answer: ranged(FILE, { ...faults, dropAfter: (hit) => (hit === 1 ? 70_000 : null) }),
    });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(requests[1]?.headers).toMatchObject({
      range: 'bytes=70000-',
      'if-range': 'Fri, 01 May 2026 10:00:00 GMT',
    });
  });

  it('starts over where nothing tells one version of the file from another', async () => {
    const { work, target, requests } = await start({
      answer: ranged(FILE, { etag: () => null, dropAfter: (hit) => (hit === 1 ? 70_000 : null) }),
    });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(rangesOf(requests)).toEqual(['bytes=0-', 'bytes=0-']);
  });

  it.each([
    ['the server ignores the range', { ignoresRange: true }],
    ['the file has changed (If-Range)', { etag: (hit: number) => `"${String(Math.min(hit, 2))}"` }],
  ])('starts over when %s', async (_what, faults) => {
    const { work, target } = await start({
      answer: ranged(FILE, { ...faults, dropAfter: (hit) => (hit === 1 ? 70_000 : null) }),
    });
    await work;
    expectBytes(target.bytes(), FILE);
  });

  it('starts over when the file has changed and the server does not mind If-Range', async () => {
    const other = FILE.map((byte) => byte ^ 1);
    const { work, target } = await start({
      answer: inTurn(
        ranged(FILE, { etag: () => '"1"', dropAfter: () => 70_000 }),
        (response, _hit, request) => {
          delete request.headers['if-range'];
          ranged(other, { etag: () => '"2"' })(response, 1, request);
        },
      ),
    });
    await work;
    expectBytes(target.bytes(), other);
  });

  it('is given up when the file changes at every try, however much each brings', async () => {
    const { work, requests } = await start({
      answer: (response, hit, request) => {
        delete request.headers['if-range'];
        const etag = () => `"${String(hit)}"`;
        ranged(FILE, { etag, dropAfter: () => (hit < 50 ? 100_000 : null) })(
          response,
          hit,
          request,
        );
      },
    });
    expect(await rejection(work)).toMatchObject({ code: 'download/failed', retryable: true });
    expect(requests).toHaveLength(2 * limitOf('downloadTries'));
  });

  it('does not put another part of the file in the place of the one it asked for', async () => {
    const { work, target, requests } = await start({
      answer: ranged(FILE, {
        dropAfter: (hit) => (hit === 1 ? 70_000 : null),
        contentRange: (from, total) =>
          `bytes ${String(from + (from > 0 ? 1 : 0))}-${String(total - 1)}/${String(total)}`,
      }),
    });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(rangesOf(requests)).toEqual(['bytes=0-', 'bytes=70000-', undefined]);
  });

  it('refuses a server that answers a question for the whole with a part', async () => {
    const { work } = await start({
      answer: (response) => {
        response.writeHead(206, { 'Content-Range': 'bytes 5-9/10' }).end('56789');
      },
    });
    const error = await rejection(work);
    expect(error).toMatchObject({ code: 'download/bad-range', retryable: false });
    expect(error.message).not.toContain('ry again');
  });

  it('waits as long as the server asks for', async () => {
    const busy: Answer = (response) => {
      response.writeHead(503, { 'Retry-After': '7' }).end();
    };
    const { work, net } = await start({ answer: inTurn(busy, ranged(FILE)) });
    await work;
    expect(net.slept).toEqual([7000]);
  });

  it('asks the person instead of waiting for an hour', async () => {
    const { work, net } = await start({
      answer: (response) => {
        response.writeHead(429, { 'Retry-After': '3600' }).end();
      },
    });
    expect(await rejection(work)).toMatchObject({
      code: 'download/http-status',
      retryable: true,
      retryAfterMs: 3_600_000,
    });
    expect(net.slept).toEqual([]);
  });

  it.each([
    ['3600', '60 minutes', '2026-05-01 13:00'],
    ['90', '90 seconds', '2026-05-01 12:02'],
    ['259201', '3 days', '2026-05-04 12:01'],
    ['Sat, 02 May 2026 18:00:00 GMT', '30 hours', '2026-05-02 18:00'],
  ])('says how long the server asks to wait (Retry-After: %s)', async (after, span, until) => {
    vi.stubEnv('TZ', 'UTC');
    const { work } = await start({
      answer: (response) => {
        response.writeHead(503, { 'Retry-After': after }).end();
      },
      net: { now: () => Date.UTC(2026, 4, 1, 12) },
    });
    const { message } = await rejection(work);
    expect(message).toBe(
      `The server answered 503 for m.onnx. It asks to wait ${span}, until ${until}. Go on then.`,
    );
  });
});

describe('a download that is gone on with after a reload', () => {
  it('asks for the rest only', async () => {
    const first = await begun(90_000);
    await rejection(first.work);
    const kept = {
      ...NOTHING,
      receivedBytes: 90_000,
      totalBytes: FILE.length,
      validator: first.target.kept().validator,
    };
    const { work, target, requests } = await start({
      answer: ranged(FILE),
      kept: { ...kept, validator: { etag: null, lastModified: null } },
    });
    await work;
    expectBytes(target.bytes().subarray(90_000), FILE.subarray(90_000));
    expect(rangesOf(requests)).toEqual(['bytes=90000-']);
  });

  it('is done without a question when all is there', async () => {
    const kept = { receivedBytes: FILE.length, totalBytes: FILE.length, validator: null };
    const { work, requests } = await start({ answer: ranged(FILE), kept });
    await work;
    expect(requests).toHaveLength(0);
  });

  it('is done when the server says that there is nothing behind (416)', async () => {
    const validator = { etag: '"x"', lastModified: null };
    const { work, requests } = await start({
      answer: ranged(FILE, { etag: () => '"x"' }),
      kept: { receivedBytes: FILE.length, totalBytes: null, validator },
    });
    await work;
    expect(rangesOf(requests)).toEqual([`bytes=${String(FILE.length)}-`]);
  });

  it('starts over when more is kept than the server has (416)', async () => {
    const validator = { etag: '"x"', lastModified: null };
    const { work, target } = await start({
      answer: ranged(FILE, { etag: () => '"x"' }),
      kept: { receivedBytes: FILE.length + 5, totalBytes: null, validator },
    });
    await work;
    expectBytes(target.bytes(), FILE);
  });

  it('goes without If-Range where another host does not let it be sent', async () => {
    const refusing: Parameters<typeof testNet>[1] = {
      fetch: (url, init) =>
        new Headers(init.headers).has('if-range')
          ? Promise.reject(new TypeError('Failed to fetch'))
          : fetch(url, init),
    };
    const { work, target, requests } = await start({
      answer: ranged(FILE, { dropAfter: (hit) => (hit === 1 ? 70_000 : null) }),
      net: refusing,
      elsewhere: true,
    });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(rangesOf(requests)).toEqual(['bytes=0-', 'bytes=70000-']);
  });
});

describe('a file that is refused before a byte is kept', () => {
  const html = '<!doctype html><title>Sign in</title>';
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n';
  const tooMany = limitOf('modelBytes') + 1;
  it.each<[string, Answer, Partial<TransferFile>, string]>([
    ['is missing', status(404), {}, 'download/http-status'],
    ['is forbidden', status(403), {}, 'download/http-status'],
    [
      'is a web page by its type',
      ranged(FILE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
      {},
      'download/html',
    ],
    [
      'is a web page by its type in capitals',
      ranged(FILE, { headers: { 'Content-Type': 'Text/HTML' } }),
      { publishedBytes: 5 },
      'download/html',
    ],
    [
      'is a web page by the type of XHTML',
      ranged(FILE, { headers: { 'Content-Type': 'application/xhtml+xml' } }),
      {},
      'download/html',
    ],
    ['is a web page by its bytes', bytes(html), {}, 'download/html'],
    [
      'is a web page behind an XML declaration',
      bytes('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html/>'),
      { publishedBytes: 300_000 },
      'download/html',
    ],
    [
      'is a web page behind comments',
      bytes('\ufeff<!-- a -- b --><!----> <html lang="en">'),
      {},
      'download/html',
    ],
    [
      'is a web page where a model of known size is expected',
      bytes(html),
      { publishedBytes: 5 },
      'download/html',
    ],
    ['is a Git LFS pointer', bytes(pointer), { publishedBytes: 300_000 }, 'download/lfs-pointer'],
    [
      'has another length than published',
      bytes(FILE),
      { publishedBytes: 299_999 },
      'integrity/length-mismatch',
    ],
    [
      'says that it is too large',
      ranged(FILE, { contentLength: () => tooMany, ignoresRange: true, dropAfter: () => 600 }),
      {},
      'download/too-large',
    ],
    [
      'says in a range that it is too large',
      ranged(FILE, { contentRange: (from) => `bytes ${String(from)}-9/${String(tooMany)}` }),
      {},
      'download/too-large',
    ],
  ])('because it %s', async (_what, answer, file, code) => {
    const { work, target, requests } = await start({ answer, file });
    expect(await rejection(work)).toMatchObject({ code, retryable: code === 'download/html' });
    expect(target.bytes()).toHaveLength(0);
    expect(requests).toHaveLength(1);
  });

  it.each([null, FILE.length])(
    'and nothing of the size and the version of what came instead, where %s was published',
    async (publishedBytes) => {
      const login: Answer = (response) => {
        response.setHeader('ETag', '"login"');
        if (publishedBytes === null) response.setHeader('Content-Length', html.length);
        response.write(html);
        response.end();
      };
      const { work, target } = await start({ answer: login, file: { publishedBytes } });
      expect((await rejection(work)).code).toBe('download/html');
      const nothing = { receivedBytes: 0, totalBytes: publishedBytes, validator: null };
      expect(target.kept()).toEqual(nothing);
    },
  );

  it.each([
    ['by its type', 'text/html'],
    ['by its bytes', 'application/octet-stream'],
  ])(
    'keeps what came before when a network asks for its login in the middle, %s',
    async (_by, type) => {
      const login: Answer = (response, hit, request) => {
        response.setHeader('Content-Type', type);
        bytes(html)(response, hit, request);
      };
      const { work, target, requests } = await start({
        answer: inTurn(ranged(FILE, { dropAfter: () => 70_000 }), login),
      });
      const error = await rejection(work);
      expect(error).toMatchObject({ code: 'download/html', retryable: true });
      expect(error.message).toContain('log in and try again');
      expectBytes(target.bytes(), FILE.subarray(0, 70_000));
      expect(target.kept()).toMatchObject({ receivedBytes: 70_000, totalBytes: FILE.length });
      expect(rangesOf(requests)).toEqual(['bytes=0-', 'bytes=70000-']);
    },
  );

  const unsized = { ignoresRange: true, contentLength: () => null };
  it.each<[string, Answer]>([
    ['with its length', bytes('')],
    ['without a length', ranged(new Uint8Array(), unsized)],
    ['as the size that it knows (416)', ranged(new Uint8Array())],
  ])('keeps what came before when nothing comes in the middle, %s', async (_how, nothing) => {
    const { work, target, requests } = await start({
      answer: inTurn(ranged(FILE, { dropAfter: () => 70_000 }), nothing),
    });
    expect(await rejection(work)).toMatchObject({ code: 'download/empty', retryable: true });
    expectBytes(target.bytes(), FILE.subarray(0, 70_000));
    expect(target.kept()).toMatchObject({ receivedBytes: 70_000, totalBytes: FILE.length });
    expect(rangesOf(requests)).toEqual(['bytes=0-', 'bytes=70000-']);
  });

  const xml = '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>';
  it.each<[string, Answer, number | null, string, string]>([
    ['nothing', bytes(''), 300_000, 'download/empty', ': 0 bytes.'],
    ['nothing of an unpublished size', bytes(''), null, 'download/empty', ': 0 bytes.'],
    ['nothing to ask a part of (416)', ranged(new Uint8Array()), 9, 'download/empty', ': 0 bytes.'],
    [
      'nothing, without a length',
      ranged(new Uint8Array(), unsized),
      null,
      'download/empty',
      ': 0 bytes.',
    ],
    [
      'a short file',
      bytes(FILE.subarray(0, 9)),
      300_000,
      'integrity/length-mismatch',
      'sends 9 bytes; published are 300,000.',
    ],
    [
      'an error message in XML',
      bytes(xml),
      300_000,
      'integrity/length-mismatch',
      `sends ${String(xml.length)} bytes, which look like an XML error message; published are 300,000.`,
    ],
    [
      'an error message in XML, without a length',
      ranged(Buffer.from(xml), unsized),
      300_000,
      'integrity/length-mismatch',
      'which look like an XML error message;',
    ],
    [
      'one in JSON, without a length',
      ranged(Buffer.from('{"error":"quota"}'), unsized),
      300_000,
      'integrity/length-mismatch',
      'which look like a JSON text;',
    ],
    [
      'more than is published, without a length',
      ranged(FILE, unsized),
      1000,
      'integrity/length-mismatch',
      ' bytes or more; published are 1,000.',
    ],
  ])('says what came: %s', async (_what, answer, publishedBytes, code, words) => {
    const { work, requests } = await start({ answer, file: { publishedBytes } });
    const error = await rejection(work);
    expect(error).toMatchObject({ code, retryable: code === 'download/empty' });
    expect(error.message).toContain(words);
    expect(requests).toHaveLength(1);
  });

  it('stops a stream that becomes longer than published', async () => {
    const { work, target } = await start({
      answer: ranged(FILE, { contentLength: () => null, ignoresRange: true }),
      file: { publishedBytes: 1000 },
    });
    expect((await rejection(work)).code).toBe('integrity/length-mismatch');
    expect(target.bytes()).toHaveLength(0);
  });

  it('comes from an allowed host only', async () => {
    const { work, requests } = await start({
      answer: ranged(FILE),
      net: { pageOrigin: 'https://page.test' },
    });
    const error = await rejection(work);
    expect(error).toMatchObject({ code: 'download/host-not-allowed', retryable: false });
    expect(error.message).toContain('config.json');
    expect(requests).toHaveLength(0);
  });

  it('is not taken from where a redirect leads, unless that host is allowed', async () => {
    const elsewhere = await loopback({ '/m.onnx': ranged(FILE) });
    const redirect: Answer = (response) => {
      response.writeHead(302, { Location: `${elsewhere.url}m.onnx` }).end();
    };
    const refused = await start({ answer: redirect });
    expect(await rejection(refused.work)).toMatchObject({
      code: 'download/redirect-refused',
      retryable: false,
      details: { to: new URL(elsewhere.url).origin },
    });
    expect(refused.target.bytes()).toHaveLength(0);
  });
});

describe('a host that does not answer', () => {
  const fails = { fetch: () => Promise.reject(new TypeError('Failed to fetch')) };

  it('may be blocked, and the sentence says that browsers do not say', async () => {
    const { work, net } = await start({ answer: status(500), net: fails, elsewhere: true });
    const error = await rejection(work);
    expect(error).toMatchObject({ code: 'download/blocked', retryable: true });
    expect(error.message).toContain('CORS');
    expect(net.slept).toHaveLength(limitOf('blockedTries') - 1);
  });

  it('is not to blame when the device is offline', async () => {
    const { work } = await start({ answer: status(500), net: { ...fails, isOffline: () => true } });
    expect((await rejection(work)).code).toBe('download/offline');
  });

  it('is not to blame either when the network went in the middle, and nothing came any more', async () => {
    let offline = false;
    const { work } = await start({
      answer: (response) => {
        response.setHeader('Content-Length', FILE.length);
        response.write(FILE.subarray(0, 10));
      },
      net: {
        isOffline: () => offline,
        fetch: async (url, init) => {
          vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
          const response = await fetch(url, init);
          offline = true;
          setImmediate(() => vi.advanceTimersByTime(limitOf('downloadStallMs') + 1));
          return response;
        },
      },
    });
    expect((await rejection(work)).code).toBe('download/offline');
  });

  it('has failed when it is the page’s own', async () => {
    const { work } = await start({ answer: status(500), net: fails });
    expect((await rejection(work)).code).toBe('download/failed');
  });
});

describe('a download that is stopped', () => {
  it('ends with the reason and keeps what came', async () => {
    const { work, target, controller, onProgress } = await start({
      answer: (response) => {
        response.setHeader('ETag', '"1"');
        response.setHeader('Content-Length', FILE.length);
        response.write(FILE.subarray(0, 100_000));
      },
    });
    await vi.waitFor(() => {
      expect(onProgress.mock.lastCall?.[0].loadedBytes).toBe(100_000);
    });
    controller.abort(new AppError('download/paused', 'Paused.', { retryable: true }));
    expect((await rejection(work)).code).toBe('download/paused');
    expect(target.kept()).toMatchObject({ receivedBytes: 100_000, totalBytes: FILE.length });
    expectBytes(target.bytes(), FILE.subarray(0, 100_000));
  });

  it('is stalled when nothing comes for too long', async () => {
    const { work, target } = await start({
      answer: (response) => {
        response.setHeader('ETag', '"1"');
        response.setHeader('Content-Length', FILE.length);
        response.write(FILE.subarray(0, 10));
      },
      net: {
        fetch: async (url, init) => {
          vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
          const response = await fetch(url, init);
          setImmediate(() => vi.advanceTimersByTime(limitOf('downloadStallMs') + 1));
          return response;
        },
      },
    });
    const error = await rejection(work);
    expect(error).toMatchObject({ code: 'download/stalled', retryable: true });
    expect(target.bytes().length).toBeLessThanOrEqual(10);
  });

  it('is stopped by a full device at once', async () => {
    const { url } = await loopback({ '/m.onnx': ranged(FILE) });
    const full = new AppError('store/quota', 'Full.', { retryable: true });
    const net = testNet(new URL(url).origin);
    const work = transfer(
      { url: `${url}m.onnx`, publishedBytes: null, chunks: null },
      NOTHING,
      { ...memoryTarget(), write: () => Promise.reject(full) },
      { net, hosts: [], signal: new AbortController().signal, onProgress: () => undefined },
    );
    expect(await rejection(work)).toBe(full);
    expect(net.slept).toEqual([]);
  });
});

describe('a transfer with a chunk list', () => {
  const chunks = chunksOf(FILE, 65_536);
  const file = { chunks, publishedBytes: FILE.length };
  /** Flips a bit at a place of the file in the first `times` answers that hold it. */
  const flipAt = (place: number, times: number) => {
    let left = times;
    return (body: Buffer, from: number) => {
      if (place < from || place >= from + body.length || left === 0) return body;
      left -= 1;
      body[place - from] = (body[place - from] ?? 0) ^ 1;
      return body;
    };
  };

  it.each([0, 70_000, 299_999])(
    'fetches a piece that is wrong at byte %i again alone',
    async (place) => {
      const { work, target, requests } = await start({
        answer: ranged(FILE, { corrupt: flipAt(place, 1) }),
        file,
      });
      await work;
      expectBytes(target.bytes(), FILE);
      const from = Math.floor(place / 65_536) * 65_536;
      const to = Math.min(from + 65_536, FILE.length) - 1;
      expect(rangesOf(requests)).toEqual(['bytes=0-', `bytes=${String(from)}-${String(to)}`]);
    },
  );

  it('refuses the file when a piece stays wrong', async () => {
    const { work, requests } = await start({
      answer: ranged(FILE, { corrupt: flipAt(70_000, 99) }),
      file,
    });
    const error = await rejection(work);
    expect(error).toMatchObject({
      code: 'integrity/chunk-mismatch',
      retryable: false,
      details: { chunk: 1, tries: limitOf('chunkTries'), expectedSha256: chunks.sha256[1] },
    });
    expect(requests).toHaveLength(limitOf('chunkTries'));
  });

  it('refuses a wrong piece that cannot be fetched alone', async () => {
    const { work } = await start({
      answer: ranged(FILE, { corrupt: flipAt(70_000, 99), ignoresRange: true }),
      file,
    });
    expect((await rejection(work)).code).toBe('integrity/chunk-mismatch');
  });

  it('keeps whole pieces only when the connection breaks, and goes on from there', async () => {
    const { work, target, requests } = await start({
      answer: ranged(FILE, { etag: () => null, dropAfter: (hit) => (hit === 1 ? 150_000 : null) }),
      file,
    });
    await work;
    expectBytes(target.bytes(), FILE);
    expect(rangesOf(requests)).toEqual(['bytes=0-', 'bytes=131072-']);
  });

  it('is not fooled by a stream that ends early, in the last piece or before', async () => {
    const endAt = (end: number) =>
      ranged(FILE, {
        contentLength: () => null,
        corrupt: (body, from, hit) => (hit === 1 ? body.subarray(0, end - from) : body),
      });
    for (const end of [100_000, 299_000]) {
      const { work, target } = await start({ answer: endAt(end), file });
      await work;
      expectBytes(target.bytes(), FILE);
    }
  });
});
