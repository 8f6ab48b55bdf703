import { resolve } from 'node:path';
import type { TrustedTypesWindow } from 'trusted-types/lib';
import { SECURITY_HEADERS } from '../scripts/headers.ts';
import { expect, test } from './support/test.ts';

/* Headers are enforced, nothing leaves the device, and the network is not needed once things are loaded. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');

test('every response carries the security headers, also errors and workers', async ({ page }) => {
  const responses: { url: string; headers: Record<string, string> }[] = [];
  page.on('response', (response) => {
    responses.push({ url: response.url(), headers: response.headers() });
  });
  await page.goto('/');
  await page.getByTestId('file-input').setInputFiles(SHIP);
  await expect(page.getByTestId('status')).toHaveAttribute('data-state', 'done');
  const missing = await page.request.get('/no-such-file');
  expect(missing.status()).toBe(404);
  responses.push({ url: missing.url(), headers: missing.headers() });

  expect(responses.some(({ url }) => url.includes('engine.worker'))).toBe(true);
  for (const { url, headers } of responses) {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(headers[name.toLowerCase()], `${name} of ${url}`).toBe(value);
    }
  }
});

test('the page is cross-origin isolated and its policies bite', async ({ page }) => {
  await page.goto('/');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const blocked = await page.evaluate(async () => {
    // The tool's own evaluation may use eval; what runs later is the page's.
    await new Promise((resume) => setTimeout(resume, 0));
    const outcomes: Record<string, boolean> = {};
    const attempt = async (name: string, work: () => unknown) => {
      try {
        await work();
        outcomes[name] = false;
      } catch {
        outcomes[name] = true;
      }
    };
    await attempt('inner html', () => (document.createElement('div').innerHTML = '<b>x</b>'));
    await attempt('eval', () =>
      (Reflect.get(globalThis, 'eval') as (code: string) => unknown)('1'),
    );
    await attempt('worker from a string', () => new Worker('/assets/any.js'));
    await attempt('foreign fetch', () => fetch('https://example.com/'));
    await attempt('own policy', () =>
      (window as unknown as TrustedTypesWindow).trustedTypes?.createPolicy('evil', {}),
    );
    return outcomes;
  });
  expect(blocked).toEqual({
    'inner html': true,
    eval: true,
    'worker from a string': true,
    'foreign fetch': true,
    'own policy': true,
  });
});

test('after the first answers the network can go', async ({ page, workbench }) => {
  await workbench.answer(SHIP);
  await page.context().setOffline(true);
  const again = { name: 'offline.png', mimeType: 'image/png', buffer: Buffer.from([]) };
  again.buffer = Buffer.from(await (await import('node:fs/promises')).readFile(SHIP));
  const [top] = await workbench.answer(again);
  expect(top?.label).toBe('ship');
  await page.context().setOffline(false);
});
