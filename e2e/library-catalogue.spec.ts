import { expect, test } from './support/library.ts';

/* The catalogue of the library: what is there without it, and what it says of figures and models. */

test('without the catalogue everything else is there, and it comes when it is asked for again', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.openWith({ name: 'ship' });
  await page.context().route('**/library/zoo.json', (route) => route.fulfill({ status: 503 }));
  await page.reload();
  const error = page.getByTestId('error').filter({ visible: true });
  await expect(error).toHaveAttribute('data-code', 'download/http-status');
  await expect(page.getByTestId('library')).toHaveCount(0);
  const downloads = page.getByTestId('library-downloads');
  await expect(downloads).toContainText('not known without the catalogue');
  // What is installed can be used and removed, and the storage looked at.
  const kept = page.getByTestId('library-own').locator('[data-model="ship"]');
  await expect(kept.getByTestId('use')).toBeVisible();
  await expect(kept.getByTestId('remove')).toBeVisible();
  await expect(page.getByTestId('library-storage')).toContainText('1 installed');
  await expect(page.getByTestId('library-page')).toBeVisible();
  await expect(page.getByTestId('model-file-input')).toBeEnabled();
  await page.getByTestId('open-storage').click();
  const storage = page.getByRole('dialog');
  await expect(storage).toContainText('ship');
  await storage.getByRole('button', { name: 'Close' }).click();
  // One that came and is none is not blamed on a model.
  await page.context().route('**/library/zoo.json', (route) => route.fulfill({ json: {} }));
  await error.getByRole('button', { name: 'Try again' }).click();
  await expect(error).toHaveAttribute('data-code', 'manifest/bad-catalogue');
  await expect(error.getByRole('heading')).toHaveText('The library’s catalogue is not usable');
  const refused = (await library.openLedger()).locator('tr[data-kind="refused"]');
  await expect(refused.filter({ hasText: 'file /library/zoo.json' })).toContainText(
    'manifest/bad-catalogue',
  );
  await page.keyboard.press('Escape');
  await library.stock({ name: 'ship' });
  await error.getByRole('button', { name: 'Try again' }).click();
  await library.row('ship').toBe('installed');
  await expect(downloads).toBeEmpty();
  await expect(page.getByTestId('library')).toBeVisible();
  await expect(page.getByTestId('library-own')).toHaveCount(0);
});

test('an address is read kindly, and what counts for nothing leaves it', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship' }, { name: 'other' });
  await page.goto('/#/library/?q=Other&data=Nowhere');
  await expect(page.getByTestId('library-count')).toHaveText('1 of 2');
  await expect(page).toHaveURL(/#\/library\?q=Other$/);
  await page.goto('/#/library?about=SHIP');
  await expect(page.getByRole('dialog', { name: 'ship' })).toBeVisible();
});

test('a model is installed from its details', async ({ page, workbench: _opened, library }) => {
  await library.stock({ name: 'ship' });
  await page.goto('/#/library?about=ship');
  const dialog = page.getByRole('dialog', { name: 'ship' });
  await dialog.getByTestId('details-install').click();
  await expect(dialog).toHaveCount(0);
  await library.row('ship').toBe('installed');
  await library.row('ship').press('details');
  await expect(dialog).toContainText('Installed on this device.');
  await expect(dialog.getByTestId('details-install')).toHaveCount(0);
});

test('the order by accuracy says that measures differ', async ({ page, workbench: _opened }) => {
  await page.goto('/#/library?sort=accuracy');
  await expect(page.getByTestId('library-measures')).toContainText('different measures');
  await page.getByTestId('filter-dataset').selectOption({ label: 'ImageNet-1k' });
  await page.getByTestId('filter-task').selectOption('classification');
  await expect(page.getByTestId('library-measures')).toHaveCount(0);
});

test('whoever asks for the catalogue again keeps their place and what they were at', async ({
  page,
  workbench: _opened,
  library,
}) => {
  const answers: ((found: boolean) => Promise<void>)[] = [];
  await library.stock({ name: 'ship' });
  await page.context().route('**/library/zoo.json', (route) => {
    answers.push((found) => (found ? route.fallback() : route.fulfill({ status: 503 })));
  });
  const answer = async (found: boolean) => {
    await expect.poll(() => answers.length).toBe(1);
    await answers.pop()?.(found);
  };
  await page.goto('/#/library');
  await answer(false);
  const again = page.getByRole('button', { name: 'Try again', exact: true });
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Loading the catalogue.')).toBeFocused();
  await expect(page.getByTestId('own-model')).toBeVisible();
  await expect(page.getByTestId('library-downloads')).toContainText('not known');
  await answer(false);
  await expect(again).toBeFocused();
  await page.keyboard.press('Enter');
  await answer(true);
  await expect(page.getByTestId('library-search')).toBeFocused();
});
