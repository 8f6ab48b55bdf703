import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusal } from '../image/testing/outcome.ts';
import { parseConfig } from './config.ts';

const manifests = [{ url: 'models/index.json', collection: 'embedded' }];
const PUBLIC_KEY = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'; // RFC 8037, appendix A.1

const withHosts = (...hosts: unknown[]) => ({ version: 1, manifests, hosts });
const withKey = (key: unknown) => ({ version: 1, manifests, trustedKeys: [key] });

describe('a configuration', () => {
  it('needs no more than its manifests, and then allows nothing more than before', () => {
    expect(parseConfig({ version: 1, manifests })).toEqual({
      version: 1,
      manifests: [{ ...manifests[0], signed: false }],
      hosts: [],
      trustedKeys: [],
      policy: 'standard',
    });
  });

  it('of the project names the two hosts of the models that can be installed', () => {
    const file = resolve(import.meta.dirname, '../../../public/config.json');
    const config = parseConfig(JSON.parse(readFileSync(file, 'utf8')));
    expect(config.hosts).toEqual([
      'https://apache-mxnet.s3-us-west-2.amazonaws.com',
      'https://media.githubusercontent.com',
    ]);
    expect(config).toMatchObject({ trustedKeys: [], policy: 'standard' });
  });

  it.each([
    'https://models.example.org',
    'https://models.example.org:8443',
    'https://xn--bcher-kva.example',
    'https://10.0.0.7',
    'http://127.0.0.1:8080',
    'http://127.0.0.1',
    'http://localhost:3000',
  ])('may allow the host %s', (host) => {
    expect(parseConfig(withHosts(host)).hosts).toEqual([host]);
  });

  it.each([
    '*',
    'https:',
    'https://*',
    'https://*.example.org',
    'https://example.org/',
    'https://example.org/models',
    'https://example.org?x',
    'https://example.org#x',
    'https://user@example.org',
    'https://EXAMPLE.org',
    'https://example.org:443',
    'https://example.org:99999',
    'https://bücher.example',
    'http://example.org',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://0.0.0.0:80',
    'http://[::1]:80',
    'ws://127.0.0.1',
    'blob:https://example.org',
    'data:',
    'null',
    "'self'",
    "'unsafe-inline'",
    'example.org',
    "https://example.org; script-src 'unsafe-eval'",
    'https://example.org;x',
    'https://example.org,x',
    "https://example.org'x",
    'https://example.org https://evil.test',
    'https://example.org\n',
    ' https://example.org',
    '',
    7,
    null,
  ])('may not allow the host %j', (host) => {
    expect(refusal(() => parseConfig(withHosts(host)))).toMatchObject({
      code: 'config/bad-config',
      details: { path: 'hosts.0' },
    });
  });

  it('holds hosts that a policy takes as one origin and no more, whatever is accepted', () => {
    const piece = fc.constantFrom(
      ...[
        'https://',
        'http://',
        'localhost',
        '127.0.0.1',
        'a',
        '.b',
        '-',
        ':',
        '80',
        ';',
        ' ',
        '*',
      ],
      ...["'", ',', '/', '@', '\\', '%3b', '\n', '_', '[', ']'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
        const host = pieces.join('');
        let hosts: readonly string[];
        try {
          ({ hosts } = parseConfig(withHosts(host)));
        } catch {
          return;
        }
        expect(hosts).toEqual([new URL(host).origin]);
        expect(host).toMatch(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/);
      }),
      { numRuns: 300 },
    );
  });

  it('may allow sixteen hosts', () => {
    const hosts = Array.from({ length: 17 }, (_, index) => `https://h${String(index)}.test`);
    expect(parseConfig(withHosts(...hosts.slice(1))).hosts).toHaveLength(16);
    expect(refusal(() => parseConfig(withHosts(...hosts))).details).toMatchObject({
      path: 'hosts',
    });
  });

  it('may trust a named key', () => {
    const key = { name: 'Example hospital', publicKey: PUBLIC_KEY };
    expect(parseConfig(withKey(key)).trustedKeys).toEqual([key]);
  });

  it.each<[string, unknown, string]>([
    ['a key too short', { name: 'A', publicKey: PUBLIC_KEY.slice(1) }, 'publicKey'],
    ['a key in hexadecimal', { name: 'A', publicKey: '0'.repeat(64) }, 'publicKey'],
    ['a padded key', { name: 'A', publicKey: `${PUBLIC_KEY}=` }, 'publicKey'],
    ['a nameless key', { name: '', publicKey: PUBLIC_KEY }, 'name'],
    ['a name of a blank', { name: ' ', publicKey: PUBLIC_KEY }, 'name'],
    ['a name that cannot be seen', { name: '\u3164\u2800', publicKey: PUBLIC_KEY }, 'name'],
    ['a name that turns text round', { name: 'A\u202e', publicKey: PUBLIC_KEY }, 'name'],
    ['a private key beside it', { name: 'A', publicKey: PUBLIC_KEY, privateKey: '' }, 'privateKey'],
  ])('may not trust %s', (_what, key, field) => {
    expect(refusal(() => parseConfig(withKey(key))).details).toMatchObject({
      path: `trustedKeys.0.${field}`,
    });
  });

  it.each([
    ['policy', { version: 1, manifests, policy: 'none' }],
    ['manifests.0.signed', { version: 1, manifests: [{ ...manifests[0], signed: 'yes' }] }],
    ['manifests', { version: 1, manifests: [] }],
  ])('may not be odd at %s', (path, json) => {
    expect(refusal(() => parseConfig(json)).details).toMatchObject({ path });
  });
});
