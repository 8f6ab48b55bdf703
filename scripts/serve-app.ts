import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { join, resolve } from 'node:path';
import sirv from 'sirv';
import { IMMUTABLE_CACHE, IMMUTABLE_PATH, REVALIDATE_CACHE, SECURITY_HEADERS } from './headers.ts';

export interface ServeOptions {
  /** The built app. */
  readonly dist: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** One more folder of models with its own index.json, or null. */
  readonly models: string | null;
}

/** Where the operator's folder appears in the app. */
const OPERATOR_PATH = '/operator-models/';

/**
 * Serves the production build with the headers it is meant to run under, and, when asked, one more folder of
 * models: `config.json` then names its manifest too.
 * @returns the server, listening, and its URL.
 */
export async function serveApp({
  dist,
  host,
  port,
  models,
}: ServeOptions): Promise<{ server: Server; url: string }> {
  const serveDist = sirv(dist, { etag: true, dotfiles: false });
  // `dev` reads the folder at each request: an operator adds files while the server runs.
  const serveModels = models === null ? null : sirv(resolve(models), { dev: true, etag: true });
  const config = configJson(dist, models !== null);

  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    // The app asks for whole files only, and sirv throws at a range that ends before it starts.
    delete request.headers.range;
    // sirv leaves these two to its caller: a file that vanished would end the server, a lost client leak a handle.
    response.on('pipe', (file: Readable) => {
      file.once('error', () => response.destroy());
      response.once('close', () => file.destroy());
    });
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    response.setHeader(
      'Cache-Control',
      url.startsWith(IMMUTABLE_PATH) ? IMMUTABLE_CACHE : REVALIDATE_CACHE,
    );
    const notFound = () => {
      response.statusCode = 404;
      response.setHeader('Cache-Control', REVALIDATE_CACHE); // a file missing for a moment is not missing for a year
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end('Not found\n');
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.statusCode = 405;
      response.setHeader('Allow', 'GET, HEAD');
      response.end();
    } else if (url.split('?')[0] === '/config.json') {
      response.setHeader('Content-Type', 'application/json');
      response.end(config);
    } else if (serveModels && url.startsWith(OPERATOR_PATH)) {
      request.url = url.slice(OPERATOR_PATH.length - 1);
      // With `dev`, sirv serves dotfiles whatever its option says.
      if (hasDotSegment(request.url)) notFound();
      else serveModels(request, response, notFound);
    } else serveDist(request, response, notFound);
  });

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  const address = server.address() as AddressInfo;
  const hostname = host.includes(':') ? `[${host}]` : host; // IPv6
  return { server, url: `http://${hostname}:${String(address.port)}/` };
}

/** True when a part of the path starts with a dot, also when dot or backslash are percent-encoded. */
function hasDotSegment(url: string): boolean {
  return /^[^?#]*(?:\/|\\|%5c)(?:\.|%2e)/i.test(url);
}

function configJson(dist: string, withOperatorModels: boolean): string {
  const text = readFileSync(join(dist, 'config.json'), 'utf8');
  if (!withOperatorModels) return text;
  const config = JSON.parse(text) as { manifests: { url: string; collection: string }[] };
  config.manifests.push({ url: 'operator-models/index.json', collection: 'operator' });
  return JSON.stringify(config, null, 2);
}
