import { AxeBuilder } from '@axe-core/playwright';
import { resolve } from 'node:path';
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

for (const [device, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${device}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

      for (const [screen, go] of Object.entries(SCREENS)) {
        test(`${screen} has no accessibility violation`, async ({ page, workbench }) => {
          await go(workbench);
          const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
          expect(found).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, 'horizontal scroll').toBeLessThanOrEqual(0);
        });
      }
    });
  }
}
