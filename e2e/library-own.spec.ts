import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildModel } from '../src/core/onnx/testing/build-onnx.ts';
import { HOSTILE } from '../src/core/onnx/testing/hostile.ts';
import { classifierThen, list, weights } from '../src/core/onnx/testing/samples.ts';
import type { Locator, Page } from '@playwright/test';
import { CIFAR, digest, expect, SQUEEZENET, test, type LibraryPage } from './support/library.ts';
import { shared } from './support/shared-folder.ts';
import { rotStored, storedFiles } from './support/storage.ts';
import { needsShared } from './support/test.ts';
import type { MadeFile } from './support/workbench.ts';

/* A file of the person's own: read, judged, declared by the person, and only then kept and run. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');

function onnx(name: string, content: Uint8Array): MadeFile {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

/** Opens the library. @returns its way in for own files, where `file` was picked if it is given. */
async function openWizard(library: LibraryPage, file?: string | MadeFile): Promise<Locator> {
  await library.open();
  const own = library.page.getByTestId('own-model');
  if (file === undefined) await expect(own).toHaveAttribute('data-state', 'start');
  else await own.getByTestId('model-file-input').setInputFiles(file);
  return own;
}

/** Takes pictures of any size; at 4096 × 4096 its convolution makes 4 GiB. */
const ANY_SIZE = buildModel({
  graph: {
    inputs: [{ name: 'data', shape: ['N', 3, 'H', 'W'] }],
    outputs: [{ name: 'scores', shape: ['N', 64] }],
    initialisers: [weights('w', 64, 3, 3, 3), list('rows', 0, -1)],
    nodes: [
      {
        op: 'Conv',
        inputs: ['data', 'w'],
        outputs: ['c'],
        attributes: { pads: { ints: [1, 1, 1, 1] } },
      },
      { op: 'GlobalAveragePool', inputs: ['c'], outputs: ['p'] },
      { op: 'Reshape', inputs: ['p', 'rows'], outputs: ['scores'] },
    ],
  },
});

test('a classifier becomes a model with labels of the person’s own', async ({
  page,
  workbench,
  library,
}) => {
  needsShared();
  const own = await openWizard(library, SQUEEZENET.file);
  await expect(own).toHaveAttribute('data-state', 'read');
  await expect(own.getByTestId('model-verdict')).toHaveAttribute('data-state', 'accepted');
  await expect(own.getByTestId('model-verdict')).toContainText(
    digest('sha256', readFileSync(SQUEEZENET.file)),
  );
  const [proposal] = await own.getByTestId('proposal').all();
  await expect(proposal ?? own).toHaveAttribute('data-task', 'classification');
  await expect(proposal?.getByRole('radio') ?? own).toBeChecked();
  await expect(own.getByTestId('preview')).toContainText('224');

  // Two labels do not name a thousand classes.
  await own.getByRole('radio', { name: 'my own' }).check();
  await own
    .getByTestId('labels-file-input')
    .setInputFiles({ name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('a\nb\n') });
  await expect(own.getByTestId('labels-problem')).toContainText('1,000');
  await own.getByTestId('install-own').click();
  await expect(own.getByRole('alert')).toBeFocused();
  await own
    .getByTestId('labels-file-input')
    .setInputFiles(shared('models/classifiers/imagenet_synset.txt'));
  await expect(own.getByTestId('labels-synset')).toContainText('tench, goldfish');
  await own.getByTestId('install-own').click();

  const installed = own.getByTestId('own-installed');
  const id = (await installed.getAttribute('data-model')) ?? '';
  await own.getByRole('button', { name: 'Use it' }).click();
  await expect(workbench.modelSelect).toHaveValue(id);
  const [cat] = await workbench.answer(shared('photos/chelsea.png'));
  expect(cat?.label).toBe('Egyptian cat');
  expect(Math.abs((cat?.probability ?? 0) - 0.525)).toBeLessThan(0.01);

  await library.open();
  await expect(library.row(id).locator).toHaveAttribute('data-grade', 'E');
  await expect(page.getByTestId('library-own').getByTestId('library-row')).toHaveCount(1);
});

