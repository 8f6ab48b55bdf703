import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { join, resolve } from 'node:path';
import sirv from 'sirv';
import { parseConfig, type Config } from '../src/core/manifest/config.ts';
import { signaturePath } from '../src/core/manifest/signed.ts';
import {
  IMMUTABLE_CACHE,
  IMMUTABLE_PATH,
  readConfig,
  REVALIDATE_CACHE,
  securityHeaders,
} from './headers.ts';

export interface ServeOptions {
  /** The built app. */
  readonly dist: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** One more folder of models with its own index.json, or null. */
  readonly models: string | null;
  /** Hosts that models may come from beside those of the configuration: a test's own. */
  readonly hosts?: readonly string[];
}

/** Where the operator's folder appears in the app. */
const OPERATOR_PATH = '/operator-models/';

/**
 * Serves the production build with the headers it is meant to run under, and, when asked, one more folder of
 * models: `config.json` then names its manifest too.
 *
 * The configuration is the built app's `config.json` as it is at the start; the policy follows it.
 * @throws AppError `config/bad-config`.
 * @returns the server, listening, and its URL.
 */
export async function serveApp({
  dist,
  host,
  port,
  models,
  hosts = [],
}: ServeOptions): Promise<{ server: Server; url: string }> {
  const serveDist = sirv(dist, { etag: true, dotfiles: false });
  // `dev` reads the folder at each request: an operator adds files while the server runs.
  const serveModels = models === null ? null : sirv(resolve(models), { dev: true, etag: true });
  const config = configFor(readConfig(dist), models, hosts);
  const headers = Object.entries(securityHeaders(config));
  const configText = JSON.stringify(config, null, 2);

  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    // sirv throws at a range that ends before it starts, and knows no If-Range: the whole file is an answer too.
    if (!isPlainRange(request.headers.range) || request.headers['if-range'] !== undefined) {
      delete request.headers.range;
    }
    // sirv leaves these two to its caller: a file that vanished would end the server, a lost client leak a handle.
    response.on('pipe', (file: Readable) => {
      file.once('error', () => response.destroy());
      response.once('close', () => file.destroy());
    });
    for (const [name, value] of headers) response.setHeader(name, value);
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
      response.end(configText);
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

/** True for `bytes=5-` and `bytes=5-9`. */
function isPlainRange(range: string | undefined): boolean {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  return from !== undefined && (to === '' || Number(from) <= Number(to));
}

/** True when a part of the path starts with a dot, also when dot or backslash are percent-encoded. */
function hasDotSegment(url: string): boolean {
  return /^[^?#]*(?:\/|\\|%5c)(?:\.|%2e)/i.test(url);
}

/** The configuration with more hosts and with the manifest of a folder of models, as signed if it is. */
function configFor(config: Config, models: string | null, hosts: readonly string[]): Config {
  const manifests = [...config.manifests];
  if (models !== null) {
    const signed = existsSync(join(models, signaturePath('index.json')));
    manifests.push({ url: 'operator-models/index.json', collection: 'operator', signed });
  }
  return parseConfig({ ...config, manifests, hosts: [...config.hosts, ...hosts] });
}
