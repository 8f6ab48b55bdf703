import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CIFAR, contentOf, digest, expect, test } from './support/library.ts';
import {
  crash,
  TORN_WRITE,
  WITHOUT_FILE_SYSTEM,
  withWorkerPrelude,
  withoutDatabase,
  withoutCaches,
} from './support/sabotage.ts';
import { filesIn, limitRoom, partialFiles, storedFiles, wrongFiles } from './support/storage.ts';

/* The device: little room, browsers that keep less, tabs that close, crash, or stand side by side. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const CIFAR_FILE = readFileSync(CIFAR.file);
const CIFAR_SHA256 = digest('sha256', CIFAR_FILE);

test('without room an install is refused in words, and goes once there is', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { rate: 600_000 } });
  await library.open();
  const row = library.row('ship');
  const giveBack = await limitRoom(page, 500_000);
  await row.install();
  const sentence = await row.failure('available', 'store/quota');
  expect(sentence).toMatch(/1\.07\sMiB are needed/);
  expect(sentence).toMatch(/4\d\d\sKiB more/);
  expect(await partialFiles(page)).toEqual([]);
  await giveBack();
  await row.install();
  await expect(row.progress).toContainText(/ [5-9]\d\s%/);
  await row.press('pause');
  await row.toBe('paused');
  // There need be room for the rest only.
  await limitRoom(page, 700_000);
  await row.press('resume');
  await row.toBe('installed');
  await expect(row.error).toHaveCount(0);
});

test('a file of unknown size is asked about when its host has said how large it is', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const two = { name: 'two', remark: 'two' };
  await library.stock(two, { name: 'ship', grade: 'D' });
  await library.open();
  await library.row('two').install();
  await library.row('two').toBe('installed');
  const row = library.row('ship');
  const giveBack = await limitRoom(page, 100_000);
  await row.install('D');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('ship needs 1.07 MiB, more than this browser has left');
  await page.getByTestId('evict-decline').click();
  await row.toBe('paused');
  await row.press('resume');
  await page.getByTestId('evict-agree').click();
  await row.toBe('installed');
  await library.row('two').toBe('available');
  await giveBack();
  await library.row('two').install();
  await library.row('two').toBe('installed');
});

test('the same is asked at once when room ends in the middle of a download', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const two = { name: 'two', remark: 'two' };
  await library.stock(two, { name: 'ship', fault: { rate: 100_000 } });
  await library.open();
  await library.row('two').install();
  await library.row('two').toBe('installed');
  const row = library.row('ship');
  await row.install();
  await expect(row.progress).toContainText(/ [1-9]\d\s%/);
  await limitRoom(page, 100_000);
  await page.getByTestId('evict-agree').click();
  await row.toBe('installed');
  await library.row('two').toBe('available');
});

test('a question that comes while another is open waits for its answer', async ({
  page,
  workbench,
  library,
}) => {
  const two = { name: 'two', remark: 'two' };
  const ship = { name: 'ship', fault: { rate: 100_000 } };
  await library.stock(two, ship, { name: 'weak', grade: 'D' });
  await library.open();
  await library.row('two').install();
  await library.row('two').toBe('installed');
  const row = library.row('ship');
  await row.install();
  await expect(row.progress).toContainText(/ [1-9]\d\s%/);
  await library.row('weak').press('install');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('weak can be installed');
  await limitRoom(page, 100_000);
  await row.toBe('paused');
  await expect(dialog).toContainText('weak can be installed');
  await page.getByTestId('consent-decline').press('Enter');
  await expect(dialog).toContainText('ship needs');
  // It waits while the bench is shown, too.
  await page.goBack();
  await expect(workbench.status).toBeVisible();
  await page.goForward();
  await expect(dialog).toContainText('ship needs');
  await page.getByTestId('evict-agree').press('Enter');
  await row.toBe('installed');
  await expect(row.locator).toBeFocused();
  await library.row('two').toBe('available');
  await library.row('weak').toBe('available');
});

test('a question that a picture comes over is asked again when the list is seen again', async ({
  page,
  workbench,
  library,
}) => {
  await library.stock({ name: 'weak', grade: 'D' });
  await library.open();
  const row = library.row('weak');
  await row.press('install');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('weak can be installed');
  await workbench.answer(SHIP);
  await expect(dialog).toHaveCount(0);
  await library.open();
  await expect(dialog).toContainText('weak can be installed');
  await page.getByTestId('consent-agree').click();
  await row.toBe('installed');
});

test('for room, the model used longest ago goes, if the person says so', async ({
  page,
  workbench,
  library,
}) => {
  const one = { name: 'one', remark: 'one' };
  const two = { name: 'two', remark: 'two' };
  await library.stock(one, two, { name: 'three' });
  await library.open();
  for (const { name } of [one, two]) {
    await library.row(name).install();
    await library.row(name).toBe('installed');
  }
  await library.row('one').press('use');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');

  await library.open();
  await limitRoom(page, 100_000);
  await library.row('three').install();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('three needs 1.07 MiB, more than this browser has left');
  await expect(dialog).toContainText('two, last used');
  await expect(dialog).not.toContainText('one, last used');
  await page.getByTestId('evict-decline').click();
  await library.row('three').toBe('available');
  await library.row('two').toBe('installed');
  const before = await storedFiles(page);
  expect(before).toHaveProperty(digest('sha256', contentOf(one)));
  expect(before).toHaveProperty(digest('sha256', contentOf(two)));

  await library.row('three').install();
  await page.getByTestId('evict-agree').click();
  await library.row('three').toBe('installed');
  await library.row('two').toBe('available');
  await library.row('one').toBe('installed');
  expect(await storedFiles(page)).not.toHaveProperty(digest('sha256', contentOf(two)));
  const ledger = await library.openLedger();
  await expect(ledger.locator('tr[data-kind="evicted"]')).toContainText('two');
});

test('who would have to go is reckoned anew when one of them went meanwhile', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const old = ['one', 'two'].map((name) => ({ name, remark: name }));
  const late = ['three', 'four'].map((name) => ({ name, remark: name }));
  await library.stock(...old, ...late);
  await library.open();
  for (const { name } of old) {
    await library.row(name).install();
    await library.row(name).toBe('installed');
  }
  await limitRoom(page, 100_000);
  await library.row('three').install();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('one, last used');
  // Asked for behind the question, it waits, and would have taken the same one.
  await library.row('four').button('install').dispatchEvent('click');
  await page.getByTestId('evict-agree').click();
  await library.row('three').toBe('installed');
  await expect(dialog).toContainText('four needs');
  await expect(dialog).toContainText('two, last used');
  await expect(dialog).not.toContainText('one, last used');
  // Room that another tab made asks nobody.
  const other = library.in(await page.context().newPage());
  await other.open();
  await other.row('two').button('remove').dispatchEvent('click');
  await library.row('four').toBe('installed');
  await expect(dialog).toHaveCount(0);
});

test('on a full disk the models of earlier visits are there, and can be removed', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship' });
  await library.open();
  const row = library.row('ship');
  await row.install();
  await row.toBe('installed');
  await limitRoom(page, 0);
  await page.reload();
  await library.open();
  await row.toBe('installed');
  await expect(await library.openStorage()).toContainText(/Used\s*1\.07\sMiB of/);
  await page.keyboard.press('Escape');
  await row.press('remove');
  await row.toBe('available');
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);
  expect(await partialFiles(page)).toEqual([]);
});

test('without the private file system, models are kept in the cache', async ({
  page,
  workbench,
  library,
}) => {
  const [url] = await library.stock({ name: 'ship', fault: { rate: 600_000 } });
  await withWorkerPrelude(page, WITHOUT_FILE_SYSTEM, 'library');
  await page.reload();
  await library.open();
  const row = library.row('ship');
  await row.install();
  await expect(row.progress).toContainText(/ [2-9]\d\s%/);
  await row.press('pause');
  await row.toBe('paused');
  // What came was in memory: after a reload there is nothing to go on with.
  await page.reload();
  await row.toBe('available');
  await row.install();
  await row.toBe('installed');
  await row.press('use');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  await page.reload();
  await library.open();
  await row.toBe('installed');
  await expect(await library.openStorage()).toContainText(
    'In this browser’s cache: the private file system is not available here.',
  );
  expect(library.rangesOf(url)).toEqual(['bytes=0-', 'bytes=0-']);
});

test('without both, models are kept in memory, and a reload says that they are gone', async ({
  page,
  workbench,
  library,
}) => {
  await library.stock({ name: 'ship' });
  await withWorkerPrelude(page, WITHOUT_FILE_SYSTEM, 'library');
  await withoutCaches(page.context());
  await page.reload();
  await library.open();
  const row = library.row('ship');
  await row.install();
  await row.toBe('installed');
  await expect(await library.openStorage()).toContainText(
    'In memory only: gone when the page is closed.',
  );
  await page.keyboard.press('Escape');
  await row.press('use');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  await page.reload();
  await expect(workbench.modelSelect).toBeEnabled();
  await expect(workbench.modelSelect.locator('option[value="ship"]')).toHaveCount(0);
  await library.open();
  await row.toBe('available');
  const ledger = await library.openLedger();
  await expect(ledger.locator('tbody tr', { hasText: 'installed' })).toContainText('ship');
});

test('a tab closed in the middle of a download loses nothing of it', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const rate = 300_000;
  const [url] = await library.stock({ name: 'ship', fault: { rate } });
  await library.open();
  await library.row('ship').install();
  const { progress } = library.row('ship');
  await expect(progress).toContainText(/ [5-9]\d\s%/);
  const shown = Number(/(\d+)\s%/.exec(await progress.innerText())?.[1]) / 100;
  const context = page.context();
  await page.close();

  const reopened = library.in(await context.newPage());
  await reopened.open();
  const row = reopened.row('ship');
  await row.toBe('paused');
  await expect(row.progress).toContainText('Paused at');
  await row.press('resume');
  await row.toBe('installed');
  const [first, second, ...more] = library.rangesOf(url);
  expect(first).toBe('bytes=0-');
  // Written every half second, and a write takes its time.
  const atLeast = shown * CIFAR_FILE.length - 0.75 * rate;
  expect(Number(/^bytes=(\d+)-$/.exec(second ?? '')?.[1])).toBeGreaterThan(atLeast);
  expect(more).toEqual([]);
});

test('a page that crashes in the middle of a write leaves no half model', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const [url] = await library.stock({ name: 'ship', fault: { rate: 700_000 } });
  await withWorkerPrelude(page, TORN_WRITE, 'library');
  await page.reload();
  await library.open();
  const torn = page.waitForEvent('console', (message) => message.text() === 'torn');
  await library.row('ship').install();
  await torn;
  const [tornBytes = 0] = Object.values(await filesIn(page, 'partial'));
  expect(tornBytes).toBeGreaterThan(0);

  const next = await crash(page);
  const after = library.in(next);
  await after.open();
  const row = after.row('ship');
  await row.toBe('paused');
  expect(await storedFiles(next)).toEqual({});
  await row.press('resume');
  await row.toBe('installed');
  const from = Number(/^bytes=(\d+)-$/.exec(library.rangesOf(url)[1] ?? '')?.[1]);
  expect(from).toBeGreaterThan(0);
  expect(from, 'what was torn is fetched again').toBeLessThan(tornBytes);
  expect(await storedFiles(next)).toHaveProperty(CIFAR_SHA256, CIFAR_FILE.length);
  expect(await wrongFiles(next)).toEqual([]);
  expect(await partialFiles(next)).toEqual([]);
  const used = Object.values(await storedFiles(next)).reduce((sum, bytes) => sum + bytes, 0);
  expect(used - CIFAR_FILE.length).toBeLessThan(1000); // the labels
  const storage = await after.openStorage();
  await expect(storage).toContainText(/Used\s*1\.07\sMiB of/);
  await storage.getByRole('button', { name: 'Remove ship' }).click();
  await expect(storage).toContainText(/Used\s*0\sbytes of/);
  expect(await storedFiles(next)).toEqual({});
});

test('where no database may be opened, the library says what it will forget', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await withoutDatabase(page.context());
  await page.reload();
  const forgets = 'The list of installed models is in memory only: gone when the page is closed.';
  await library.openWith({ name: 'ship' });
  await expect(page.getByTestId('library-forgetful')).toHaveText(forgets);
  const storage = await library.openStorage();
  await expect(storage.getByTestId('storage-where')).toContainText(forgets);
  await expect(storage.getByTestId('persist')).toHaveCount(0);
  await storage.getByTestId('open-ledger').click();
  await expect(page.getByTestId('ledger-in-memory')).toContainText('of this visit only');
});

test('another tab shows a download, its end, and a removal', async ({
  page,
  workbench,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { rate: 600_000 } });
  await library.open();
  const watched = library.row('ship');
  const front = library.in(await page.context().newPage());
  await front.open();
  await front.row('ship').install();
  await watched.toBe('downloading');
  await expect(watched.progress).toContainText(/^In another tab: .* [2-9]\d\s%/);
  await expect(watched.locator.getByTestId(/^(pause|cancel|install)$/)).toHaveCount(0);
  await watched.toBe('installed');
  await front.row('ship').press('remove');
  await watched.toBe('available');
  await expect(workbench.modelSelect.locator('option[value="ship"]')).toHaveCount(0);
});
