import { resolve } from 'node:path';
import { expect, test } from './support/test.ts';

/* The README's picture is what the app really shows. */

test('the README’s screenshot shows a real answer', async ({ page, workbench }) => {
  await workbench.chooseModel('ssd_300_mobilenet0.25_bccd');
  const smear = resolve(import.meta.dirname, '../public/samples/smear-white-cell.png');
  const results = await workbench.answer(smear);
  expect(results.filter(({ label }) => label === 'WBC')).toHaveLength(1);
  await page.evaluate(() => document.fonts.ready);
  // Written only when asked: times differ from run to run, and a test must not change the checkout.
  const target = process.env['WRITE_SCREENSHOT'] === undefined ? undefined : 'docs/screenshot.png';
  const picture = await page.screenshot(target === undefined ? {} : { path: target });
  expect(picture.length).toBeGreaterThan(50_000);
});
