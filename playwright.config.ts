import { defineConfig, devices } from '@playwright/test';
import { WORKERS } from './e2e/support/workers.ts';

const PORT = Number(process.env['E2E_PORT'] ?? 4180);
const DIST = process.env['E2E_DIST'] ?? 'dist';
const LAUNCH = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  // The browser itself must not phone out either: whatever is not this machine does not resolve.
  args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  workers: WORKERS,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 860 },
    baseURL: `http://127.0.0.1:${String(PORT)}/`,
    launchOptions: LAUNCH,
    // Tracing costs a third of the run time: ask for it with `npx playwright test --trace on`.
    trace: 'off',
  },
  projects: [
    { name: 'wasm', testIgnore: /webgpu\.spec\.ts/ },
    {
      name: 'webgpu',
      testMatch: /webgpu\.spec\.ts/,
      timeout: 180_000,
      use: { launchOptions: { ...LAUNCH, args: [...LAUNCH.args, '--enable-unsafe-webgpu'] } },
    },
  ],
  webServer: {
    command: `npx tsx e2e/server.ts --port ${String(PORT)} --dist ${DIST}`,
    url: `http://127.0.0.1:${String(PORT)}/config.json`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