test('a network can be shown as plain numbers, and is healed by its own file only', async ({
  page,
  workbench,
  library,
}) => {
  const own = await openWizard(library, CIFAR.file);
  const raw = own.locator('[data-testid="proposal"][data-task="tensors"]');
  await raw.getByRole('radio').check();
  await own.getByRole('textbox', { name: 'Id', exact: true }).fill('ten-numbers');
  await own.getByTestId('install-own').click();
  await own.getByRole('button', { name: 'Use it' }).click();
  await expect(workbench.modelSelect).toHaveValue('ten-numbers');
  await workbench.give(SHIP);
  await workbench.settle('steamer.png', 60_000);
  const output = workbench.results.locator('[data-label="logits"]');
  await expect(output).toHaveAttribute('data-shape', /1\D+10/);
  await expect(output).toHaveAttribute('data-nan', '0');

  const sha256 = digest('sha256', readFileSync(CIFAR.file));
  await rotStored(page, sha256);
  await page.reload();
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
  await workbench.chooseModel('ten-numbers');
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('integrity/own-file-corrupt');
  expect(sentence).toContain('add the same file once more');
  expect(sentence).toContain(sha256);
  expect(await storedFiles(page)).not.toHaveProperty(sha256);

  // The same file again, whatever it is called, and both answer.
  await library.open();
  await own.getByTestId('model-file-input').setInputFiles(CIFAR.file);
  await own.getByTestId('install-own').click();
  await expect(own.getByTestId('own-installed')).not.toHaveAttribute('data-model', 'ten-numbers');
  await page.getByRole('link', { name: 'Workbench' }).click();
  await workbench.chooseModel('ten-numbers');
  await workbench.give({ name: 'again.png', mimeType: 'image/png', buffer: readFileSync(SHIP) });
  await workbench.settle('again.png', 60_000);
  await expect(output).toBeVisible();
});

test('files that are refused say why, with every reason', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const own = await openWizard(library);
  const input = own.getByTestId('model-file-input');
  const loopAndDomain = buildModel(
    classifierThen(
      { op: 'Loop', inputs: ['logits'], outputs: ['x'] },
      { op: 'Relu', inputs: ['x'], outputs: ['y'], domain: 'com.microsoft' },
    ),
  );
  await input.setInputFiles(onnx('two-reasons.onnx', loopAndDomain));
  await expect(own.getByTestId('model-verdict')).toHaveAttribute('data-state', 'refused');
  const reasons = own.getByTestId('gate-reasons');
  await expect(reasons.locator('[data-code="gate/control-flow"]')).toContainText('Loop');
  await expect(reasons.locator('[data-code="gate/custom-domain"]')).toContainText('com.microsoft');
  await expect(own.getByTestId('install-own')).toHaveCount(0);

  const [external] = Object.entries(HOSTILE).filter(([what]) => what === 'external data');
  await input.setInputFiles(onnx('external.onnx', external?.[1][1] ?? new Uint8Array()));
  await expect(reasons.locator('[data-code="gate/external-data"]')).toBeVisible();

  await input.setInputFiles(onnx('page.onnx', Buffer.from('<!doctype html><title>404</title>')));
  await expect(own).toHaveAttribute('data-state', 'failed');
  await expect(own.getByTestId('error')).toHaveAttribute('data-code', 'gate/not-onnx');
  await expect(own.getByTestId('error')).toContainText('it looks like a web page (HTML)');
  expect(await storedFiles(page)).toEqual({});
});

/** Drops files on the middle of the page, as a file manager does. */
const drop = (page: Page, ...files: readonly MadeFile[]) => send(page, 'drop', files);

async function send(page: Page, how: 'drop' | 'paste', files: readonly MadeFile[]): Promise<void> {
  const sent = files.map(({ name, mimeType, buffer }) => ({
    name,
    type: mimeType,
    content: buffer.toString('base64'),
  }));
  const evaluated = ([kind, list]: [typeof how, typeof sent]) => {
    const data = new DataTransfer();
    for (const { name, type, content } of list) {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
    }
    const common = { bubbles: true, cancelable: true };
    const event =
      kind === 'drop'
        ? new DragEvent(kind, { dataTransfer: data, ...common })
        : new ClipboardEvent(kind, { clipboardData: data, ...common });
    document.querySelector('main')?.dispatchEvent(event);
  };
  await page.evaluate(evaluated, [how, sent] as [typeof how, typeof sent]);
}

