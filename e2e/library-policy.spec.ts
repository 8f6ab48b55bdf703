import { expect, test } from './support/library.ts';
import { modelHostOrigin } from './support/model-host.ts';
import { serveSigned } from './support/signed.ts';

/* The operator's policy, when it changes while a page is open. */

test('a page that reads its manifests again is a kiosk from then on, if the operator made it one', async ({
  page,
  workbench,
  library,
}) => {
  await library.openWith({ name: 'ship' });
  const { publicKey } = await serveSigned(page.context(), {});
  /** One of two manifests is not to be had, so the page offers to try again. */
  const serveConfig = (policy: string) =>
    page.context().route('**/config.json', (route) =>
      route.fulfill({
        json: {
          version: 1,
          manifests: [
            { url: 'models/index.json', collection: 'embedded', signed: true },
            { url: 'busy/index.json', collection: 'operator', signed: true },
          ],
          trustedKeys: [{ name: 'Test clinic', publicKey }],
          hosts: [modelHostOrigin],
          policy,
        },
      }),
    );
  await page.context().route('**/busy/index.json*', (route) => route.fulfill({ status: 503 }));
  await serveConfig('standard');
  await workbench.open();
  await page.reload();
  const installed = workbench.modelSelect.locator('option[value="ship"]');
  await expect(installed).toHaveCount(1);

  await serveConfig('kiosk');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(installed).toHaveCount(0);
  await expect(workbench.modelSelect.locator('option[value="cifar_resnet20_v1"]')).toHaveCount(1);

  // Nor does the library lead to a bench without it.
  await library.open();
  const row = library.row('ship');
  await row.toBe('installed');
  await expect(row.locator.getByTestId('row-barred')).toContainText(
    'signed models only (grade A); this one is grade B',
  );
  await expect(row.button('use')).toHaveCount(0);
  await expect(row.button('inspect')).toBeVisible();
  await row.press('remove');
  await row.toBe('available');
});
