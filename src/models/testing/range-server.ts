import { createHash } from 'node:crypto';
import type { Answer } from './loopback.ts';

/** How a server that knows ranges misbehaves; each may differ from request to request, counted from 1. */
export interface RangeFaults {
  /** Hangs up after so many bytes of the answer. */
  readonly dropAfter?: (hit: number) => number | null;
  /** Changes the bytes of an answer; `from` is where it begins in the file. */
  readonly corrupt?: (bytes: Buffer, from: number, hit: number) => Buffer;
  /** Answers 200 with the whole, whatever is asked. */
  readonly ignoresRange?: boolean;
  /** Null for none; a weak one counts for nothing. */
  readonly etag?: (hit: number) => string | null;
  readonly lastModified?: string;
  /** What Content-Range says instead of the truth; null leaves it out. */
  readonly contentRange?: (from: number, total: number) => string | null;
  /** What Content-Length says instead of the truth; null leaves it out (chunked). */
  readonly contentLength?: (length: number) => number | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server of one file that knows Range, If-Range, ETag and 416 (RFC 9110), as far as it is let. */
export function ranged(file: Uint8Array, faults: RangeFaults = {}): Answer {
  const digest = createHash('sha256').update(file).digest('hex').slice(0, 16);
  return (response, hit, request) => {
    const etag = faults.etag ? faults.etag(hit) : `"${digest}"`;
    const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const ifRange = request.headers['if-range'];
    const matches = ifRange === undefined || ifRange === etag || ifRange === faults.lastModified;
    const isPart = asked !== null && matches && faults.ignoresRange !== true;
    const from = isPart ? Number(asked[1]) : 0;
    const to =
      isPart && asked[2] !== '' ? Math.min(Number(asked[2]) + 1, file.length) : file.length;
    response.setHeader('Accept-Ranges', 'bytes');
    if (etag !== null) response.setHeader('ETag', etag);
    if (faults.lastModified !== undefined) response.setHeader('Last-Modified', faults.lastModified);
    for (const [name, value] of Object.entries(faults.headers ?? {})) {
      response.setHeader(name, value);
    }
    if (isPart && from >= file.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${String(file.length)}` }).end();
      return;
    }
    const truth = `bytes ${String(from)}-${String(to - 1)}/${String(file.length)}`;
    const range = faults.contentRange ? faults.contentRange(from, file.length) : truth;
    if (isPart && range !== null) response.setHeader('Content-Range', range);
    const part = Buffer.from(file.subarray(from, to));
    const body = faults.corrupt ? faults.corrupt(part, from, hit) : part;
    const length = faults.contentLength ? faults.contentLength(body.length) : body.length;
    if (length !== null) response.setHeader('Content-Length', length);
    response.writeHead(isPart ? 206 : 200);
    const drop = faults.dropAfter?.(hit) ?? null;
    if (drop === null || drop >= body.length) response.end(body);
    else {
      // A moment later, so that the client has read what came before: an error discards what it has not.
      response.write(body.subarray(0, drop), () => setTimeout(() => response.destroy(), 20));
    }
  };
}
