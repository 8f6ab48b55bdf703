import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildModel } from '../src/core/onnx/testing/build-onnx.ts';
import { HOSTILE } from '../src/core/onnx/testing/hostile.ts';
import { classifierThen } from '../src/core/onnx/testing/samples.ts';
import { CIFAR, digest, expect, SQUEEZENET, test } from './support/library.ts';
import { shared } from './support/shared-folder.ts';
import { rotStored, storedFiles } from './support/storage.ts';
import { needsShared } from './support/test.ts';
import type { MadeFile } from './support/workbench.ts';

/* A file of the person's own: read, judged, declared by the person, and only then kept and run. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const IMAGENET = resolve(import.meta.dirname, '../public/library/labels/imagenet-1k.txt');

function onnx(name: string, content: Uint8Array): MadeFile {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

test('a classifier becomes a model with labels of the person’s own', async ({
  page,
  workbench,
  library,
}) => {
  needsShared();
  await library.open();
  const own = page.getByTestId('own-model');
  await expect(own).toHaveAttribute('data-state', 'start');
  await own.getByTestId('model-file-input').setInputFiles(SQUEEZENET.file);
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
  await own.getByTestId('labels-file-input').setInputFiles(IMAGENET);
  await own.getByTestId('install-own').click();

  const installed = own.getByTestId('own-installed');
  const id = (await installed.getAttribute('data-model')) ?? '';
  await own.getByRole('button', { name: 'Use it' }).click();
  await expect(workbench.modelSelect).toHaveValue(id);
  const [cat] = await workbench.answer(shared('photos/chelsea.png'));
  expect(cat?.label).toMatch(/^Egyptian cat/);
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
  await library.open();
  const own = page.getByTestId('own-model');
  await own.getByTestId('model-file-input').setInputFiles(CIFAR.file);
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
  await library.open();
  const own = page.getByTestId('own-model');
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
  await inspector.getByRole('button', { name: 'Show all layers' }).click();
  await expect(table.getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('link', { name: '← Library' }).click();
  await expect(library.row('ship').button('inspect')).toBeVisible();
});
