import { chromium } from '@playwright/test';
import type { Picture } from './svg.ts';

/** A drawn thing with the bytes of its PNG file. */
export interface Rendered<T> {
  readonly source: T;
  readonly png: Uint8Array;
}

/** Draws every source and turns it into a PNG, in order, in one headless browser. */
export async function rasterise<T extends { readonly draw: () => Picture }>(
  sources: readonly T[],
): Promise<readonly Rendered<T>[]> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--force-color-profile=srgb', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ deviceScaleFactor: 1 });
    const done: Rendered<T>[] = [];
    for (const source of sources) {
      const { width, height, svg } = source.draw();
      await page.setViewportSize({ width, height });
      await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg}`);
      done.push({ source, png: await page.screenshot({ type: 'png' }) });
    }
    return done;
  } finally {
    await browser.close();
  }
}
