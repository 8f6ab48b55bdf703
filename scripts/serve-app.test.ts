import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { IMMUTABLE_CACHE, REVALIDATE_CACHE, securityHeaders } from './headers.ts';
import { serveApp } from './serve-app.ts';

const CONFIG = '{"version":1,"manifests":[{"url":"models/index.json","collection":"embedded"}]}';

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Serves a small app from a temporary folder, with an operator's models beside it if wanted. */
async function serve({ withModels = false, config = CONFIG, signed = false } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'serve-app-'));
  write(root, {
    'package.json': 'SECRET',
    'dist-old/index.html': 'SECRET',
    'dist/index.html': '<!doctype html><title>App</title>',
    'dist/config.json': config,
    'dist/.env': 'SECRET',
    'dist/assets/.secret': 'SECRET',
    'dist/assets/index-abc.js': 'export {};',
    'dist/assets/engine.worker-abc.js': 'self;',
    'dist/assets/ort-abc.wasm': 'wasm',
    'dist/models/index.json': '{}',
    'models/index.json': '{"version":1,"models":[]}',
    'models/a/model.onnx': 'onnx',
    ...(signed ? { 'models/index.json.sig': '{}' } : {}),
    'models/.env': 'SECRET',
    'models/.git/config': 'SECRET',
    'models/a/.secret': 'SECRET',
  });
  const { server, url } = await serveApp({
    dist: join(root, 'dist'),
    host: '127.0.0.1',
    port: 0,
    models: withModels ? join(root, 'models') : null,
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(root, { recursive: true });
  });
  return { root, url, ask: asker(url) };
}

/** Asks for a path exactly as it is written; `fetch` would resolve its dots. */
function asker(url: string) {
  const { hostname, port } = new URL(url);
  return (path: string, method = 'GET', headers: Readonly<Record<string, string>> = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const asking = request({ hostname, port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
        response.on('error', reject);
      });
      asking.on('error', reject);
      asking.end();
    });
}

const EXPECTED_HEADERS = Object.fromEntries(
  Object.entries(securityHeaders({ hosts: [] })).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]),
);

