import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Route } from '@playwright/test';
import { verifyChain } from '../src/models/library/ledger.ts';
import type { LedgerEvent } from '../src/models/library/types.ts';
import { CIFAR, digest, expect, test } from './support/library.ts';
import { serveSigned } from './support/signed.ts';
import { changeRow, limitRoom, storedFiles } from './support/storage.ts';

/* Who vouches for what: signatures, the kiosk, withdrawals, and the ledger that remembers all of it. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const CIFAR_SHA256 = digest('sha256', readFileSync(CIFAR.file));

test('a kiosk runs what is signed, and installs nothing else', async ({
  page,
  workbench,
  library,
}) => {
  await library.openWith({ name: 'ship' });
  await serveSigned(page.context(), { policy: 'kiosk' });
  await workbench.open();
  await page.reload();
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  await page.getByRole('button', { name: /about/i }).first().click();
  await expect(page.getByRole('dialog')).toContainText('grade A: Signed by “Test clinic”');
  await page.keyboard.press('Escape');
  // What was installed before it became a kiosk is not offered any more.
  await expect(workbench.modelSelect.locator('option[value="ship"]')).toHaveCount(0);

  await library.open();
  await expect(page.getByTestId('own-model')).toHaveCount(0);
  await library.row('ship').press('remove');
  await library.row('ship').toBe('available');
  await expect(library.row('ship').button('install')).toHaveCount(0);
  await expect(library.row('ship').locator).toContainText(
    'This device installs signed models only',
  );
  // The manifest's signature, and the model that ran.
  const verified = (await library.openLedger()).locator('tr[data-kind="verified"]');
  for (const what of ['file /models/index.json', 'cifar_resnet20_v1']) {
    await expect(verified.filter({ hasText: what }).first()).toContainText(
      'Signed by “Test clinic”',
    );
  }
});

test('one changed byte in a signed manifest, and nothing of it is offered', async ({
  page,
  workbench,
  library,
}) => {
  const change = (text: string) => text.replace('CIFAR ResNet-20', 'CIFAR ResNet-21');
  await serveSigned(page.context(), { change });
  await page.reload();
  await expect(workbench.error).toHaveAttribute('data-code', 'integrity/bad-signature');
  await expect(workbench.error).toContainText('not what the key “Test clinic” signed');
  await expect(workbench.modelSelect.locator('option[value*="cifar"]')).toHaveCount(0);
  await library.open();
  const ledger = await library.openLedger();
  const refused = ledger.locator('tr[data-kind="refused"]');
  await expect(refused.filter({ hasText: 'integrity/bad-signature' })).toContainText(
    'file /models/index.json',
  );
});

test('a configuration that is refused has its line', async ({ page, workbench, library }) => {
  const bad = (route: Route) => route.fulfill({ json: { version: 2 } });
  await page.route(/\/config\.json$/, bad);
  await page.reload();
  await expect(workbench.error).toHaveAttribute('data-code', 'config/bad-config');
  await library.open();
  await expect(page.getByText('before the page’s configuration was read').first()).toBeVisible();
  await expect(page.getByText('signed models only')).toHaveCount(0);
  await page.unroute(/\/config\.json$/, bad);
  const refused = (await library.openLedger()).locator('tr[data-kind="refused"]');
  await expect(refused.filter({ hasText: 'config/bad-config' }).first()).toContainText(
    'file /config.json',
  );
});

test('a withdrawn model is removed, and stays refused', async ({ page, workbench, library }) => {
  const [url] = await library.stock({ name: 'ship' });
  await library.open();
  const row = library.row('ship');
  await row.install();
  await row.toBe('installed');
  await serveSigned(page.context(), { revoked: [CIFAR_SHA256] });
  await page.reload();
  expect(await row.failure('refused', 'integrity/revoked')).toContain('was withdrawn');
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);
  await page.reload();
  await row.failure('refused', 'integrity/revoked');
  await expect(row.locator.getByTestId(/^(install|resume|cancel|use)$/)).toHaveCount(0);
  expect(library.rangesOf(url), 'not downloaded to be refused').toHaveLength(1);
  await expect(workbench.modelSelect.locator('option[value="ship"]')).toHaveCount(0);
  // Nor does it come in as a file of the person's own, and that is said before it is described.
  await page.getByTestId('model-file-input').setInputFiles(CIFAR.file);
  const reason = page.getByTestId('gate-reasons').locator('[data-code="integrity/revoked"]');
  await expect(reason).toContainText('withdrawn by an operator of this page');
  await expect(page.getByTestId('install-own')).toHaveCount(0);
  const ledger = await library.openLedger();
  await expect(ledger.locator('tr[data-kind="revoked"]')).toContainText('ship');
  await expect(page.getByTestId('ledger-verdict')).toHaveAttribute('data-intact', 'true');
  // The page's own model is of the same file. It stays out, also when no manifest says so any more.
  for (const path of ['config.json', 'models/index.json', 'models/index.json.sig']) {
    await page.context().unroute(`**/${path}`);
  }
  await workbench.open();
  await page.reload();
  await expect(
    workbench.modelSelect.locator('option[value="ssd_300_mobilenet0.25_bccd"]'),
  ).toHaveCount(1);
  await expect(workbench.modelSelect.locator('option[value="cifar_resnet20_v1"]')).toHaveCount(0);
});

test('the ledger tells what happened, can be checked elsewhere, and shows when it was changed', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const wrong = '0'.repeat(64);
  await library.stock(
    { name: 'wrong', digest: wrong },
    { name: 'ship', fault: { rate: 4_000_000 } },
    { name: 'weak', grade: 'D', remark: 'weak' },
  );
  await library.open();
  await library.row('ship').install();
  await library.row('ship').toBe('installed');
  await library.row('wrong').install();
  await library.row('wrong').toBe('refused');
  await library.row('weak').install('D');
  await library.row('weak').toBe('installed');
  await library.row('ship').press('remove');
  await library.row('ship').toBe('available');

  const dialog = await library.openLedger();
  const verdict = page.getByTestId('ledger-verdict');
  await expect(verdict).toHaveAttribute('data-intact', 'true');
  const line = (kind: string) => dialog.locator(`tr[data-kind="${kind}"]`);
  const ship = line('installed').filter({ hasText: 'ship' });
  await expect(ship).toContainText(CIFAR_SHA256.slice(0, 8));
  await expect(ship).not.toContainText('agreed to');
  await expect(line('installed').filter({ hasText: 'weak' })).toContainText('D, agreed to');
  await expect(line('refused').filter({ hasText: 'wrong' })).toContainText(
    'integrity/digest-mismatch',
  );
  await expect(line('removed')).toContainText('ship');

  const saved = page.waitForEvent('download');
  await page.getByTestId('ledger-export').click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('gluon-lens-ledger.json');
  const { anchor, lines } = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
    anchor: { sequence: number; hash: string };
    lines: LedgerEvent[];
  };
  const newest = lines.at(-1) ?? anchor;
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(lines.filter(({ consent }) => consent).map(({ model }) => model)).toEqual(['weak']);
  expect((await verifyChain(anchor, lines, newest)).intact).toBe(true);

  await page.keyboard.press('Escape');
  await changeRow(page, 'ledger', 1, { model: 'another' });
  await library.openLedger();
  await expect(verdict).toHaveAttribute('data-intact', 'false');
  await expect(verdict).toContainText('breaks at line 1. The line was changed.');
});

test('the keyboard installs and removes, is never lost, and a second Enter undoes nothing', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { rate: 400_000 } }, { name: 'other' });
  await library.open();
  const row = library.row('ship');
  const focused = page.locator(':focus');
  const expectVisibleFocus = async () => {
    const { outlineStyle, outlineWidth } = await focused.evaluate((element) =>
      Object.assign({}, getComputedStyle(element)),
    );
    expect(outlineStyle).not.toBe('none');
    expect(parseFloat(outlineWidth)).toBeGreaterThanOrEqual(2);
  };
  await row.button('details').focus();
  await page.keyboard.press('Tab');
  await expect(row.button('install')).toBeFocused();
  await expectVisibleFocus();
  // After each the row has the focus, and whoever presses Enter once more by mistake changes nothing.
  const expectAtRow = async (state: Parameters<typeof row.toBe>[0]) => {
    await row.toBe(state);
    await expect(row.locator).toBeFocused();
    await expectVisibleFocus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(250);
    await row.toBe(state);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  const tabTo = async (testId: string) => {
    while (!(await row.button(testId).evaluate((button) => button === document.activeElement))) {
      await page.keyboard.press('Tab');
      await expect(row.locator.locator(':focus')).toHaveCount(1); // not past it
    }
    await expectVisibleFocus();
  };
  await page.keyboard.press('Enter');
  await expectAtRow('downloading');
  await tabTo('cancel');
  await page.keyboard.press('Enter');
  await expectAtRow('available');
  await tabTo('install');
  await page.keyboard.press('Enter');
  await expectAtRow('downloading');
  await tabTo('pause');
  await page.keyboard.press('Enter');
  await row.toBe('paused');
  await expect(row.button('resume')).toBeFocused();
  await page.keyboard.press('Enter');
  // Whoever means Pause and comes too late removes nothing.
  await expectAtRow('installed');
  await tabTo('remove');
  await page.keyboard.press('Enter');
  await expectAtRow('available');
});

test('after a question was answered, the row that it was about has the focus', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'two', remark: 'two' }, { name: 'weak', grade: 'D' });
  await library.open();
  await library.row('two').install();
  await library.row('two').toBe('installed');
  const row = library.row('weak');
  await row.button('install').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('consent-decline').focus();
  await page.keyboard.press('Enter');
  await expect(row.button('install')).toBeFocused();

  await page.keyboard.press('Enter');
  await page.getByTestId('consent-agree').focus();
  await page.keyboard.press('Enter');
  await row.toBe('installed');
  await expect(row.locator).toBeFocused();
  await row.press('remove');
  await row.toBe('available');

  const giveBack = await limitRoom(page, 100_000);
  await row.button('install').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('consent-agree').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('evict-agree').focus();
  await page.keyboard.press('Enter');
  await row.toBe('installed');
  await expect(row.locator).toBeFocused();
  await giveBack();
});

test('removing models that the catalogue does not know hands the focus on', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'first' }, { name: 'second' });
  await library.open();
  for (const name of ['first', 'second']) {
    await library.row(name).install();
    await library.row(name).toBe('installed');
  }
  await library.stock({ name: 'another' });
  await page.reload();
  const rows = page.getByTestId('library-own').getByTestId('library-row');
  await expect(rows).toHaveCount(2);
  await rows.first().getByTestId('remove').press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(rows).toBeFocused();
  await rows.getByTestId('remove').press('Enter');
  await expect(rows).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Model library' })).toBeFocused();
});

test('on a phone the ledger is read without scrolling sideways', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await library.stock({ name: 'ship' }, { name: 'wrong', digest: '0'.repeat(64) });
  await library.open();
  await library.row('ship').install();
  await library.row('ship').toBe('installed');
  await library.row('wrong').install();
  await library.row('wrong').toBe('refused');
  const dialog = await library.openLedger();
  for (const line of await dialog.locator('tbody tr').all()) {
    const { x = -1, width = 999 } = (await line.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
  }
  const group = dialog.getByRole('group', { name: 'Lines of the ledger' });
  expect(await group.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  // Still a table for whoever hears it.
  await expect(dialog.getByRole('columnheader', { name: 'Grade' })).toHaveCount(1);
  await expect(dialog.getByRole('cell', { name: 'ship' })).toBeVisible();
});