test('a model that is dropped, pasted or picked where pictures are goes to the library', async ({
  page,
  workbench,
  library,
}) => {
  const cifar = readFileSync(CIFAR.file);
  const own = page.getByTestId('own-model');
  const title = own.getByRole('textbox', { name: 'Title', exact: true });
  const name = own.getByTestId('own-file');
  await drop(page, onnx('dropped.onnx', cifar));
  await expect(page).toHaveURL(/#\/library$/);
  await expect(own.getByTestId('model-verdict')).toHaveAttribute('data-state', 'accepted');
  await expect(name).toHaveText('dropped.onnx');

  // By its bytes, where the name says nothing, and beside the dashed box.
  await drop(page, onnx('download', cifar));
  await expect(name).toHaveText('download');

  await send(page, 'paste', [onnx('pasted.onnx', cifar)]);
  await expect(name).toHaveText('pasted.onnx');

  await drop(page, onnx('first.onnx', cifar), onnx('second.onnx', cifar));
  await expect(name).toHaveText('first.onnx');
  await expect(page.getByText('one at a time')).toBeVisible();
  await drop(page, onnx('alone.onnx', cifar));
  await expect(name).toHaveText('alone.onnx');
  await expect(page.getByText('one at a time')).toHaveCount(0);

  // Whoever leaves and comes back finds what was entered.
  await title.fill('My ten things');
  await page.getByRole('link', { name: 'Workbench' }).click();
  await page.goBack();
  await expect(title).toHaveValue('My ten things');
  await expect(own.getByTestId('model-verdict')).toBeVisible();

  // Pictures are looked at first; the model waits.
  const picture = { name: 'ship.png', mimeType: 'image/png', buffer: readFileSync(SHIP) };
  await drop(page, picture, onnx('beside.onnx', cifar));
  await workbench.settle('ship.png', 60_000);
  await expect(page.getByText('waits in the library')).toBeVisible();
  await library.open();
  const question = own.getByTestId('own-instead');
  await expect(question).toContainText('beside.onnx came. Look at it instead of alone.onnx?');
  await question.getByTestId('own-instead-yes').click();
  await expect(name).toHaveText('beside.onnx');
  await own.getByTestId('discard-own').click();
  await expect(own).toHaveAttribute('data-state', 'start');
  await expect(own.getByTestId('model-file-input')).toBeFocused();

  // Picked where pictures are.
  await page.getByRole('link', { name: 'Workbench' }).click();
  await workbench.fileInput.setInputFiles(onnx('picked.onnx', cifar));
  await expect(name).toHaveText('picked.onnx');
  await expect(own.getByTestId('own-same')).toContainText('already here');
});

/** Drops labels into the wizard's dashed box as soon as it reads a file. */
function dropWhileReading(own: Locator, labels: string): Promise<void> {
  return own.evaluate((wizard, content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'labels.txt', { type: 'text/plain' }));
    new MutationObserver((_, observer) => {
      if (wizard.getAttribute('data-state') !== 'reading') return;
      observer.disconnect();
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      wizard.querySelector('label')?.dispatchEvent(drop);
    }).observe(wizard, { attributes: true });
  }, labels);
}

const text = (name: string, content: string): MadeFile => ({
  name,
  mimeType: name.endsWith('.txt') ? 'text/plain' : '',
  buffer: Buffer.from(content),
});

test('files that belong to a model find the wizard, and what was entered is not lost', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const cifar = readFileSync(CIFAR.file);
  const own = await openWizard(library);
  const name = own.getByTestId('own-file');
  const labels = own.getByRole('textbox', { name: /^One label a line/ });
  const ten = Array.from({ length: 10 }, (_, at) => `thing ${String(at)}`);
  await drop(page, text('labels.txt', ten.join('\n')));
  await expect(page.getByText('drop its .onnx file first')).toBeVisible();
  await drop(page, onnx('net.onnx.data', cifar));
  await expect(page.getByText('Export the model again as one .onnx file')).toBeVisible();
  await expect(page).toHaveURL(/#\/library$/);

  const cut = onnx('cut.onnx', cifar.subarray(0, 20_000));
  await drop(page, cut, text('labels.txt', ten.join('\n')), onnx('net.onnx.data', cifar));
  await expect(own).toHaveAttribute('data-state', 'failed');
  await expect(page.getByText('the model in work cannot be used')).toBeVisible();
  await expect(page.getByText('Export the model again as one .onnx file')).toBeVisible();
  await drop(page, text('labels.txt', 'a'), text('notes.txt', 'b'));
  await expect(page.getByText('several came: none was taken')).toBeVisible();
  await expect(page.getByText('the model in work cannot be used')).toHaveCount(0);

  await dropWhileReading(own, ten.join('\n'));
  await drop(page, onnx('net0.onnx', cifar));
  await expect(labels).toHaveValue(/thing 9/);
  await own.getByTestId('discard-own').click();

  await drop(page, text('labels.json', JSON.stringify(ten, null, 2)), onnx('net1.onnx', cifar));
  await expect(name).toHaveText('net1.onnx');
  await expect(own.getByTestId('labels-notation')).toContainText('thing 0, thing 1');
  await expect(page.getByText('fills the labels of the model in work')).toBeVisible();
  await expect(own.getByTestId('labels-problem')).toHaveCount(0);
  await labels.fill('[\n"cat",');
  await expect(labels).toHaveAccessibleDescription(/JSON or Python/);
  await expect(own.getByTestId('labels-problem')).toContainText('JSON or Python');
  await drop(page, text('labels.txt', ten.map((one, at) => `${String(at)}: ${one}`).join('\n')));
  await expect(own.getByTestId('labels-numbered')).toContainText('thing 0, thing 1');
  await expect(own.getByTestId('labels-problem')).toHaveCount(0);

  const question = own.getByTestId('own-instead');
  await drop(page, onnx('net2.onnx', cifar), text('other.txt', 'not these'));
  await expect(question).toBeFocused();
  await expect(question).toContainText('net2.onnx came. Look at it instead of net1.onnx?');
  await question.getByTestId('own-instead-no').click();
  await expect(question).toHaveCount(0);
  await expect(name).toHaveText('net1.onnx');
  await expect(labels).toHaveValue(/thing 9/);
  await own.getByTestId('model-file-input').setInputFiles(onnx('net3.onnx', cifar));
  await question.getByTestId('own-instead-yes').click();
  await expect(name).toHaveText('net3.onnx');
  await expect(labels).toHaveCount(0);
});

