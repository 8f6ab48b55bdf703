import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plainPng } from './support/pictures.ts';
import { expect, needsShared, test } from './support/test.ts';

/* The workbench as a person uses it: drop, paste, pick, compare, stop. */

const SAMPLES = resolve(import.meta.dirname, '../public/samples');
const SHIP = resolve(SAMPLES, 'steamer.png');
const SMEAR = resolve(SAMPLES, 'smear-white-cell.png');
const DETECTOR = 'ssd_300_mobilenet0.25_bccd';

test('a sample picture brings its model and its answer', async ({ page, workbench }) => {
  await page.locator('[data-sample="smear-white-cell"]').click();
  const results = await workbench.answerFor('smear-white-cell.png');
  expect(results.length).toBeGreaterThan(10);
  await expect(workbench.modelSelect).toHaveValue(DETECTOR);
});

test('a dropped picture is read', async ({ page, workbench }) => {
  const bytes = [...readFileSync(SHIP)];
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(content)], 'dropped.png', { type: 'image/png' }));
    return data;
  }, bytes);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByTestId('drop-overlay')).toBeVisible();
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  expect((await workbench.answerFor('dropped.png'))[0]?.label).toBe('ship');
  await expect(page.getByTestId('drop-overlay')).toBeHidden();
});

test('a pasted picture is read', async ({ page, workbench }) => {
  await page.evaluate(
    (content) => {
      const clipboardData = new DataTransfer();
      const file = new File([new Uint8Array(content)], 'pasted.png', { type: 'image/png' });
      clipboardData.items.add(file);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [...readFileSync(SHIP)],
  );
  expect((await workbench.answerFor('pasted.png'))[0]?.label).toBe('ship');
});

test('the threshold changes boxes and counts without another run', async ({ page, workbench }) => {
  await workbench.chooseModel(DETECTOR);
  const before = await workbench.answer(SMEAR);
  await page.evaluate(() => {
    const post = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value as (
      ...args: unknown[]
    ) => void;
    const counter = window as unknown as { posted: number };
    counter.posted = 0;
    Worker.prototype.postMessage = function (...args: unknown[]) {
      counter.posted += 1;
      post.apply(this, args);
    };
  });
  const slider = page.getByRole('slider', { name: /threshold/i });
  await slider.focus();
  for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await workbench.readResults()).length).toBeLessThan(before.length);
  const after = await workbench.readResults();
  const threshold = Number(await slider.inputValue());
  expect(after.every(({ probability }) => probability >= threshold)).toBe(true);
  expect(after).toEqual(before.filter(({ probability }) => probability >= threshold));
  expect(await page.evaluate(() => (window as unknown as { posted: number }).posted)).toBe(0);
});

test('the boxes are a table that the keyboard can walk', async ({ page, workbench }) => {
  await workbench.chooseModel(DETECTOR);
  await workbench.answer(SMEAR);
  const table = page.getByRole('table');
  await expect(table.getByRole('columnheader')).not.toHaveCount(0);
  const rows = workbench.results.getByRole('button');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
});

test('another model re-reads the picture; going back costs no run', async ({ workbench }) => {
  await workbench.answer(SHIP);
  await workbench.chooseModel(DETECTOR);
  await workbench.answerFor('steamer.png');
  await workbench.chooseModel('cifar_resnet20_v1');
  // At once: the answer was kept.
  await expect(workbench.status).toHaveAttribute('data-state', 'done', { timeout: 500 });
  expect((await workbench.readResults())[0]?.label).toBe('ship');
});

test('several pictures at once are all answered, and each can be looked at', async ({
  page,
  workbench,
}) => {
  await workbench.fileInput.setInputFiles(
    ['steamer', 'airliner', 'small-car', 'lorry'].map((name) => resolve(SAMPLES, `${name}.png`)),
  );
  const done = page.locator('[data-testid="picture"][data-state="done"]');
  await expect(done).toHaveCount(4);
  await page.locator('[data-testid="picture"][data-picture="airliner.png"]').click();
  expect((await workbench.answerFor('airliner.png'))[0]?.label).toBe('airplane');
});

test('cancel stops a running job at once and the engine comes back', async ({
  page,
  workbench,
}) => {
  // A server that never answers: the person sees progress and a way out.
  await page.route(/cifar_resnet20_v1\.onnx$/, () => undefined);
  await workbench.give(SHIP);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const { code } = await workbench.refusalFor('steamer.png', 5_000);
  expect(code).toBe('engine/cancelled');
  await page.unroute(/cifar_resnet20_v1\.onnx$/);
  await page.getByRole('button', { name: 'Run again' }).click();
  expect((await workbench.answerFor('steamer.png'))[0]?.label).toBe('ship');
});

test('WebGPU without an adapter is refused in words; auto says why it took WebAssembly', async ({
  workbench,
}) => {
  await workbench.chooseBackend('webgpu');
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('engine/webgpu-unavailable');
  expect(sentence).toMatch(/Auto/);
  await workbench.chooseBackend('auto');
  await workbench.answerFor('steamer.png');
  await expect(workbench.backend).toHaveAttribute('data-ep', 'wasm');
  await expect(workbench.backend).toContainText('no WebGPU adapter');
});

test('the limits and the model’s papers are one click away', async ({ page, workbench }) => {
  await page.getByRole('button', { name: 'Limits' }).click();
  const limits = page.getByRole('dialog');
  await expect(limits).toContainText('Pictures waiting in the queue');
  await page.keyboard.press('Escape');
  await expect(limits).toBeHidden();
  await expect(page.getByRole('button', { name: 'Limits' })).toBeFocused();

  await workbench.answer(SHIP);
  await page.getByRole('button', { name: /about/i }).first().click();
  const papers = page.getByRole('dialog');
  await expect(papers).toContainText(
    'a26be4f120d13d64319a788a1d1a696946423472bf77f10c111b4394b7867090',
  );
  await expect(papers).toContainText('Apache-2.0');
  await expect(papers).toContainText('CIFAR-10');
});

test('everything can be done with the keyboard alone', async ({ page, workbench }) => {
  const sample = page.locator('[data-sample="lorry"]');
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await sample.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(sample).toBeFocused();
  await page.keyboard.press('Enter');
  expect((await workbench.answerFor('lorry.png'))[0]?.label).toBe('truck');
});

test('what the screen reader hears is the result, once', async ({ page, workbench }) => {
  await workbench.answer(SHIP);
  const live = page.locator('[aria-live="polite"], [role="status"]').first();
  await expect(live).toContainText(/steamer\.png.*ship/i);
});

test('a bad entry in an operator’s manifest is reported and hides nothing else', async ({
  page,
  workbench,
}) => {
  needsShared(); // the operator's folder is made of it
  const problems = page.getByTestId('catalog-problems');
  await expect(problems).toContainText(/1 /);
  await expect(workbench.modelSelect.locator('option')).toHaveCount(5);
});

test('a picture of a person’s own name cannot break the page', async ({ page, workbench }) => {
  const name = '<img src=x onerror=alert(1)>.png';
  await workbench.answer({ ...plainPng(name) });
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(workbench.status).toContainText(name);
});
