import { expect, test } from './support/library.ts';
import { resolve } from 'node:path';

/* The address of the library: what it shows can be shared, and is there again after “back”. */

const SHIP = resolve(import.meta.dirname, '../public/samples/steamer.png');

test('search, filters and order are in the address, and there again after the bench', async ({
  page,
  workbench,
  library,
}) => {
  await library.stock({ name: 'ship_50', grade: 'D' }, { name: 'ship_18' }, { name: 'other' });
  await library.open();
  const search = page.getByTestId('library-search');
  await search.fill('Ship-18');
  await page.getByTestId('sort').selectOption('size');
  await page.getByTestId('filter-installable').check();
  await expect(page.getByTestId('library-count')).toHaveText('1 of 3');
  await expect(page).toHaveURL(/#\/library\?q=Ship-18&installable=1&sort=size$/);
  const expectKept = async () => {
    await expect(search).toHaveValue('Ship-18');
    await expect(page.getByTestId('sort')).toHaveValue('size');
    await expect(page.getByTestId('filter-installable')).toBeChecked();
    await expect(page.getByTestId('library-count')).toHaveText('1 of 3');
  };
  await page.reload();
  await expectKept();
  // To the bench and back, by the browser and by the link.
  const bench = page.getByRole('link', { name: 'Workbench', exact: true });
  await bench.click();
  await page.goBack();
  await expectKept();
  await bench.click();
  await library.open();
  await expectKept();
  await expect(page).toHaveURL(/\?q=Ship-18&installable=1&sort=size$/);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page).toHaveURL(/#\/library\?sort=size$/);
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
});

test('details have an address; back and the cross close them', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship' }, { name: 'other' });
  await page.goto('/#/library/ship');
  const dialog = page.getByRole('dialog', { name: 'ship' });
  await expect(dialog).toContainText('Can be installed');
  await expect(page).toHaveURL(/#\/library\?about=ship$/);
  await dialog.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/#\/library$/);
  // Nobody had the focus before the dialog: it goes where the person would have come from.
  await expect(library.row('ship').button('details')).toBeFocused();

  await page.getByTestId('library-search').fill('ship');
  await library.row('ship').press('details');
  await expect(page).toHaveURL(/#\/library\?q=ship&about=ship$/);
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/#\/library\?q=ship$/);
  await expect(library.row('ship').button('details')).toBeFocused();
  await expect(page.getByTestId('library-search')).toHaveValue('ship');
});

test('details that were closed leave one entry of the list', async ({
  page,
  workbench,
  library,
}) => {
  await library.stock({ name: 'ship' }, { name: 'other' });
  await library.open();
  await page.getByTestId('library-search').fill('ship');
  await library.row('ship').press('details');
  const dialog = page.getByRole('dialog', { name: 'ship' });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(library.row('ship').button('details')).toBeFocused();
  await expect(page).toHaveURL(/#\/library\?q=ship$/);

  await page.goBack();
  await expect(workbench.status).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(/\?q=ship$/);
  await expect(dialog).toHaveCount(0);
  await page.goForward();
  await expect(dialog).toBeVisible();

  // What changes under them is in the list's address when they are closed, after a reload too.
  await page.getByTestId('sort').selectOption('size', { force: true });
  await expect(page).toHaveURL(/\?q=ship&sort=size&about=ship$/);
  await page.reload();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\?q=ship&sort=size$/);
  await expect(page.getByTestId('sort')).toHaveValue('size');
  await page.goBack();
  await expect(workbench.status).toBeVisible();
});

test('details give way to a picture, and the bench stays', async ({ page, workbench, library }) => {
  await library.stock({ name: 'ship' });
  await library.open();
  await library.row('ship').press('details');
  const dialog = page.getByRole('dialog', { name: 'ship' });
  await expect(dialog).toBeVisible();
  expect((await workbench.answer(SHIP))[0]?.label).toBe('ship');
  await expect(page).toHaveURL(/#\/$/);
  await page.goBack();
  await expect(page.getByTestId('library')).toBeVisible();
  await expect(page).toHaveURL(/#\/library$/);
  await expect(dialog).toHaveCount(0);
});

test('the address of an unknown model gets a sentence', async ({
  page,
  workbench: _opened,
  library,
}) => {
  await library.stock({ name: 'ship' });
  const remark = page.getByTestId('library-unknown');
  const heading = page.getByRole('heading', { name: 'Model library' });
  await page.goto('/#/library?about=typed');
  await expect(remark).toContainText('There is no model called typed');
  await remark.getByRole('button').press('Enter');
  await expect(remark).toHaveCount(0);
  await expect(heading).toBeFocused();
  await page.goto('/#/library/no_such_model');
  await expect(remark).toContainText('There is no model called no_such_model');
  await remark.getByRole('button').press('Enter');
  await expect(remark).toHaveCount(0);
  await expect(heading).toBeFocused();
  await expect(page).toHaveURL(/#\/library$/);
  await expect(library.row('ship').locator).toBeVisible();
  // Whatever can be read is named; what cannot leaves the address.
  await page.goto('/#/library/a%2Fb');
  await expect(remark).toContainText('There is no model called a/b');
  await expect(page).toHaveURL(/#\/library\?about=a%2Fb$/);
  await page.goto('/#/library/%E0%A4%A');
  await expect(page).toHaveURL(/#\/library$/);
  await expect(library.row('ship').locator).toBeVisible();
  await expect(remark).toHaveCount(0);
});

test('whoever comes back from the bench finds the list at the same place', async ({
  page,
  workbench,
}) => {
  await page.goto('/#/library');
  const row = page.getByTestId('library').getByTestId('library-row').nth(250);
  await row.scrollIntoViewIfNeeded();
  await row.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await expect(row).toBeInViewport();
  await page.waitForTimeout(300); // the rows around it take their heights
  const topOf = () => row.evaluate((element) => element.getBoundingClientRect().top);
  const before = await topOf();
  // Not by the mouse: Playwright would scroll to the link first.
  const bench = page.getByRole('link', { name: 'Workbench', exact: true });
  await bench.evaluate((link: HTMLAnchorElement) => {
    link.click();
  });
  await expect(workbench.status).toBeVisible();
  await page.goBack();
  await expect(row).toBeInViewport();
  await expect.poll(async () => Math.abs((await topOf()) - before)).toBeLessThan(3);
});

test('whoever comes back from an inspector sees what has the focus, wherever they left the list', async ({
  page,
  workbench: _opened,
}) => {
  await page.goto('/#/library');
  const inspect = page.getByTestId('library-page-model').first().getByTestId('inspect');
  const row = page.getByTestId('library').getByTestId('library-row').nth(250);
  await row.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await expect(row).toBeInViewport();
  await expect(inspect).not.toBeInViewport();
  await page.goto('/#/library/cifar_resnet20_v1');
  await expect(page.getByTestId('inspector')).toBeVisible();
  await page.getByRole('link', { name: '← Library' }).press('Enter');
  await expect(inspect).toBeFocused();
  await page.waitForTimeout(500); // the list would be brought to its old place by now
  await expect(inspect).toBeInViewport();
});

test('an inspector whose address was opened begins at the beginning of the page', async ({
  page,
}) => {
  // Not by way of the bench.
  await page.goto('/#/library/cifar_resnet20_v1');
  await expect(page.getByTestId('inspector')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
});
