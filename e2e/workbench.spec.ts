import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plainPng } from './support/pictures.ts';
import { expect, needsShared, test } from './support/test.ts';

/* The workbench as a person uses it: drop, paste, pick, compare, stop. */

const SAMPLES = resolve(import.meta.dirname, '../public/samples');
const SHIP = resolve(SAMPLES, 'steamer.png');
const SMEAR = resolve(SAMPLES, 'smear-white-cell.png');
const DETECTOR = 'ssd_300_mobilenet0.25_bccd';

// Some tests hold up what a picture needs: the page may not have asked for it before, nor ask for it in between.
test.use({ dataSaver: true });

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

test('cancel stops a job whose server is silent at once, and the engine comes back', async ({
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
  const live = page.locator('[aria-live="polite"], [role="status"]');
  await expect(live.filter({ hasText: /steamer\.png.*ship/i })).toHaveCount(1);
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

/* Where the keyboard is: never lost on the body. */

test('the focus of a chosen sample goes to the status, and stays on the next one', async ({
  page,
  workbench,
}) => {
  await page.locator('[data-sample="lorry"]').focus();
  await page.keyboard.press('Enter');
  await workbench.answerFor('lorry.png');
  await expect(workbench.status).toBeFocused();
  const frog = page.locator('[data-sample="pond-frog"]');
  await frog.focus();
  await page.keyboard.press('Enter');
  await workbench.answerFor('pond-frog.png');
  await expect(frog).toBeFocused();
});

test('the focus of Cancel goes to Run again, and from there to the status', async ({
  page,
  workbench,
}) => {
  await page.route(/cifar_resnet20_v1\.onnx$/, () => undefined);
  await workbench.give(SHIP);
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
  await expect(page.getByRole('img', { name: 'Picture steamer.png' })).toBeVisible();
  await cancel.click({ trial: true }); // it appears late
  await cancel.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Run again' })).toBeFocused();
  await page.unroute(/cifar_resnet20_v1\.onnx$/);
  await page.keyboard.press('Enter');
  await expect(workbench.status).toBeFocused();
  await workbench.answerFor('steamer.png');
  await expect(workbench.status).toBeFocused();
});

test('the focus of Try again goes to the status', async ({ page, workbench }) => {
  await page.route(/cifar_resnet20_v1\.onnx$/, (route) => route.fulfill({ status: 503 }));
  await workbench.refusal(SHIP);
  await page.getByRole('button', { name: 'Try again', exact: true }).focus();
  await page.unroute(/cifar_resnet20_v1\.onnx$/);
  await page.keyboard.press('Enter');
  await workbench.answerFor('steamer.png');
  await expect(workbench.status).toBeFocused();
});

test('the focus of Remove goes to the next Remove, at last to the file input', async ({
  page,
  workbench,
}) => {
  await workbench.fileInput.setInputFiles(['a.png', 'b.png'].map(plainPng));
  await workbench.answerFor('a.png');
  await page.getByRole('button', { name: 'Remove a.png' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove b.png' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
  await expect(workbench.fileInput).toBeFocused();
});

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a new picture is brought into view, motion: ${reducedMotion}`, async ({
    page,
    workbench,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ reducedMotion });
    const stageTop = () =>
      page.getByRole('figure').evaluate((figure) => Math.round(figure.getBoundingClientRect().top));
    const settled = async () => {
      await expect.poll(stageTop).toBeGreaterThanOrEqual(-1);
      await expect.poll(stageTop).toBeLessThan(422);
    };
    await page.locator('[data-sample="smear-white-cell"]').click();
    await workbench.answerFor('smear-white-cell.png');
    await settled();
    for (const sample of ['smear-red-cells', 'airliner']) {
      await page.evaluate(() => {
        window.scrollTo(0, document.documentElement.scrollHeight);
      });
      await expect.poll(stageTop).toBeLessThan(-400);
      await page.locator(`[data-sample="${sample}"]`).click();
      await workbench.answerFor(`${sample}.png`);
      await settled();
    }
    // A card in view is chosen: nothing moves.
    const before = await page.evaluate(() => {
      window.scrollTo(0, 40);
      return window.scrollY;
    });
    await page.locator('[data-testid="picture"][data-picture="smear-red-cells.png"]').click();
    await expect(workbench.status).toHaveAttribute('data-picture', 'smear-red-cells.png');
    await workbench.settle('smear-red-cells.png', 60_000);
    expect(await page.evaluate(() => window.scrollY)).toBe(before);
  });
}

test('pictures that the full queue refused are asked for again with one button', async ({
  page,
  workbench,
}) => {
  // Held back, so that the queue cannot run dry while it is filled.
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/cifar_resnet20_v1\.onnx$/, async (route) => {
    await held;
    await route.continue();
  });
  const many = Array.from({ length: 12 }, (_, index) => plainPng(`many-${String(index)}.png`));
  await workbench.fileInput.setInputFiles(many);
  await expect(
    page.getByText('3 pictures were refused because 8 were already waiting.'),
  ).toBeVisible();
  release();
  const done = page.locator('[data-testid="picture"][data-state="done"]');
  await expect(done).toHaveCount(9);
  await page.getByRole('button', { name: 'Try these 3 again' }).click();
  await expect(done).toHaveCount(12);
  await expect(page.getByText('were refused')).toHaveCount(0);
});

test('a dropped link, dropped text and a paste without a picture get a sentence', async ({
  page,
  workbench,
}) => {
  const send = (event: 'drop' | 'paste', type: string, text: string) =>
    page.evaluate(
      ([event, type, text]) => {
        const data = new DataTransfer();
        data.setData(type, text);
        const common = { bubbles: true, cancelable: true };
        document.body.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, ...common })
            : new ClipboardEvent('paste', { clipboardData: data, ...common }),
        );
      },
      [event, type, text] as const,
    );
  const note = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
  await send('drop', 'text/uri-list', 'https://example.org/cat.png');
  await expect(note(/That was a link, not a picture file/)).toBeVisible();
  await send('drop', 'text/plain', 'a cat');
  await expect(note(/That was text/)).toBeVisible();
  await send('paste', 'text/plain', 'a cat');
  await expect(note(/The clipboard holds no picture/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).focus();
  await page.keyboard.press('Enter');
  await expect(note(/The clipboard holds no picture/)).toBeHidden();
  await expect(workbench.status).toBeFocused();
  await send('paste', 'text/plain', 'a cat');
  await workbench.answer(SHIP);
  await expect(note(/The clipboard holds no picture/)).toBeHidden();
});

test('pasted pictures have names of their own', async ({ page, workbench }) => {
  const paste = () =>
    page.evaluate(
      (content) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(
          new File([new Uint8Array(content)], 'image.png', { type: 'image/png' }),
        );
        document.body.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      [...readFileSync(SHIP)],
    );
  await paste();
  await workbench.answerFor('pasted 1.png');
  await paste();
  await workbench.answerFor('pasted 2.png');
  await expect(page.locator('[data-testid="picture"][data-picture="pasted 1.png"]')).toBeVisible();
});

test('model, backend and threshold are remembered; pictures are not', async ({
  page,
  workbench,
}) => {
  await workbench.chooseModel(DETECTOR);
  await workbench.chooseBackend('wasm');
  const boxes = await workbench.answer(SMEAR);
  const slider = page.getByRole('slider', { name: /threshold/i });
  await slider.focus();
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
  const threshold = await slider.inputValue();
  await workbench.open(); // idle: no picture came back
  await expect(workbench.modelSelect).toHaveValue(DETECTOR);
  await expect(workbench.backendSelect).toHaveValue('wasm');
  const fewer = await workbench.answer(SMEAR);
  expect(fewer.length).toBeLessThan(boxes.length);
  await expect(page.getByRole('slider', { name: /threshold/i })).toHaveValue(threshold);

  const store = (content: string) =>
    page.evaluate((text) => {
      localStorage.setItem('gluon-lens.bench', text);
    }, content);
  await store('{"modelId":"gone","backend":"wasm","thresholds":{}}');
  await workbench.open();
  await expect(workbench.modelSelect).toHaveValue('cifar_resnet20_v1');
  await store('{"modelId":"gone","backend":"abacus"');
  await workbench.open();
  await expect(workbench.backendSelect).toHaveValue('auto');
});

test('a manifest that is wrong as a whole is called so, unfolded', async ({ page, workbench }) => {
  await page.route(/\/config\.json$/, (route) =>
    route.fulfill({
      json: {
        version: 1,
        manifests: [
          { url: 'models/index.json', collection: 'embedded' },
          { url: 'operator/index.json', collection: 'operator' },
        ],
      },
    }),
  );
  await page.route(/\/operator\/index\.json$/, (route) => route.fulfill({ json: { version: 9 } }));
  await workbench.open();
  const problems = page.getByTestId('catalog-problems');
  await expect(problems).toContainText('1 whole manifest of the catalogue cannot be used');
  await expect(problems.getByText('manifest/bad-manifest')).toBeVisible();
});

test('the failure of a sample is forgotten with the next picture', async ({ page, workbench }) => {
  // From the start: a picture that its thumbnail fetched already is not fetched again.
  await page.route(/samples\/lorry\.png$/, (route) => route.fulfill({ status: 500 }));
  await workbench.open();
  await workbench.answer(SHIP);
  await page.locator('[data-sample="lorry"]').click();
  await expect(workbench.error).toHaveAttribute('data-code', 'download/sample-unavailable');
  await workbench.answer(plainPng('next.png'));
  await expect(workbench.error).toHaveCount(0);
});

/* What can be wrong before and while a picture is examined. */

test('pictures given while the catalogue has failed wait for it', async ({ page, workbench }) => {
  await page.route(/\/config\.json$/, (route) => route.fulfill({ status: 500 }));
  await page.goto('/');
  await expect(workbench.status).toHaveAttribute('data-state', 'error');
  await workbench.fileInput.setInputFiles([plainPng('a.png'), plainPng('b.png')]);
  await expect(workbench.status).toHaveAttribute('data-picture', 'a.png');
  await expect(workbench.status).toHaveAttribute('data-state', 'error');
  await expect(workbench.status).toContainText('a.png waits for the models.');
  await expect(page.locator('[data-testid="picture"][data-state="waiting"]')).toHaveCount(2);
  await page.unroute(/\/config\.json$/);
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(page.locator('[data-testid="picture"][data-state="done"]')).toHaveCount(2);
  await workbench.answerFor('a.png');
});

test('a manifest that failed is named and asked for again', async ({ page, workbench }) => {
  const config = (...names: string[]) => ({
    json: {
      version: 1,
      manifests: names.map((name) => ({ url: `${name}/index.json`, collection: 'embedded' })),
    },
  });
  let answer: object = config('models', 'more');
  await page.route(/\/config\.json$/, (route) => route.fulfill(answer));
  await page.route(/\/more\/index\.json$/, (route) => route.fulfill({ status: 500 }));
  await workbench.open();
  const problems = page.getByTestId('catalog-problems');
  await expect(problems).toContainText('The server answered 500 for more/index.json.');
  const again = problems.getByRole('button', { name: 'Try again' });
  answer = { status: 502 }; // all of it fails: what was offered stays
  await again.click();
  await expect(problems).toContainText('The server answered 502 for config.json.');
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
  answer = config('models');
  await again.click();
  await expect(problems).toHaveCount(0);
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
});

test('a moved threshold can be reset to the model’s own, and is then forgotten', async ({
  page,
  workbench,
}) => {
  await workbench.chooseModel(DETECTOR);
  await workbench.answer(SMEAR);
  const slider = page.getByRole('slider', { name: /threshold/i });
  const reset = page.getByRole('button', { name: /^Reset to 0\.\d\d$/ });
  const own = await slider.inputValue();
  await expect(reset).toHaveCount(0);
  await slider.focus();
  await page.keyboard.press('End');
  await expect(workbench.results.locator('[data-label]')).toHaveCount(0);
  await reset.click();
  await expect(slider).toHaveValue(own);
  await expect(slider).toBeFocused();
  await expect(reset).toHaveCount(0);
  const kept = await page.evaluate(() => localStorage.getItem('gluon-lens.bench'));
  expect(JSON.parse(kept ?? '{}')).toMatchObject({ thresholds: {} });
  expect(kept).not.toContain(DETECTOR + '":');
});

test('a download that stands still is called fetching, with a bar, and its end is said once', async ({
  page,
  workbench,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.route(/cifar_resnet20_v1\.onnx$/, () => undefined);
  await workbench.give(SHIP);
  await expect(workbench.status).toContainText(/Fetching .+ and the runtime: .+ of .+\sMiB\./);
  await expect(workbench.status).not.toContainText('Verifying');
  const bar = workbench.status.getByRole('progressbar', { name: /^Fetching / });
  await expect(bar).toBeInViewport();
  expect(await bar.evaluate((element: HTMLProgressElement) => element.value < element.max)).toBe(
    true,
  );
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await workbench.refusalFor('steamer.png');
  await expect(bar).toHaveCount(0);
  const words = await page.locator('main').locator('[class*="bench"]').first().innerText();
  expect(words.match(/cancelled/gi)).toHaveLength(1);
});

test('the focus of a Try again that fails goes to the next one', async ({ page, workbench }) => {
  await page.route(/cifar_resnet20_v1\.onnx$/, (route) => route.fulfill({ status: 503 }));
  await workbench.refusal(SHIP);
  await page.getByRole('button', { name: 'Try again', exact: true }).focus();
  await page.route(/cifar_resnet20_v1\.onnx$/, async (route) => {
    await expect(workbench.status).toBeFocused();
    await route.fulfill({ status: 503 });
  });
  await page.keyboard.press('Enter');
  await expect(workbench.status).toHaveAttribute('data-state', /^(loading|working)$/);
  await workbench.refusalFor('steamer.png');
  // "Run again" stands before "Try again" where there is a preview, and does the same.
  await expect(page.getByRole('button', { name: /^(Run|Try) again$/ }).first()).toBeFocused();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true });

  test('the first screen has words and a button for a finger', async ({ page, workbench }) => {
    await expect(page.getByText(/Take one with the camera/)).toBeVisible();
    await expect(page.getByText(/Drop one anywhere/)).toBeHidden();
    const button = page.getByText('Choose a picture', { exact: true });
    await expect(button).toBeInViewport({ ratio: 1 });
    const chooser = page.waitForEvent('filechooser');
    await button.tap();
    await (await chooser).setFiles(SHIP);
    expect((await workbench.answerFor('steamer.png'))[0]?.label).toBe('ship');
  });
});

test('a picture pasted over a dialog closes it', async ({ page, workbench }) => {
  await page.getByRole('button', { name: 'Limits' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.evaluate(
    (element, content) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(
        new File([new Uint8Array(content)], 'over.png', { type: 'image/png' }),
      );
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [...readFileSync(SHIP)],
  );
  await expect(dialog).toHaveCount(0);
  await workbench.answerFor('over.png');
});

test('a pasted link is called one, and a sample chosen twice has two names', async ({
  page,
  workbench,
}) => {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'https://example.org/cat.png');
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByText(/That was a link/)).toBeVisible();
  const lorry = page.locator('[data-sample="lorry"]');
  await lorry.click();
  await workbench.answerFor('lorry.png');
  await lorry.click();
  await workbench.answerFor('lorry 2.png');
});
