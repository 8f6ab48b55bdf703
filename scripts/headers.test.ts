import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, headersFile } from './headers.ts';

it('keeps public/_headers equal to the one source of headers', () => {
  const committed = readFileSync(resolve(import.meta.dirname, '../public/_headers'), 'utf8');
  expect(committed).toBe(headersFile());
});

it('never allows eval, inline code or a foreign origin', () => {
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/'unsafe-eval'|'unsafe-inline'|https?:|\*/);
});