test('a kiosk says that it takes no model of one’s own', async ({ page, workbench: _opened }) => {
  await page.context().route('**/config.json', (route) =>
    route.fulfill({
      json: {
        version: 1,
        manifests: [{ url: 'models/index.json', collection: 'embedded' }],
        policy: 'kiosk',
      },
    }),
  );
  await page.reload();
  await drop(page, onnx('mine.onnx', readFileSync(CIFAR.file)));
  await expect(page.getByTestId('library')).toBeVisible();
  await expect(page.getByText('config/bad-config')).toHaveCount(0);
  const words = page.getByTestId('own-not-taken');
  await expect(words).toContainText('mine.onnx was not read');
  await words.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(words).toHaveCount(0);
  await expect(page.locator('main')).toBeFocused();
  // Whoever looks at another part of the list is led to it.
  await page.getByTestId('library-row').last().scrollIntoViewIfNeeded();
  await drop(page, onnx('more.onnx', readFileSync(CIFAR.file)));
  await expect(words).toBeInViewport();
  await expect(words.locator('..')).toBeFocused();
});

const LONGEST = 'W'.repeat(80);

test('a network of open size is reckoned for the size in the form, before it is kept', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const own = await openWizard(library, onnx('any-size.onnx', ANY_SIZE));
  const estimate = own.getByTestId('size-estimate');
  await expect(estimate).toHaveAttribute('data-state', 'accepted');
  await expect(estimate).toContainText('At 224 × 224');
  await expect(own.getByTestId('model-verdict')).toContainText('At 224 × 224: 87 million');
  await expect(own.getByTestId('gate-warnings')).toHaveCount(0);
  await own.getByText('Change the details').click();
  const choose = async (side: number) => {
    await own.getByLabel('Width, px').fill(String(side));
    await own.getByLabel('Height, px').fill(String(side));
  };
  await own.getByLabel('Size', { exact: true }).selectOption('squash');
  await choose(4096);
  await expect(estimate).toHaveAttribute('data-state', 'refused');
  const reason = estimate.locator('[data-code="gate/activations-too-large"]');
  await expect(reason).toContainText('Choose a smaller size');
  // Said beside the size and at the button, which keeps nothing then.
  const refusal = 'Not accepted at 4096 × 4096. Choose another size.';
  await expect(own.getByLabel('Width, px')).toHaveAccessibleDescription(refusal);
  const keep = own.getByTestId('install-own');
  await expect(keep).toBeDisabled();
  await expect(keep).toHaveAccessibleDescription(refusal);
  await expect(own.getByTestId('preview')).toContainText('4096');
  await choose(64);
  await expect(keep).toBeEnabled();
  await expect(keep).toHaveAccessibleDescription('');
  await expect(estimate).toHaveAttribute('data-state', 'accepted');
  await expect(own.getByTestId('model-verdict')).toContainText('At 64 × 64: 7.1 million');

  // Nothing of it was decided, so the ledger says nothing of it.
  await page.getByTestId('open-storage').click();
  await page.getByTestId('open-ledger').click();
  await expect(page.getByTestId('ledger')).toBeVisible();
  await expect(page.getByTestId('ledger')).not.toContainText('any-size');
});

