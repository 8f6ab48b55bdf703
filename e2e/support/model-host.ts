import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { selfSigned } from './certificate.ts';
import { WORKERS } from './workers.ts';

/** How a download misbehaves; it is written into the URL's query, so that a test says it where it names the file. */
export interface Fault {
  /** Hangs up after so many bytes, the first time only. */
  readonly dropAfter?: number;
  /** Flips a byte here: in the first answer that holds it, or in each. */
  readonly corruptAt?: number;
  readonly corrupt?: 'once' | 'always';
  /** Says so many bytes more in Content-Length than it has; the connection then ends early. */
  readonly lieBytes?: number;
  /** Says so many bytes in Content-Length, whatever the file has. */
  readonly claimBytes?: number;
  /** Bytes a second. */
  readonly rate?: number;
  readonly status?: number;
  readonly redirect?: string;
  /** Sends this instead of the file; a web page the first time only, as a network does until somebody has logged in. */
  readonly body?: 'html' | 'lfs-pointer';
  /** Leaves out the headers with which a host allows other pages to read. */
  readonly noCors?: boolean;
  /** Answers a Range request with the whole file. */
  readonly noRange?: boolean;
  /** Another ETag at each request: the file changed in between. */
  readonly changing?: boolean;
}

/** The page's port; behind it are those of the model hosts, one for each of Playwright's workers. */
const PAGE_PORT = Number(process.env['E2E_PORT'] ?? 4180);
const PORT = PAGE_PORT + 1 + Number(process.env['TEST_PARALLEL_INDEX'] ?? 0);
const originOf = (port: number) => `https://127.0.0.1:${String(port)}`;

/** Where this worker's host is. */
export const modelHostOrigin = originOf(PORT);

/** Every worker's; the e2e server allows the page to fetch from there. */
export const modelHostOrigins = Array.from({ length: WORKERS }, (_, index) =>
  originOf(PAGE_PORT + 1 + index),
);

const INSTEAD = {
  html: {
    type: 'text/html',
    text: '<!doctype html><title>Sign in</title><p>Please sign in to this network.</p>',
  },
  'lfs-pointer': {
    type: 'text/plain',
    text: 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
  },
} as const;

/** A host of model files on this machine, over TLS, that does Range, and whatever a {@link Fault} asks for. */
export class ModelHost {
  readonly #requests: { readonly url: string; readonly range: string | undefined }[] = [];
  readonly #files = new Map<string, Buffer>();
  readonly #hits = new Map<string, number>();
  readonly #server: Server;
  #offered = 0;

  constructor() {
    this.#server = createServer(selfSigned('127.0.0.1'), (request, response) => {
      this.#answer(request, response);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((listening, failed) => {
      this.#server.once('error', failed);
      this.#server.listen(PORT, '127.0.0.1', listening);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** Offers a file. @returns its URL; each is its own, so that faults of one test do not reach another. */
  offer(name: string, body: Buffer, fault: Fault = {}): string {
    this.#offered += 1;
    const path = `${String(this.#offered)}/${name}`;
    this.#files.set(path, body);
    const query = new URLSearchParams({ fault: JSON.stringify(fault) });
    return `${modelHostOrigin}/${path}?${query.toString()}`;
  }

  /** What was asked for of a file: the Range headers in order, undefined where there was none. */
  rangesOf(url: string): readonly (string | undefined)[] {
    return this.#requests.filter((request) => request.url === url).map(({ range }) => range);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', modelHostOrigin);
    const fault = JSON.parse(url.searchParams.get('fault') ?? '{}') as Fault;
    const hit = (this.#hits.get(url.href) ?? 0) + 1;
    if (!fault.noCors) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', 'Range, If-Range');
      response.setHeader('Access-Control-Expose-Headers', 'Content-Range, Content-Length, ETag');
    }
    if (request.method === 'OPTIONS') {
      response.statusCode = 204;
      response.end();
      return;
    }
    this.#hits.set(url.href, hit);
    this.#requests.push({ url: url.href, range: request.headers.range });
    const file = this.#files.get(url.pathname.slice(1));
    if (fault.redirect !== undefined) {
      response.writeHead(302, { Location: fault.redirect });
      response.end();
    } else if (fault.status !== undefined || !file) {
      response.writeHead(fault.status ?? 404, { 'Content-Type': 'text/html' });
      response.end('<!doctype html><title>Sorry</title>');
    } else if (fault.body && (fault.body !== 'html' || hit === 1)) {
      const { type, text } = INSTEAD[fault.body];
      response.writeHead(200, { 'Content-Type': type });
      response.end(text);
    } else void this.#send(request, response, file, fault, hit);
  }

  async #send(
    request: IncomingMessage,
    response: ServerResponse,
    file: Buffer,
    fault: Fault,
    hit: number,
  ): Promise<void> {
    const etag = fault.changing ? `"v${String(hit)}"` : '"v1"';
    response.setHeader('ETag', etag);
    const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const current = request.headers['if-range'];
    const partial = asked !== null && !fault.noRange && (current === undefined || current === etag);
    const from = partial ? Number(asked[1]) : 0;
    if (from >= file.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${String(file.length)}` });
      response.end();
      return;
    }
    const to = partial && asked[2] ? Math.min(Number(asked[2]) + 1, file.length) : file.length;
    const body = Buffer.from(file.subarray(from, to));
    const at = (fault.corruptAt ?? -1) - from;
    if (at >= 0 && at < body.length && (fault.corrupt !== 'once' || hit === 1)) {
      body[at] = (body[at] ?? 0) ^ 1;
    }
    response.writeHead(partial ? 206 : 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': fault.claimBytes ?? body.length + (fault.lieBytes ?? 0),
      'Accept-Ranges': 'bytes',
      ...(partial
        ? { 'Content-Range': `bytes ${String(from)}-${String(to - 1)}/${String(file.length)}` }
        : {}),
    });
    const end = hit === 1 && fault.dropAfter !== undefined ? fault.dropAfter : body.length;
    const step = fault.rate === undefined ? body.length : Math.ceil(fault.rate / 20);
    for (let sent = 0; sent < Math.min(end, body.length); sent += step) {
      if (response.destroyed) return;
      response.write(body.subarray(sent, Math.min(sent + step, end, body.length)));
      if (fault.rate !== undefined) await new Promise((resume) => setTimeout(resume, 50));
    }
    if (end < body.length || fault.lieBytes || fault.claimBytes) {
      await new Promise((resume) => setTimeout(resume, 100)); // what was sent arrives
      response.destroy();
    } else response.end();
  }
}
