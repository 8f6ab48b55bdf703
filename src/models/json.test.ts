import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchJson } from './json.ts';
import { loopback } from './testing/loopback.ts';
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
    expect(await rejection(fetchJson(`${url}app/models/index.json`, 100))).toMatchObject({
      code: 'download/http-status',
      message: 'The server answered 500 for models/index.json. Try again in a moment.',
      retryable: true,
      details: { url: `${url}app/models/index.json`, status: 500 },
    });
  });

  it('has its whole address where there is no page above it', async () => {
    const { url } = await loopback({});
    const { message } = await rejection(fetchJson(`${url}index.json`, 100));
    expect(message).toContain(`${url}index.json`);
  });
});
