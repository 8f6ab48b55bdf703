import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TrustedTypesWindow } from 'trusted-types/lib';
import { PUBLIC, readConfig, securityHeaders } from '../scripts/headers.ts';
import { modelHostOrigins } from './support/model-host.ts';
import { armWorkerKiller, killWorkerOnNext } from './support/sabotage.ts';
import { clearStored } from './support/storage.ts';
import { expect, test } from './support/test.ts';

/* Headers are enforced, nothing leaves the device, and the network is not needed once things are loaded. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');

test('every response carries the security headers, also errors and workers', async ({ page }) => {
  const responses: { url: string; headers: Record<string, string> }[] = [];
  page.on('response', (response) => {
    // A blob is the page's own memory: nobody sent it, and it has the page's policy.
    if (response.url().startsWith('blob:')) return;
    responses.push({ url: response.url(), headers: response.headers() });
  });
  await page.goto('/');
  await page.getByTestId('file-input').setInputFiles(SHIP);
  await expect(page.getByTestId('status')).toHaveAttribute('data-state', 'done');
  const missing = await page.request.get('/no-such-file');
  expect(missing.status()).toBe(404);
  responses.push({ url: missing.url(), headers: missing.headers() });

  expect(responses.some(({ url }) => url.includes('engine.worker'))).toBe(true);
  // The page's own hosts, and the tests' host of model files.
  const { hosts } = readConfig(PUBLIC);
  const expected = securityHeaders({ hosts: [...hosts, ...modelHostOrigins] });
  for (const { url, headers } of responses) {
    for (const [name, value] of Object.entries(expected)) {
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

test('a page that was loaded once answers its first pictures without the network', async ({
  page,
  workbench,
}) => {
  await armWorkerKiller(page);
  await workbench.open();
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await page.context().setOffline(true);
  const [ship] = await workbench.answer(SHIP);
  expect(ship?.label).toBe('ship');
  // The other model, by a sample, which brings its own picture.
  await page.locator('[data-sample="smear-red-cells"]').click();
  const cells = await workbench.answerFor('smear-red-cells.png');
  expect(cells.filter(({ label }) => label === 'RBC').length).toBeGreaterThan(3);
  const thumbs = page.getByTestId('samples').locator('img');
  await thumbs.last().scrollIntoViewIfNeeded();
  await expect
    .poll(() =>
      thumbs.evaluateAll((all) => all.every((img) => (img as HTMLImageElement).naturalWidth > 0)),
    )
    .toBe(true);
  // Another engine too: it starts from what is on the device.
  await killWorkerOnNext(page, 'run');
  expect((await workbench.refusal(SHIP)).code).toBe('engine/worker-lost');
  const next = { name: 'next.png', mimeType: 'image/png', buffer: readFileSync(SHIP) };
  await workbench.chooseModel('cifar_resnet20_v1');
  expect((await workbench.answer(next))[0]?.label).toBe('ship');
  await page.context().setOffline(false);
});

test('fetching ahead goes on when the network comes back', async ({ page, workbench }) => {
  const offline = page.getByTestId('offline');
  await page.route(/\/models\/.*\.onnx$/, (route) => route.abort());
  await clearStored(page);
  await workbench.open();
  await expect(offline).toHaveAttribute('data-state', 'failed');
  await expect(offline).toContainText('could not be loaded');
  await page.unroute(/\/models\/.*\.onnx$/);
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expect(offline).toHaveAttribute('data-state', 'ready');
});

test.describe('where data is to be saved', () => {
  test.use({ dataSaver: true });

  test('nothing is fetched ahead, and the page says so', async ({ page, workbench }) => {
    await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'saving-data');
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await workbench.answer(SHIP);
    expect(requested.some((url) => url.endsWith('.wasm'))).toBe(true);
  });
});
