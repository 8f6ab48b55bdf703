import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { resolve } from 'node:path';
import { CIFAR, test as libraryTest, type LibraryPage } from './support/library.ts';
import { plainPng } from './support/pictures.ts';
import { expect, test } from './support/test.ts';
import type { Workbench } from './support/workbench.ts';

/* axe on every screen, both themes, desktop and phone. */

const SAMPLES = resolve(import.meta.dirname, '../public/samples');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const SCREENS: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  empty: () => Promise.resolve(),
  classification: async (workbench) => {
    await workbench.answer(resolve(SAMPLES, 'steamer.png'));
  },
  detection: async (workbench) => {
    await workbench.chooseModel('ssd_300_mobilenet0.25_bccd');
    await workbench.answer(resolve(SAMPLES, 'smear-white-cell.png'));
  },
  strip: async (workbench) => {
    // More than a phone is wide.
    const files = Array.from({ length: 9 }, (_, index) => plainPng(`${String(index)}.png`));
    await workbench.fileInput.setInputFiles(files);
    await workbench.answerFor('0.png');
  },
  refused: async ({ page, fileInput }) => {
    const files = Array.from({ length: 12 }, (_, index) => plainPng(`${String(index)}.png`));
    await fileInput.setInputFiles(files);
    await expect(page.getByRole('button', { name: /^Try th/ })).toBeEnabled();
  },
  remark: async ({ page }) => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', 'https://example.org/');
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    });
    await expect(page.getByText('That was a link')).toBeVisible();
  },
  'a long name': async (workbench) => {
    await workbench.answer(plainPng(`${'a photograph with a long name '.repeat(5)}.png`));
  },
  error: async (workbench) => {
    const text = Buffer.from('%PDF-1.7 not a picture');
    await workbench.refusal({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: text });
  },
  limits: async ({ page }) => {
    await page.getByRole('button', { name: 'Limits' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  papers: async ({ page }) => {
    await page.getByRole('button', { name: /about/i }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
};

const VIEWPORTS = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };

/** Looks at what is shown now, as wide as a desktop and as a phone; the dark theme differs in its colours alone. */
async function expectAccessible(page: Page): Promise<void> {
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNone(new AxeBuilder({ page }).withRules('color-contrast'), `${device}, dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await expectNone(new AxeBuilder({ page }).withTags(RULES), `${device}, light`);
    await expectNoOverflow(page);
  }
}

async function expectNone(axe: AxeBuilder, look: string): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
  expect(found, look).toEqual([]);
}

async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'horizontal scroll').toBeLessThanOrEqual(0);
}

/** Looks at the library with rows in every state, its dialogs, the wizard and the inspector. */
async function walkLibrary(page: Page, library: LibraryPage): Promise<void> {
  await library.open(); // with every model of GluonCV
  await expectNoOverflow(page);
  await page.getByTestId('library-search').fill('mobilenet1.0'); // axe takes 18 s for all of them
  await expect(page.getByTestId('library-count')).toContainText('of 332');
  await expectAccessible(page);
  await library.stock(
    { name: 'here' },
    { name: 'wrong', digest: '0'.repeat(64) },
    { name: 'slow', grade: 'D', fault: { rate: 100_000 } },
    { name: 'asked-about', grade: 'D' },
  );
  await page.getByTestId('library-search').fill(''); // the address would keep it
  await expect(page).toHaveURL(/#\/library$/);
  await page.reload();
  await library.row('wrong').install();
  await library.row('wrong').toBe('refused');
  await library.row('here').install();
  await library.row('here').toBe('installed');
  await library.row('slow').install('D');
  await library.row('slow').toBe('downloading');
  await library.row('slow').press('pause');
  await library.row('slow').toBe('paused');
  await expectAccessible(page);
  await library.row('asked-about').press('install');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await library.openLedger();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByTestId('model-file-input').setInputFiles(CIFAR.file);
  await expect(page.getByTestId('preview')).toBeVisible();
  await page.getByText('Change the details').click();
  await page.getByRole('radio', { name: 'my own' }).check();
  await page.getByTestId('install-own').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await library.row('here').press('inspect');
  await page.getByTestId('layer-table').getByRole('row').nth(1).click();
  await expect(page.getByTestId('layer-detail')).toBeVisible();
  await expectAccessible(page);
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });
libraryTest.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const [screen, go] of Object.entries(SCREENS)) {
  test(`${screen} has no accessibility violation`, async ({ page, workbench }) => {
    await go(workbench);
    await expectAccessible(page);
  });
}

libraryTest(
  'no screen of the library has an accessibility violation',
  async ({ page, library }) => {
    await walkLibrary(page, library);
  },
);
