import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refusal } from '../src/core/image/testing/outcome.ts';
import {
  contentSecurityPolicy,
  headersFile,
  PUBLIC,
  readConfig,
  securityHeaders,
} from './headers.ts';

it('keeps public/_headers equal to the one source of headers', () => {
  const committed = readFileSync(resolve(PUBLIC, '_headers'), 'utf8');
  expect(committed).toBe(headersFile(readConfig(PUBLIC)));
});

it('keeps the examples for servers in docs/deploy.md equal to it', () => {
  const text = readFileSync(resolve(PUBLIC, '../docs/deploy.md'), 'utf8');
  for (const [name, value] of Object.entries(securityHeaders(readConfig(PUBLIC)))) {
    expect(text).toContain(`add_header ${name} "${value}" always;`); // nginx
    expect(text).toContain(`    ${name} "${value}"\n`); // Caddy
  }
});

describe('the policy', () => {
  const directive = (policy: string, name: string) =>
    policy.split('; ').find((part) => part.startsWith(`${name} `));

  it('never allows eval, inline code or a foreign origin of its own accord', () => {
    expect(contentSecurityPolicy({ hosts: [] })).not.toMatch(
      /'unsafe-eval'|'unsafe-inline'|https?:|\*/,
    );
  });

  it('lets the page connect to the hosts of the configuration, and use them for nothing else', () => {
    const hosts = ['https://a.example', 'http://127.0.0.1:8080'];
    const policy = contentSecurityPolicy({ hosts });
    expect(directive(policy, 'connect-src')).toBe(
      "connect-src 'self' https://a.example http://127.0.0.1:8080",
    );
    const rest = policy.replace(/connect-src [^;]*/, "connect-src 'self'");
    expect(rest).toBe(contentSecurityPolicy({ hosts: [] }));
    expect(securityHeaders({ hosts })['Content-Security-Policy']).toBe(policy);
  });
});

describe('readConfig', () => {
  function folder(text: string | null) {
    const path = mkdtempSync(join(tmpdir(), 'headers-'));
    onTestFinished(() => {
      rmSync(path, { recursive: true });
    });
    if (text !== null) writeFileSync(join(path, 'config.json'), text);
    return path;
  }

  it.each([
    ['is missing', null, 'cannot be read'],
    ['is no JSON', '{', 'cannot be read'],
    ['tries to widen the policy', '{"version":1,"manifests":[],"hosts":["*"]}', 'config.json'],
  ])('refuses a configuration that %s', (_what, text, sentence) => {
    const error = refusal(() => readConfig(folder(text)));
    expect(error.code).toBe('config/bad-config');
    expect(error.message).toContain(sentence);
  });
});
