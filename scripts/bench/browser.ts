import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { AppError } from '../../src/core/errors.ts';
import { ROOT } from './inputs.ts';
import type { BenchAnswers, BenchPage, ColdSample } from './samples.ts';

const ARGS = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'];

const LAUNCH = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ARGS,
};

/** The system's Chromium, as the end-to-end tests start it. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch(LAUNCH);
}

/** Does something in a page of a fresh context: no cache, no stored model, no worker from before. */
export async function inFreshContext<T>(
  browser: Browser,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext();
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** As {@link inFreshContext}, with a profile on disk: a mere context keeps its files in memory. */
export async function inFreshProfile<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  const profile = mkdtempSync(join(cache, 'bench-profile-'));
  try {
    const context = await chromium.launchPersistentContext(profile, LAUNCH);
    try {
      return await work(await context.newPage());
    } finally {
      await context.close();
    }
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Calls one of the bench page's functions. */
export async function callBench<Name extends keyof BenchPage>(
  page: Page,
  url: string,
  name: Name,
  ...args: Parameters<BenchPage[Name]>
): Promise<BenchAnswers[Name]> {
  await page.goto(url);
  await page.waitForFunction('"bench" in globalThis && crossOriginIsolated');
  const call = `bench[${JSON.stringify(name)}](...${JSON.stringify(args)})`;
  return page.evaluate<BenchAnswers[Name]>(call);
}

/** The app itself, from the start of the navigation to its first answer for a picture given to its file input. */
export function coldApp(
  browser: Browser,
  url: string,
  picture: string,
  modelId: string,
): Promise<ColdSample> {
  return inFreshContext(browser, async (page) => {
    await page.goto(url, { waitUntil: 'commit' });
    const input = page.locator('[data-testid=file-input]');
    await input.waitFor({ state: 'attached' });
    const readyMs = await page.evaluate<number>('performance.now()');
    await input.setInputFiles(picture);
    const status = page.locator('[data-testid=status]');
    await page.waitForSelector(
      '[data-testid=status]:is([data-state=done],[data-state=error]):not([data-picture=""])',
      { state: 'attached' },
    );
    const totalMs = await page.evaluate<number>('performance.now()');
    const state = await status.getAttribute('data-state');
    const model = await page.inputValue('[data-testid=model-select]');
    if (state === 'done' && model === modelId) return { totalMs, readyMs, stages: null };
    throw new AppError(
      'app/bench-cold',
      `The app's first answer was “${String(await status.textContent())}” of the model ${model}; an answer of ${modelId} was expected.`,
    );
  });
}
