import type { BrowserContext } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CHUNK_BYTES } from '../src/core/manifest/schema.ts';
import { CIFAR, digest, expect, test } from './support/library.ts';
import type { Fault, ModelHost } from './support/model-host.ts';
import { withoutEd25519 } from './support/sabotage.ts';
import { serveSigned, type ManifestEntry, type SignedSite } from './support/signed.ts';
import { storedFiles } from './support/storage.ts';

/* What a signed manifest promises, held against what its server gives: pieces, signatures, numbers, dates, shapes. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const CIFAR_FILE = readFileSync(CIFAR.file);
const CIFAR_SHA256 = digest('sha256', CIFAR_FILE);
const CIFAR_ID = 'cifar_resnet20_v1';

function chunksOf(content: Buffer): object {
  const sha256: string[] = [];
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    sha256.push(digest('sha256', content.subarray(at, at + CHUNK_BYTES)));
  }
  return { bytes: CHUNK_BYTES, sha256 };
}

/** The page's own classifier alone, with a change. */
function onlyCifar(change: (entry: ManifestEntry) => object): SignedSite['entries'] {
  return (entries) => entries.filter(({ id }) => id === CIFAR_ID).map(change);
}

/** Signs the classifier with a chunk list; its file is moved to the tests' host. @returns the URL there. */
async function serveInChunks(
  context: BrowserContext,
  host: ModelHost,
  fault: Fault,
): Promise<string> {
  const moved = host.offer('chunked.onnx', CIFAR_FILE, fault);
  const entries = onlyCifar((entry) => ({ ...entry, chunks: chunksOf(CIFAR_FILE) }));
  await serveSigned(context, { entries });
  await context.route(`**/${CIFAR_ID}.onnx`, (route) =>
    route.fulfill({ status: 302, headers: { location: moved } }),
  );
  return moved;
}

test('a wrong byte is mended by fetching its piece alone', async ({ page, workbench, host }) => {
  const url = await serveInChunks(page.context(), host, { corruptAt: 500_000, corrupt: 'once' });
  await page.reload();
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  expect(host.rangesOf(url)).toEqual(['bytes=0-', `bytes=0-${String(CHUNK_BYTES - 1)}`]);
  expect(await storedFiles(page)).toHaveProperty(CIFAR_SHA256, CIFAR_FILE.length);
});

test('a piece that stays wrong is refused, and nothing of the file is kept', async ({
  page,
  workbench,
  library,
  host,
}) => {
  const url = await serveInChunks(page.context(), host, { corruptAt: 1_100_000 });
  await page.reload();
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('integrity/chunk-mismatch');
  expect(sentence).toContain('Piece 2 of cifar_resnet20_v1.onnx was wrong 3 times');
  const piece = `bytes=${String(CHUNK_BYTES)}-${String(CIFAR_FILE.length - 1)}`;
  expect(host.rangesOf(url)).toEqual(['bytes=0-', piece, piece]);
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);
  await library.open();
  const ledger = await library.openLedger();
  const refused = ledger.locator('tr[data-kind="refused"]');
  await expect(refused.filter({ hasText: 'integrity/chunk-mismatch' })).toHaveCount(1);
});

test('a browser without Ed25519 takes what is signed, and no changed byte', async ({
  page,
  workbench,
}) => {
  await withoutEd25519(page.context());
  const keys = await serveSigned(page.context(), {});
  const portable = page.waitForRequest(/\/assets\/ed25519-[^/]*\.js$/);
  await page.reload();
  await portable;
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
  await expect(workbench.modelSelect.locator(`option[value="${CIFAR_ID}"]`)).toHaveCount(1);

  const change = (text: string) => text.replace('CIFAR ResNet-20', 'CIFAR ResNet-21');
  await serveSigned(page.context(), { keys, change });
  await page.reload();
  await expect(workbench.error).toHaveAttribute('data-code', 'integrity/bad-signature');
  await expect(workbench.modelSelect.locator('option[value*="cifar"]')).toHaveCount(0);
});

