import { expect, test } from './support/library.ts';
import { modelHostOrigin } from './support/model-host.ts';
import { serveSigned } from './support/signed.ts';

/* The operator's policy, when it changes while a page is open. */

test('a page that reads its manifests again is a kiosk from then on, if the operator made it one', async ({
  page,
  workbench,
  library,
}) => {
  await library.stock({ name: 'ship' }, { name: 'wrong', digest: '0'.repeat(64) });
  await library.open();
  await library.row('ship').install();
  await library.row('ship').toBe('installed');
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
  await library.open();
  const wrong = library.row('wrong');
  await wrong.install();
  await wrong.toBe('refused');
  await expect(wrong.button('install')).toBeVisible();
  await expect(wrong.locator.getByTestId('row-barred')).toHaveCount(0);
  await page.getByRole('link', { name: 'Workbench', exact: true }).click();

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

  // What was refused may not be tried again, and says why.
  await wrong.toBe('refused');
  await expect(wrong.locator.getByTestId('row-barred')).toContainText('signed models only');
  await expect(wrong.button('install')).toHaveCount(0);
});

test('a download that stopped before the page became a kiosk says why it may not go on', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'weak', grade: 'D', fault: { rate: 300_000 } });
  await library.open();
  const weak = library.row('weak');
  await weak.install('D');
  await expect(weak.progress).toContainText(/ [1-9]\d\s%/);
  await weak.press('pause');
  await weak.toBe('paused');
  await serveSigned(page.context(), { policy: 'kiosk' });
  await page.reload();
  await weak.toBe('paused');
  await expect(weak.locator.getByTestId('row-barred')).toContainText('signed models only');
  await expect(weak.button('resume')).toHaveCount(0);
  await expect(weak.button('cancel')).toBeVisible();
});

test('one that stopped without a network says so too, when it would go on by itself', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship', fault: { rate: 300_000 } });
  await library.open();
  const ship = library.row('ship');
  await ship.install();
  await expect(ship.progress).toContainText(/ [1-9]\d\s%/);
  await page.context().setOffline(true);
  await ship.toBe('paused');
  await serveSigned(page.context(), { policy: 'kiosk' });
  await page.context().setOffline(false);
  for (let visit = 1; visit <= 2; visit += 1) {
    await page.reload();
    await ship.toBe('paused');
    await expect(ship.locator.getByTestId('row-barred')).toContainText('signed models only');
    await expect(ship.error).toHaveCount(0);
  }
});
