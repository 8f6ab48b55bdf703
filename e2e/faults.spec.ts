import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pixelBomb, plainPng } from './support/pictures.ts';
import { armWorkerKiller, killCount, killWorkerOnNext } from './support/sabotage.ts';
import { rotStored, storedFiles } from './support/storage.ts';
import { expect, test } from './support/test.ts';

/* Whatever goes wrong ends in a sentence, and the next picture is answered correctly. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const MODEL_FILE = /\/models\/cifar_resnet20_v1\/cifar_resnet20_v1\.onnx$/;
const MODEL_SHA256 = 'a26be4f120d13d64319a788a1d1a696946423472bf77f10c111b4394b7867090';

async function expectShip(answer: Promise<readonly { label: string }[]>): Promise<void> {
  expect((await answer)[0]?.label).toBe('ship');
}

test.use({ dataSaver: true });

test.beforeEach(async ({ page }) => {
  await armWorkerKiller(page);
});

test('one flipped byte in the model: nothing runs, the digests are shown, then it heals', async ({
  page,
  workbench,
}) => {
  let served = 0;
  await page.route(MODEL_FILE, async (route) => {
    served += 1;
    const response = await route.fetch();
    const body = await response.body();
    body[500_000] = (body[500_000] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('integrity/digest-mismatch');
  expect(sentence).toContain(MODEL_SHA256);
  expect(sentence).toMatch(/got [0-9a-f]{64}/);
  expect(served, 'downloaded once more, then given up').toBe(2);
  await expect(workbench.results.locator('[data-label]')).toHaveCount(0);

  await page.unroute(MODEL_FILE);
  await page
    .getByRole('button', { name: /try again|retry|run again/i })
    .first()
    .click();
  await expectShip(workbench.answerFor('steamer.png'));
});

test('a model that is wrong once only is fetched again and runs', async ({ page, workbench }) => {
  let served = 0;
  await page.route(MODEL_FILE, async (route) => {
    served += 1;
    const response = await route.fetch();
    const body = await response.body();
    if (served === 1) body[7] = (body[7] ?? 0) ^ 0x80;
    await route.fulfill({ response, body });
  });
  await expectShip(workbench.answer(SHIP));
  expect(served).toBe(2);
});

test('HTML served as the model is named as such', async ({ page, workbench }) => {
  await page.route(MODEL_FILE, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Sign in</title>' }),
  );
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toMatch(/^integrity\//);
  expect(sentence).toContain('web page (HTML)');
  await page.unroute(MODEL_FILE);
  await expectShip(
    workbench.answer({ name: 'again.png', mimeType: '', buffer: readFileSync(SHIP) }),
  );
});

test('wrong labels are refused like a wrong model', async ({ page, workbench }) => {
  await page.route(/cifar_resnet20_v1\/labels\.txt$/, (route) =>
    route.fulfill({ body: 'one\ntwo\n' }),
  );
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toMatch(/^integrity\//);
  expect(sentence).toContain('labels');
});

test('a tampered inference runtime is never executed', async ({ page, workbench }) => {
  await page.route(/\/assets\/ort-wasm[^/]*\.wasm$/, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('integrity/digest-mismatch');
  expect(sentence).toContain('inference runtime');
});

test('a cached model that rotted is discarded and healed', async ({ page, workbench }) => {
  await expectShip(workbench.answer(SHIP));
  await rotStored(page, MODEL_SHA256);
  await page.reload(); // the session that is ready has no need of the file
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
  let served = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('.onnx')) served += 1;
  });
  await expectShip(workbench.answer(SHIP));
  expect(served).toBe(1);
  await expect.poll(() => storedFiles(page)).toHaveProperty(MODEL_SHA256, 1_119_369);
});

for (const [method, code] of [
  ['run', 'engine/worker-lost'],
  ['open', 'engine/worker-lost'],
] as const) {
  test(`a worker killed in mid-${method} is noticed and replaced`, async ({ page, workbench }) => {
    await killWorkerOnNext(page, method);
    const killed = await workbench.refusal(SHIP);
    expect(killed.code).toBe(code);
    expect(killed.sentence).toMatch(/again/);
    expect(await killCount(page)).toBe(1);
    const next = { name: 'next.png', mimeType: 'image/png', buffer: readFileSync(SHIP) };
    await expectShip(workbench.answer(next));
  });
}

test('nothing queued is lost when the worker is killed', async ({ page, workbench }) => {
  await killWorkerOnNext(page, 'run');
  const files = ['first.png', 'second.png', 'third.png'].map((name) => ({
    name,
    mimeType: 'image/png',
    buffer: readFileSync(SHIP),
  }));
  await workbench.fileInput.setInputFiles(files);
  // Every picture but the one that was running gets its answer.
  await expect
    .poll(async () => page.locator('[data-testid="picture"][data-state="done"]').count())
    .toBe(2);
  await expect(page.locator('[data-testid="picture"][data-state="error"]')).toHaveCount(1);
});

test('a picture of 23,000² pixels in 64 kB is refused before it is decoded', async ({
  workbench,
}) => {
  const bomb = pixelBomb('bomb.png', 23_000);
  expect(bomb.buffer.length).toBeLessThan(80_000);
  const { code, sentence } = await workbench.refusal(bomb);
  expect(code).toMatch(/^intake\//);
  expect(sentence).toContain('23,000');
  await expectShip(workbench.answer(SHIP));
});

test('an endless clicker is told to wait, with a time, and then served', async ({
  page,
  workbench,
}) => {
  const many = Array.from({ length: 12 }, (_, index) => plainPng(`click-${String(index)}.png`));
  await workbench.fileInput.setInputFiles(many);
  const refused = page.locator('[data-testid="picture"][data-code="engine/queue-full"]');
  await expect(refused.first()).toBeVisible();
  await refused.first().click();
  await expect(workbench.error).toHaveAttribute('data-code', 'engine/queue-full');
  await expect(workbench.error).toContainText(/8 pictures are waiting/);
  await expect(workbench.error).toContainText(/about [\d.]+ s/);
  await expect
    .poll(async () => page.locator('[data-testid="picture"][data-state="done"]').count())
    .toBeGreaterThanOrEqual(9);
  await expectShip(workbench.answer(SHIP));
});

test('a server that answers 404 for a model is quoted', async ({ page, workbench }) => {
  await page.route(MODEL_FILE, (route) => route.fulfill({ status: 404, body: 'gone' }));
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('download/http-status');
  expect(sentence).toContain('404');
});

test('a configuration that cannot be read is a calm page with a way on', async ({
  page,
  workbench,
}) => {
  await page.route(/\/config\.json$/, (route) => route.fulfill({ body: '{"version": 2}' }));
  await page.reload();
  await expect(workbench.error).toHaveAttribute('data-code', 'config/bad-config');
  await page.unroute(/\/config\.json$/);
  await page
    .getByRole('button', { name: /try again|retry/i })
    .first()
    .click();
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
});
