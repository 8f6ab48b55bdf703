import { test as base, expect, type Page } from '@playwright/test';
import { Workbench } from './workbench.ts';
import { hasShared } from './shared-folder.ts';

/** Console texts that mean that the content security policy or Trusted Types stopped something. */
const POLICY_VIOLATION = /content.security.policy|trusted ?(types|script)|refused to/i;

interface Fixtures {
  /**
   * True where a test interferes with what the page fetches: the browser then asks to save data, so that nothing
   * is fetched before the first picture needs it.
   */
  readonly dataSaver: boolean;
  /** The app, opened; after the test: no policy violation, no foreign request, no uncaught error. */
  readonly workbench: Workbench;
}

interface Watch {
  readonly violations: string[];
  readonly foreign: string[];
  readonly errors: string[];
}

/**
 * Collects what must not happen in any flow. Console messages and violations of workers arrive at the page too,
 * as console messages.
 */
async function watch(page: Page): Promise<Watch> {
  const seen: Watch = { violations: [], foreign: [], errors: [] };
  page.on('console', (message) => {
    if (POLICY_VIOLATION.test(message.text())) seen.violations.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.context().on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') {
      seen.foreign.push(request.url());
    }
  });
  await page.exposeFunction('reportViolation', (text: string) => seen.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportViolation: (text: string) => void })
        .reportViolation;
      report(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  return seen;
}

function saveData(): void {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
}

export const test = base.extend<Fixtures>({
  dataSaver: [false, { option: true }],
  context: async ({ context, dataSaver }, use) => {
    if (dataSaver) await context.addInitScript(saveData); // every tab, and tests that open the page by themselves
    await use(context);
  },
  workbench: async ({ page }, use) => {
    const seen = await watch(page);
    const workbench = new Workbench(page);
    await workbench.open();
    await use(workbench);
    expect(seen.violations, 'policy violations').toEqual([]);
    expect(seen.foreign, 'requests to other hosts').toEqual([]);
    expect(seen.errors, 'uncaught errors').toEqual([]);
  },
});

export { expect };

/**
 * Skips a test, with the reason, where the shared folder is absent (an outsider's clone). In continuous
 * integration its absence is a failure.
 */
export function needsShared(): void {
  if (process.env['CI'] !== undefined) {
    expect(hasShared, 'the test models and photos in ../shared').toBe(true);
    return;
  }
  test.skip(!hasShared, 'needs the test models and photos in ../shared, not part of the project');
}