test('the longest title fits a phone', async ({ page, workbench, library }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const fits = async (where: string) => {
    const wide = await page.evaluate(() => {
      /** A wide table scrolls in its own box. */
      const scrollsBySelf = (element: Element | null): boolean =>
        element !== null &&
        element !== document.body &&
        !element.matches('dialog') &&
        (getComputedStyle(element).overflowX !== 'visible' || scrollsBySelf(element.parentElement));
      // Texts, as they stick out of elements that are narrow themselves.
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const wide: string[] = [];
      const box = document.createRange();
      while (texts.nextNode()) {
        const { currentNode: text } = texts;
        box.selectNodeContents(text);
        if (box.getBoundingClientRect().right <= innerWidth + 0.5) continue;
        if (!scrollsBySelf(text.parentElement)) wide.push(text.textContent ?? '');
      }
      const dialogs = [...document.querySelectorAll('dialog[open]')];
      return [
        ...wide,
        ...dialogs.filter((one) => one.scrollWidth > one.clientWidth).map(() => 'a dialog'),
      ];
    });
    expect(wide, where).toEqual([]);
  };
  const own = await openWizard(library, onnx(`${LONGEST}.onnx`, readFileSync(CIFAR.file)));
  await own.getByRole('textbox', { name: 'Title', exact: true }).fill(LONGEST);
  await own.getByRole('textbox', { name: 'Id', exact: true }).fill('w'.repeat(64));
  await own.getByRole('textbox', { name: 'Licence', exact: true }).fill('L'.repeat(120));
  await fits('the wizard');
  await own.getByTestId('install-own').click();
  await expect(own.getByTestId('own-installed')).toBeVisible();
  await fits('what was kept');
  const row = library.row('w'.repeat(64));
  await expect(row.locator).toBeVisible();
  await fits('the row');
  await page.getByTestId('open-storage').click();
  await fits('the storage dialog');
  await page.getByTestId('open-ledger').click();
  await expect(page.getByTestId('ledger')).toBeVisible();
  await fits('the ledger');
  await page.keyboard.press('Escape');
  await row.press('inspect');
  await expect(page.getByTestId('inspector')).toBeVisible();
  await fits('the inspector');
  await page.getByRole('link', { name: '← Library' }).click();
  await row.press('use');
  await expect(workbench.modelSelect).toHaveValue('w'.repeat(64));
  await fits('the empty bench');
  await workbench.answer(SHIP);
  await fits('the bench with an answer');
  await page
    .getByRole('button', { name: /^About|details/i })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await fits('the model dialog');
});

test('the inspector shows what is inside an installed model', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship' });
  await library.open();
  await library.row('ship').install();
  await library.row('ship').press('inspect');
  const inspector = page.getByTestId('inspector');
  await expect(inspector).toHaveAttribute('data-model', 'ship');
  await expect(inspector).toContainText(digest('sha256', readFileSync(CIFAR.file)));
  await expect(inspector).toContainText('Independent SHA-256');
  const table = inspector.getByTestId('layer-table');
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await inspector.getByLabel('Operator', { exact: true }).selectOption('Conv');
  await table.getByRole('row', { name: /Conv/ }).first().click();
  await expect(inspector.getByTestId('layer-detail')).toContainText('Conv');
  await inspector.getByTestId('layer-strip').press('Home');
  await expect(inspector.getByTestId('layer-readout')).toHaveText(/^1 \S+ parameters$/);
  await inspector.getByLabel('Name contains').fill('no such layer');
  await inspector.getByRole('button', { name: 'Show all layers' }).press('Enter');
  await expect(inspector.getByLabel('Name contains')).toBeFocused();
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('link', { name: '← Library' }).press('Enter');
  await expect(library.row('ship').button('inspect')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('heading', { level: 2 }).first()).toBeFocused();
  await page.goBack();
  await expect(library.row('ship').button('inspect')).toBeFocused();
  // Where the filters leave its row out, the page begins anew.
  await page.getByTestId('library-search').fill('no such model');
  await expect(library.row('ship').locator).toHaveCount(0);
  await page.goto('/#/library/ship');
  await expect(inspector).toBeVisible();
  await page.getByRole('link', { name: 'Skip to the content' }).press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(inspector).toBeVisible();
  await page.getByRole('link', { name: '← Library' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Model library' })).toBeFocused();
});
