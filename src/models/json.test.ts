import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../core/manifest/config.ts';
import { fetchParsed } from './json.ts';
import { refusalsOf } from './manifest-verdict.ts';
import { bytes, loopback } from './testing/loopback.ts';
import { rejection } from './testing/rejection.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a JSON file that fails', () => {
  it('is named by its path from the page, not by its last name', async () => {
    const { url } = await loopback({
      '/app/models/index.json': (response) => {
        response.statusCode = 500;
        response.end();
      },
    });
    vi.stubGlobal('document', { baseURI: `${url}app/?x#y` });
    expect(await rejection(fetchParsed(`${url}app/models/index.json`, 100, String))).toMatchObject({
      code: 'download/http-status',
      message: 'The server answered 500 for models/index.json. Try again in a moment.',
      retryable: true,
      details: { url: `${url}app/models/index.json`, status: 500 },
    });
  });

  it('has its whole address where there is no page above it', async () => {
    const { url } = await loopback({});
    const { message } = await rejection(fetchParsed(`${url}index.json`, 100, String));
    expect(message).toContain(`${url}index.json`);
  });

  it.each([
    ['{"version":2}', 'config/bad-config'],
    ['<!doctype html>', 'manifest/not-json'],
  ])(
    'and is refused for what it says (%s) tells the ledger which file it was',
    async (text, code) => {
      const { url: base } = await loopback({ '/config.json': bytes(text) });
      const url = `${base}config.json`;
      const error = await rejection(fetchParsed(url, 100, parseConfig));
      const sha256 = createHash('sha256').update(text).digest('hex');
      expect(refusalsOf([error])).toEqual([
        { subject: url, url, file: { sha256, bytes: text.length }, signer: null, code },
      ]);
    },
  );

  it('and cannot be had is no refusal', async () => {
    const { url } = await loopback({});
    expect(
      refusalsOf([await rejection(fetchParsed(`${url}config.json`, 100, parseConfig))]),
    ).toEqual([]);
  });
});