test('an older manifest and one whose time is over are refused at every visit, until a good one comes', async ({
  page,
  workbench,
}) => {
  const expectRefused = async (code: string, says: string) => {
    await page.reload();
    await expect(workbench.error).toHaveAttribute('data-code', code);
    await expect(workbench.error).toContainText(says);
    await expect(workbench.modelSelect.locator('option[value*="cifar"]')).toHaveCount(0);
    await workbench.give(SHIP);
    await expect(workbench.status).toHaveAttribute('data-state', 'error');
    await expect(workbench.results).toHaveCount(0);
  };
  const keys = await serveSigned(page.context(), { sequence: 5 });
  await page.reload();
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');

  await serveSigned(page.context(), { keys, sequence: 4 });
  const seen = 'number 4, and this device has already seen number 5';
  await expectRefused('integrity/rollback', seen);
  await expectRefused('integrity/rollback', seen);

  await serveSigned(page.context(), { keys, sequence: 6, expires: '2024-02-29T00:00:00.000Z' });
  await expectRefused('integrity/expired', 'good until 2024-02-29');
  await expectRefused('integrity/expired', 'good until 2024-02-29');

  await serveSigned(page.context(), { keys, sequence: 6 });
  await page.reload();
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
});

test('a catalogue’s file of another shape is refused with both shapes', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock(
    { name: 'wide', sample: { ...CIFAR, input: [1, 64, 64, 3] } },
    { name: 'thousand', sample: { ...CIFAR, labels: 'imagenet-1k' } },
  );
  await library.open();
  await library.row('wide').install();
  const input = await library.row('wide').failure('refused', 'gate/contract-mismatch');
  expect(input).toContain('1 × 64 × 64 × 3');
  expect(input).toMatch(/“data” \(float32, \S+ × 32 × 32 × 3\)/);
  await library.row('thousand').install();
  const output = await library.row('thousand').failure('refused', 'gate/contract-mismatch');
  expect(output).toContain('1000 scores');
  expect(output).toMatch(/“logits” \(float32, \S+ × 10\)/);
  expect(await storedFiles(page)).not.toHaveProperty(CIFAR_SHA256);
});

test('a manifest that declares another shape than the file has is refused, not run', async ({
  page,
  workbench,
}) => {
  const resize = { rule: 'squash', width: 64, height: 48, filter: 'bilinear' };
  const entries = onlyCifar((entry) => ({
    ...entry,
    input: { ...entry.input, resize },
    golden: null,
  }));
  await serveSigned(page.context(), { entries });
  await page.reload();
  const { code, sentence } = await workbench.refusal(SHIP);
  expect(code).toBe('engine/contract-mismatch');
  expect(sentence).toContain('1 × 48 × 64 × 3');
  expect(sentence).toMatch(/\S+ × 32 × 32 × 3/);
});

test('what is installed answers when no manifest of the page can be had', async ({
  page,
  workbench,
  library,
}) => {
  await library.openWith({ name: 'kept' });
  await page
    .context()
    .route(/\/(?:operator-)?models\/.*\.json$/, (route) => route.fulfill({ status: 404 }));
  await page.goto('/');
  await page.reload();
  await expect(workbench.modelSelect.locator('option')).toHaveText(['kept']);
  const problems = page.getByTestId('catalog-problems');
  await expect(problems).toContainText('404');
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  await library.open();
  await expect(page.getByTestId('library-problems')).toContainText('404');

  await library.row('kept').press('remove');
  await library.row('kept').toBe('available');
  await page.goto('/');
  await expect(
    workbench.error,
    'with nothing installed there is nothing to work with',
  ).toContainText('404');
});

test('a withdrawn model of the page is told of, though its manifest names it no more', async ({
  page,
  workbench,
  library,
}) => {
  const keys = await serveSigned(page.context(), {});
  await page.reload();
  await workbench.chooseModel(CIFAR_ID);
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');

  const entries: SignedSite['entries'] = (all) => all.filter(({ id }) => id !== CIFAR_ID);
  await serveSigned(page.context(), { keys, sequence: 2, revoked: [CIFAR_SHA256], entries });
  await page.reload();
  const note = page.getByTestId('lost-choice');
  await expect(note).toHaveAttribute('data-model', CIFAR_ID);
  await expect(note).toContainText('withdrawn');
  await expect(note).toContainText('is used instead');
  await expect(page.getByTestId('catalog-problems')).toContainText('integrity/revoked');

  await page.reload();
  await expect(note, 'until the person has seen it').toContainText('is used instead');
  await note.getByRole('button', { name: 'Dismiss' }).click();
  await expect(note).toBeHidden();
  await page.reload();
  await expect(workbench.status).toHaveAttribute('data-state', 'idle');
  await expect(note).toBeHidden();

  await library.open();
  const revoked = (await library.openLedger()).locator('tr[data-kind="revoked"]');
  await expect(revoked).toHaveCount(1);
  await expect(revoked).toContainText(CIFAR_ID);
  await expect(revoked).toContainText(CIFAR_SHA256.slice(0, 8));
});