describe('serveApp', () => {
  it('takes a free port and says where it is', async () => {
    const { url, ask } = await serve();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/$/);
    const page = await ask('/');
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>App</title>' });
    expect(page.headers['content-type']).toBe('text/html;charset=utf-8');
  });

  it('fails when its port is taken', async () => {
    const { root, url } = await serve();
    const port = Number(new URL(url).port);
    const second = serveApp({ dist: join(root, 'dist'), host: '127.0.0.1', port, models: null });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it.each([
    ['/', 'GET', 200],
    ['/', 'HEAD', 200],
    ['/config.json', 'GET', 200],
    ['/assets/index-abc.js', 'GET', 200],
    ['/assets/engine.worker-abc.js', 'GET', 200],
    ['/assets/ort-abc.wasm', 'GET', 200],
    ['/operator-models/index.json', 'GET', 200],
    ['/operator-models/none.onnx', 'GET', 404],
    ['/operator-models/.env', 'GET', 404],
    ['/none', 'GET', 404],
    ['/assets/none.js', 'GET', 404],
    ['/', 'POST', 405],
  ])('sends every security header with %s %s (%i)', async (path, method, status) => {
    const { ask } = await serve({ withModels: true });
    const reply = await ask(path, method);
    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject(EXPECTED_HEADERS);
  });

  it('says what type scripts and WebAssembly are, which nosniff makes necessary', async () => {
    const { ask } = await serve();
    expect((await ask('/assets/engine.worker-abc.js')).headers['content-type']).toBe(
      'text/javascript',
    );
    expect((await ask('/assets/ort-abc.wasm')).headers['content-type']).toBe('application/wasm');
    expect((await ask('/config.json')).headers['content-type']).toBe('application/json');
  });
});

describe('the configuration of the built app', () => {
  const configured = (more: object) =>
    JSON.stringify({ ...(JSON.parse(CONFIG) as object), ...more });

  it('decides which hosts the policy allows', async () => {
    const hosts = ['https://models.example.org'];
    const { ask } = await serve({ config: configured({ hosts }) });
    for (const path of ['/', '/none', '/assets/engine.worker-abc.js']) {
      expect((await ask(path)).headers['content-security-policy']).toBe(
        securityHeaders({ hosts })['Content-Security-Policy'],
      );
    }
  });

  it('must be valid, or nothing is served', async () => {
    await expect(serve({ config: configured({ hosts: ['*'] }) })).rejects.toMatchObject({
      code: 'config/bad-config',
    });
  });
});

describe('caching', () => {
  it('is for good under /assets/ and by comparison elsewhere', async () => {
    const { ask } = await serve({ withModels: true });
    const cache = async (path: string) => (await ask(path)).headers['cache-control'];
    expect(await cache('/assets/index-abc.js')).toBe(IMMUTABLE_CACHE);
    for (const path of ['/', '/config.json', '/models/index.json', '/operator-models/index.json']) {
      expect(await cache(path)).toBe(REVALIDATE_CACHE);
    }
  });

  it('does not keep for a year that a file is missing', async () => {
    const { ask } = await serve();
    const missing = await ask('/assets/none.js');
    expect(missing).toMatchObject({ status: 404, body: 'Not found\n' });
    expect(missing.headers['cache-control']).toBe(REVALIDATE_CACHE);
  });

  it('answers 304, with every header, when nothing has changed', async () => {
    const { ask } = await serve({ withModels: true });
    for (const path of ['/', '/operator-models/a/model.onnx']) {
      const { etag } = (await ask(path)).headers;
      const again = await ask(path, 'GET', { 'If-None-Match': etag ?? '' });
      expect(again).toMatchObject({ status: 304, body: '' });
      expect(again.headers).toMatchObject(EXPECTED_HEADERS);
    }
  });
});

describe('an operator’s models', () => {
  it('are named in config.json only when there are some', async () => {
    const { ask: plain } = await serve();
    expect(JSON.parse((await plain('/config.json')).body)).toMatchObject({
      manifests: [{ url: 'models/index.json', collection: 'embedded' }],
    });
    expect((await plain('/operator-models/index.json')).status).toBe(404);

    const { ask } = await serve({ withModels: true });
    expect(JSON.parse((await ask('/config.json?x')).body)).toEqual({
      version: 1,
      manifests: [
        { url: 'models/index.json', collection: 'embedded', signed: false },
        { url: 'operator-models/index.json', collection: 'operator', signed: false },
      ],
      hosts: [],
      trustedKeys: [],
      policy: 'standard',
    });
    expect((await ask('/operator-models/a/model.onnx')).body).toBe('onnx');
  });

  it('must be signed when there is a signature beside their manifest', async () => {
    const { ask } = await serve({ withModels: true, signed: true });
    expect(JSON.parse((await ask('/config.json')).body)).toMatchObject({
      manifests: [{ signed: false }, { url: 'operator-models/index.json', signed: true }],
    });
  });

  it('may be added while the server runs', async () => {
    const { root, ask } = await serve({ withModels: true });
    write(root, { 'models/b/new.onnx': 'new' });
    expect((await ask('/operator-models/b/new.onnx')).body).toBe('new');
  });
});

describe('what is not served', () => {
  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/../dist-old/index.html',
    '/.env',
    '/%2eenv',
    '/assets/.secret',
    '/operator-models/../package.json',
    '/operator-models/../../package.json',
    '/operator-models/%2e%2e/package.json',
    '/operator-models/..%2fpackage.json',
    '/operator-models/..%5cpackage.json',
    '/operator-models//../package.json',
    '/operator-models/.env',
    '/operator-models/%2eenv',
    '/operator-models/%2Eenv?x=y',
    '/operator-models/.git/config',
    '/operator-models/a/.secret',
    '/operator-models//.env',
    '/operator-models/%00',
    '/operator-models/%',
    '/assets/',
    '/assets',
    '/%',
  ])('%s', async (path) => {
    const { ask } = await serve({ withModels: true });
    const reply = await ask(path);
    expect(reply.status).toBe(404);
    expect(reply.body).not.toContain('SECRET');
  });

  it('anything to a method but GET and HEAD', async () => {
    const { root, ask } = await serve();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
      const reply = await ask('/index.html', method);
      expect(reply).toMatchObject({ status: 405, body: '' });
      expect(reply.headers.allow).toBe('GET, HEAD');
    }
    expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toContain('App');
  });

  it('a body to HEAD', async () => {
    const { ask } = await serve();
    expect(await ask('/config.json', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});

describe('a server that stays up', () => {
  it('sends the part that is asked for', async () => {
    const { ask } = await serve({ withModels: true });
    const part = { status: 206, body: 'nn' };
    expect(await ask('/operator-models/a/model.onnx', 'GET', { Range: 'bytes=1-2' })).toMatchObject(
      part,
    );
    const past = await ask('/operator-models/a/model.onnx', 'GET', { Range: 'bytes=999999-' });
    expect(past.status).toBe(416);
  });

  it.each(['bytes=5-2', 'bytes=-1', 'bytes=x-y', 'lines=1-2', 'bytes=0-1,2-3'])(
    'sends the whole file for the range %s',
    async (Range) => {
      const { ask } = await serve({ withModels: true });
      expect(await ask('/assets/ort-abc.wasm', 'GET', { Range })).toMatchObject({
        status: 200,
        body: 'wasm',
      });
      expect((await ask('/operator-models/a/model.onnx', 'GET', { Range })).body).toBe('onnx');
    },
  );

  it('breaks off one answer, no more, when a file has vanished since it started', async () => {
    const { root, ask } = await serve();
    rmSync(join(root, 'dist/assets/index-abc.js'));
    await expect(ask('/assets/index-abc.js')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ask('/')).status).toBe(200);
  });
});
