import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  armWorkerKiller,
  engineWorker,
  KEEP_DEVICE,
  killWorkerOnNext,
  withWorkerPrelude,
  WITHOUT_JSPI,
} from './support/sabotage.ts';
import { shared } from './support/shared-folder.ts';
import { expect, needsShared, test } from './support/test.ts';

/* WebGPU for real, on whatever adapter the machine has (a software one in most places). */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');
const PATIENCE = 120_000;

test.use({ dataSaver: true }); // the tests give workers preludes and watch which build is fetched

const ship = (name: string) => ({ name, mimeType: 'image/png', buffer: readFileSync(SHIP) });

test('the classifier on WebGPU answers as its reference', async ({ workbench }) => {
  needsShared();
  await workbench.chooseBackend('webgpu');
  const results = await workbench.answer(
    shared('models/embedded/cifar_resnet20_v1/sample_0_airplane.png'),
    PATIENCE,
  );
  expect(results[0]?.label).toBe('airplane');
  expect(Math.abs((results[0]?.probability ?? 0) - 0.9443268)).toBeLessThan(1e-3);
  await expect(workbench.backend).toHaveAttribute('data-ep', 'webgpu');
});

test('WebGPU and WebAssembly agree, and switching back and forth works', async ({ workbench }) => {
  await workbench.chooseBackend('webgpu');
  const [onGpu] = await workbench.answer(ship('first.png'), PATIENCE);
  await workbench.chooseBackend('wasm');
  await expect(workbench.backend).toHaveAttribute('data-ep', 'wasm');
  const [onCpu] = await workbench.answerFor('first.png');
  expect(onCpu?.label).toBe(onGpu?.label);
  expect(Math.abs((onCpu?.probability ?? 0) - (onGpu?.probability ?? 1))).toBeLessThan(1e-3);
});

test('auto prefers WebAssembly to a software adapter, and says so', async ({ workbench }) => {
  await workbench.answer(SHIP);
  await expect(workbench.backend).toHaveAttribute('data-ep', 'wasm');
  await expect(workbench.backend).toContainText(/software/);
});

test('a browser without JSPI runs the other WebGPU build', async ({ page, workbench }) => {
  await withWorkerPrelude(page, WITHOUT_JSPI);
  await workbench.chooseBackend('webgpu');
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  const [top] = await workbench.answer(SHIP, PATIENCE);
  expect(top?.label).toBe('ship');
  expect(requested.some((url) => url.includes('asyncify'))).toBe(true);
  expect(requested.some((url) => url.includes('jspi'))).toBe(false);
});

test('a device that is lost in mid-run ends in a sentence; the next picture works', async ({
  page,
  workbench,
}) => {
  await withWorkerPrelude(page, KEEP_DEVICE);
  await workbench.chooseBackend('webgpu');
  await workbench.answer(ship('warm.png'), PATIENCE);

  await workbench.give(ship('lost.png'));
  await expect(workbench.status).toContainText(/running/i);
  await engineWorker(page)?.evaluate(() => {
    (globalThis as unknown as { testDevice: GPUDevice }).testDevice.destroy();
  });
  const lost = await workbench.refusalFor('lost.png', PATIENCE);
  expect(lost.code).toBe('engine/device-lost');
  expect(lost.sentence).toMatch(/graphics device/);

  const [top] = await workbench.answer(ship('next.png'), PATIENCE);
  expect(top?.label).toBe('ship');
  await expect(workbench.backend).toHaveAttribute('data-ep', 'webgpu');
});

test('a worker killed in mid-run on WebGPU is replaced', async ({ page, workbench }) => {
  await armWorkerKiller(page);
  await workbench.open();
  await workbench.chooseBackend('webgpu');
  await workbench.answer(ship('warm.png'), PATIENCE);
  await killWorkerOnNext(page, 'run');
  await workbench.give(ship('killed.png'));
  expect((await workbench.refusalFor('killed.png', PATIENCE)).code).toBe('engine/worker-lost');
  const [top] = await workbench.answer(ship('next.png'), PATIENCE);
  expect(top?.label).toBe('ship');
});

test('cancelling a WebGPU run ends it at once', async ({ page, workbench }) => {
  await workbench.chooseBackend('webgpu');
  await workbench.give(ship('stopped.png'));
  await expect(workbench.status).toContainText('Creating the session', { timeout: PATIENCE });
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const { code } = await workbench.refusalFor('stopped.png', 5_000);
  expect(code).toBe('engine/cancelled');
  await workbench.chooseBackend('wasm');
  const [top] = await workbench.answerFor('stopped.png');
  expect(top?.label).toBe('ship');
});
