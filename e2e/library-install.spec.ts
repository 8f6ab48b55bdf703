import type { Route } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CIFAR, digest, expect, SQUEEZENET, test } from './support/library.ts';
import type { Fault } from './support/model-host.ts';
import { shared } from './support/shared-folder.ts';
import { limitRoom, partialFiles, rotStored, storedFiles } from './support/storage.ts';
import { needsShared } from './support/test.ts';
import type { Workbench } from './support/workbench.ts';

/* Models come onto the device, whatever the line does, and nothing but the right bytes stays. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const CIFAR_FILE = readFileSync(CIFAR.file);
const CIFAR_SHA256 = digest('sha256', CIFAR_FILE);

async function expectCat(workbench: Workbench): Promise<void> {
  const [cat] = await workbench.answer(shared('photos/chelsea.png'));
  expect(cat?.label).toMatch(/^Egyptian cat/);
  expect(Math.abs((cat?.probability ?? 0) - 0.525)).toBeLessThan(0.01);
}

test('a model with an independent SHA-256 is installed with progress, and removed', async ({
  page,
  workbench,
  library,
}) => {
  needsShared();
  const sha256 = digest('sha256', readFileSync(SQUEEZENET.file));
  await library.stock({ name: 'squeeze', sample: SQUEEZENET, fault: { rate: 1_200_000 } });
  await library.open();
  const row = library.row('squeeze');
  await row.toBe('available');
  await expect(row.locator).toHaveAttribute('data-grade', 'B');
  await row.install();
  await row.toBe('downloading');
  await expect(row.progress).toHaveText(
    /^[\d.]+\s[KM]iB of 2\.\d+\sMiB, \d+\s%, [\d.]+\s[KM]iB\/s$/,
  );
  await row.toBe('installed');
  await row.press('use');
  await expect(workbench.modelSelect).toHaveValue('squeeze');
  await expectCat(workbench);

  await library.open();
  await row.press('remove');
  await row.toBe('available');
  expect(Object.keys(await storedFiles(page))).not.toContain(sha256);
  await expect(workbench.modelSelect.locator('option[value="squeeze"]')).toHaveCount(0);
});

test.describe('where the page fetches ahead', () => {
  test.use({ dataSaver: false });

  test('an installed model is there after a reload, without the network', async ({
    page,
    workbench,
    library,
  }) => {
    needsShared();
    await library.stock({ name: 'squeeze', sample: SQUEEZENET });
    await library.open();
    await library.row('squeeze').install();
    await library.row('squeeze').toBe('installed');
    await page.context().unrouteAll(); // while requests are routed, the browser has no cache
    await workbench.open();
    await page.reload();
    await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
    await page.context().setOffline(true);
    await workbench.chooseModel('squeeze');
    await expectCat(workbench);
    await page.context().setOffline(false);
  });
});

test('32 bits of a hash are asked about, with the reason', async ({ page, workbench, library }) => {
  await library.stock({ name: 'ship', grade: 'D' });
  await library.open();
  const row = library.row('ship');
  await row.press('install');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Only 32 bits of a hash are published');
  await expect(dialog).toContainText('127.0.0.1');
  await page.getByTestId('consent-decline').click();
  await row.toBe('available');
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);

  await row.install('D');
  await row.toBe('installed');
  await row.press('use');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
});

test('a file whose hash begins otherwise is refused, and the refusal can be dismissed', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', grade: 'D', digest: '00000000' });
  await library.open();
  const row = library.row('ship');
  await row.install('D');
  const sentence = await row.failure('refused', 'integrity/digest-mismatch');
  expect(sentence).toContain(digest('sha1', CIFAR_FILE).slice(0, 8));
  expect(sentence).toContain('00000000');
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);
  expect(await partialFiles(page)).toEqual([]);
  await row.press('cancel');
  await row.toBe('available');
  await expect(row.error).toHaveCount(0);
});

test('a paused download goes on after a reload where it stopped', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const [url] = await library.stock({ name: 'ship', fault: { rate: 600_000 } });
  await library.open();
  const row = library.row('ship');
  await row.install();
  await expect(row.progress).toContainText(/ [2-9]\d\s%/);
  await row.press('pause');
  await row.toBe('paused');
  await expect(row.progress).toHaveText(/^Paused at \d+\sKiB of 1\.07\sMiB, \d+\s%$/);
  await page.reload();
  await row.toBe('paused');
  await row.press('resume');
  await row.toBe('installed');
  const [first, second, ...more] = library.rangesOf(url);
  expect(first).toBe('bytes=0-');
  expect(Number(/^bytes=(\d+)-$/.exec(second ?? '')?.[1])).toBeGreaterThan(200_000);
  expect(more).toEqual([]);
});

test('a double click installs, and cancels nothing', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { rate: 400_000 } });
  await library.open();
  const row = library.row('ship');
  await row.button('install').scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await row.button('install').boundingBox()) ?? {};
  await page.mouse.click(x + width - 8, y + height / 2);
  await row.button('cancel').hover(); // it is there now, below the pointer
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await row.toBe('installed');
});

test('a cancelled download is forgotten', async ({ page, workbench: _opened, library }) => {
  const [url] = await library.stock({ name: 'ship', fault: { rate: 600_000 } });
  await library.open();
  const row = library.row('ship');
  await row.install();
  await expect(row.progress).toContainText(/ [1-9]\d\s%/);
  await row.press('cancel');
  await row.toBe('available');
  await expect(row.error).toHaveCount(0);
  expect(await partialFiles(page)).toEqual([]);
  await row.install();
  await row.toBe('installed');
  expect(library.rangesOf(url)).toEqual(['bytes=0-', 'bytes=0-']);
});

for (const [what, fault, second] of [
  ['a dropped connection goes on by itself', { dropAfter: 500_000 }, /^bytes=500000-$/],
  ['without ranges it begins again', { dropAfter: 500_000, noRange: true }, /^bytes=500000-$/],
  ['a file that changed begins again', { dropAfter: 500_000, changing: true }, /^bytes=500000-$/],
] as const) {
  test(`${what}, and is installed`, async ({ workbench, library }) => {
    const [url] = await library.stock({ name: 'ship', fault });
    await library.open();
    const row = library.row('ship');
    await row.install();
    await row.toBe('installed');
    const ranges = library.rangesOf(url);
    expect(ranges).toHaveLength(2);
    expect(ranges[1]).toMatch(second);
    await row.press('use');
    expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  });
}

test('a Content-Length that lies is judged by what was published, else by what comes', async ({
  workbench: _opened,
  library,
}) => {
  await library.stock(
    { name: 'sized', fault: { lieBytes: 1000, noRange: true } },
    { name: 'unsized', grade: 'D', fault: { lieBytes: 1000 } },
  );
  await library.open();
  await library.row('sized').install();
  const sentence = await library.row('sized').failure('refused', 'integrity/length-mismatch');
  expect(sentence).toContain('1,120,369 bytes');
  expect(sentence).toContain('published are 1,119,369');
  await library.row('unsized').install('D');
  await library.row('unsized').toBe('installed');
});

test('what is not the file is refused in words, and nothing of it stays', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const cases: Readonly<Record<string, readonly [fault: Fault, code: string, says: string]>> = {
    // Only this one may be another file the next time.
    bit: [{ corruptAt: 700_000 }, 'integrity/digest-mismatch', CIFAR_SHA256],
    missing: [{ status: 404 }, 'download/http-status', 'answered 404'],
    pointer: [{ body: 'lfs-pointer' }, 'download/lfs-pointer', 'Git LFS pointer'],
  };
  const tooLarge = { claimBytes: 600 * 1024 * 1024, noRange: true };
  await library.stock(...Object.entries(cases).map(([name, [fault]]) => ({ name, fault })), {
    name: 'large',
    grade: 'D',
    fault: tooLarge,
  });
  await library.open();
  for (const [name, [, code, says]] of Object.entries(cases)) {
    await library.row(name).install();
    expect(await library.row(name).failure('refused', code)).toContain(says);
    await expect(library.row(name).button('install')).toHaveCount(name === 'bit' ? 1 : 0);
    await expect(library.row(name).button('cancel')).toHaveAccessibleName(
      `Dismiss the refusal of ${name}`,
    );
  }
  await library.row('large').install('D');
  const sentence = await library.row('large').failure('refused', 'download/too-large');
  expect(sentence).toContain('629,145,600 bytes');
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);
  expect(await partialFiles(page)).toEqual([]);
});

test('a login page in place of the file is told, and tried again after the login', async ({
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { body: 'html' } });
  await library.open();
  const row = library.row('ship');
  await row.install();
  expect(await row.failure('paused', 'download/html')).toContain('log in and try again');
  await row.press('resume');
  await row.toBe('installed');
  const lines = (await library.openLedger()).locator('tr[data-kind="refused"]');
  await expect(lines.filter({ hasText: 'download/html' })).toContainText('127.0.0.1');
});

test('a host that lets no other site fetch is named', async ({ workbench: _opened, library }) => {
  await library.stock({ name: 'ship', fault: { noCors: true } });
  await library.open();
  await library.row('ship').install();
  const sentence = await library.row('ship').failure('paused', 'download/blocked');
  expect(sentence).toContain('127.0.0.1');
  expect(sentence).toContain('CORS');
  const lines = (await library.openLedger()).locator('tr[data-kind="refused"]');
  await expect(lines.filter({ hasText: 'download/blocked' })).toContainText('127.0.0.1');
});

test('redirects lead to allowed hosts only', async ({ page, library, host }) => {
  // Not with `workbench`: what the policy stops is what this test is about.
  const there = host.offer('there.onnx', CIFAR_FILE);
  await library.stock(
    { name: 'moved', grade: 'D', fault: { redirect: there } },
    { name: 'lured', grade: 'D', fault: { redirect: 'https://models.invalid/ship.onnx' } },
    { name: 'foreign', grade: 'D', url: 'https://models.invalid/ship.onnx' },
  );
  const foreign: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('models.invalid')) foreign.push(response.url());
  });
  await library.open();
  await library.row('lured').install('D');
  expect(await library.row('lured').failure('paused', 'download/blocked')).toContain('127.0.0.1');
  await library.row('foreign').install('D');
  const sentence = await library.row('foreign').failure('refused', 'download/host-not-allowed');
  expect(sentence).toContain('https://models.invalid is not among the hosts');
  expect(foreign).toEqual([]);
  await library.row('moved').install('D');
  await library.row('moved').toBe('installed');
});

test('without a network it waits, and goes on by itself when it is back', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { rate: 600_000 } }, { name: 'other', remark: 'b' });
  await library.open();
  const row = library.row('ship');
  await library.row('other').install();
  await library.row('other').toBe('installed');
  await page.context().setOffline(true);
  await row.install();
  expect(await row.failure('paused', 'download/offline')).toContain('when the network is back');
  await expect(row.locator).toHaveAttribute('data-waits', 'network');
  const downloads = page.getByTestId('library-downloads');
  await expect(downloads).toHaveText('1 stopped until the network is back');
  await page.context().setOffline(false);
  await row.toBe('installed');
  await expect(row.error).toHaveCount(0);
  await expect(downloads).toHaveText('');
});

test('what stopped without a network goes on when the page is opened again, on whatever screen', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const [url] = await library.stock({ name: 'weak', grade: 'D', fault: { rate: 600_000 } });
  await library.open();
  const context = page.context();
  await context.setOffline(true);
  await library.row('weak').install('D');
  await library.row('weak').failure('paused', 'download/offline');
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await later.goto('/');
  await expect(later.getByTestId('model-select').locator('option[value="weak"]')).toHaveCount(1);
  expect(library.rangesOf(url).length).toBeGreaterThan(0);
  const again = library.in(later);
  await again.open();
  await again.row('weak').toBe('installed');
  const lines = (await again.openLedger()).locator('tr[data-kind="installed"]');
  await expect(lines).toContainText('D, agreed to');
});

test('downloads that wait say what for', async ({ page, workbench: _opened, library }) => {
  await library.stock(
    { name: 'one', remark: 'one', fault: { rate: 400_000 } },
    { name: 'two', remark: 'two', fault: { dropAfter: 500_000 } },
    { name: 'three', remark: 'three' },
  );
  await library.open();
  for (const name of ['one', 'two', 'three']) await library.row(name).install();
  const wait = (name: string) => library.row(name).locator.getByTestId('download-wait');
  await expect(wait('three')).toHaveText('Waits for another download to end.');
  await expect(library.row('three').locator).toHaveAttribute('data-waits', 'turn');
  await expect(wait('two')).toHaveText(
    /^Next try in \d\ss, after the connection broke \(try 2 of \d\)\.$/,
  );
  await expect(library.row('two').locator).toHaveAttribute('data-waits', 'retry');
  await expect(page.getByTestId('library-downloads')).toHaveText('1 download under way, 2 wait');
  await expect(wait('one')).toHaveCount(0);
  for (const name of ['one', 'two', 'three']) await library.row(name).toBe('installed');
  await expect(page.getByTestId('library-downloads')).toHaveText('');
});

test('a file that is here under another name needs no room, and asks for none', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const [, second] = await library.stock({ name: 'first' }, { name: 'second' });
  await library.open();
  await library.row('first').install();
  await library.row('first').toBe('installed');
  await limitRoom(page, 100_000);
  await library.row('second').install();
  await library.row('second').toBe('installed');
  await library.row('first').toBe('installed');
  expect(library.rangesOf(second)).toEqual([]);
});

test('a stored model that rotted is fetched again', async ({ page, workbench, library }) => {
  const [url] = await library.stock({ name: 'ship' });
  await library.open();
  const row = library.row('ship');
  await row.install();
  await row.toBe('installed');
  await rotStored(page, CIFAR_SHA256, 500_000);
  await row.press('use');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  expect(library.rangesOf(url)).toHaveLength(2);
  await library.open();
  const ledger = await library.openLedger();
  await expect(ledger.locator('tbody tr', { hasText: 'discarded' })).toContainText(
    'integrity/stored-copy-corrupt',
  );
});

test('a stored model that rotted and cannot be fetched again says what became of it', async ({
  page,
  workbench,
  library,
}) => {
  const [url] = await library.openWith({ name: 'ship' });
  const row = library.row('ship');
  await expect(row.locator).not.toHaveAttribute('data-missing');
  await rotStored(page, CIFAR_SHA256, 500_000);
  const gone = (route: Route) => route.fulfill({ status: 404 });
  await page.context().route(url ?? '', gone);
  await row.press('use');
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('download/http-status');
  expect(sentence).toContain('on this device had changed, so it was discarded and not run');
  expect(sentence).toContain('404');

  const says = async () => {
    await row.toBe('installed');
    await expect(row.locator).toHaveAttribute('data-missing', 'true');
    await expect(row.locator.getByTestId('row-missing')).toHaveText(
      'Its file is no longer on this device; it is fetched and verified at the next use.',
    );
    const storage = await library.openStorage();
    await expect(storage).toContainText(/Installed models\s*0\sbytes/);
    await page.keyboard.press('Escape');
  };
  await library.open();
  await says();
  await page.reload();
  await says();

  await page.context().unroute(url ?? '', gone);
  await row.press('use');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  await library.open();
  await expect(row.locator).not.toHaveAttribute('data-missing');
});

test('two tabs install the same model at once', async ({ page, workbench: _opened, library }) => {
  const [url] = await library.stock({ name: 'ship', fault: { rate: 600_000 } });
  const other = library.in(await page.context().newPage());
  await library.open();
  await other.open();
  // Pressed without a look at the page, which in a tab behind another one is not drawn.
  const press = (tab: typeof library) => tab.row('ship').button('install').dispatchEvent('click');
  await Promise.all([press(library), press(other)]);
  // Whoever came second sees what the first is doing.
  await library.row('ship').toBe('downloading');
  await other.row('ship').toBe('downloading');
  await library.row('ship').toBe('installed');
  await other.row('ship').toBe('installed');
  expect(library.rangesOf(url)).toEqual(['bytes=0-']);
  expect(await storedFiles(page)).toHaveProperty(CIFAR_SHA256, CIFAR_FILE.length);
});

test('a download of another tab is followed, and gone on with when that tab is closed', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const [url] = await library.stock({ name: 'ship', fault: { rate: 280_000 } });
  const other = library.in(await page.context().newPage());
  await library.open();
  await other.open();
  const row = library.row('ship');
  await other.row('ship').install();
  await row.toBe('downloading');
  await expect(row.progress).toHaveText(/^In another tab: \d+\sKiB of 1\.07\sMiB, [1-9]\d\s%$/);
  await expect(row.locator.getByTestId(/^(install|pause|resume|cancel)$/)).toHaveCount(0);
  await other.page.close();
  await row.toBe('paused');
  const third = library.in(await page.context().newPage());
  await third.open();
  await row.press('resume');
  await third.row('ship').toBe('downloading');
  await row.toBe('installed');
  await third.row('ship').toBe('installed');
  const [, second, ...more] = library.rangesOf(url);
  expect(second, 'not from the beginning').not.toBe('bytes=0-');
  expect(more).toEqual([]);
  expect(await storedFiles(page)).toHaveProperty(CIFAR_SHA256, CIFAR_FILE.length);
  for (const tab of [library, third]) {
    await tab.page.bringToFront();
    await tab.openLedger();
    await expect(tab.page.getByTestId('ledger-verdict')).toHaveAttribute('data-intact', 'true');
  }
});
