import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createCli } from '../support/cli.ts';
import { forEachHost } from './support/journeys.ts';
import { countSelected, footer, searchBox, searchFor, seeOrder, sortBy, tileAt } from './support/steps.ts';

/** Far more than what fits a large screen, far fewer than there are images. */
const mostElements = 1500;

forEachHost((host) => {
  host.test('twenty thousand images are typed, scrolled and selected like a few', async () => {
    const cli = createCli();
    expect((await cli.run(['sample', '--count', '20000'])).code).toBe(0);
    expect((await cli.run(['sync'])).code).toBe(0);
    const app = await host.open({ home: cli.home });
    await walk(app.page);
  });
});

async function walk(page: Page): Promise<void> {
  const gallery = page.getByRole('region', { name: 'Gallery' });
  await gallery.getByText('20,000 images', { exact: true }).waitFor();
  await searchBox(page).pressSequentially('banner');
  await gallery.getByText(/^\d{3} images$/u).waitFor();
  await searchFor(page, '', '20,000 images');
  await sortBy(page, 'Oldest first', /^1 of 20,000, 1000003$/u);
  await staysSmall(page);

  const grid = page.getByRole('grid', { name: 'Images' });
  await grid.focus();
  await page.keyboard.press('End');
  await seeOrder(page, /^19,9\d\d of 20,000/u);
  await page.getByRole('gridcell', { selected: false }).last().waitFor();
  await staysSmall(page);
  for (const key of ['PageUp', 'PageUp', 'PageDown', 'Home']) {
    await page.keyboard.press(key);
    await staysSmall(page);
  }
  await seeOrder(page, /^1 of 20,000/u);
  await grid.hover();
  await page.mouse.wheel(0, 5000);
  await seeOrder(page, /^[1-9]\d+ of 20,000/u);
  await staysSmall(page);

  await page.keyboard.press('Home');
  await tileAt(page, 1, 1).click();
  await page.keyboard.press('Shift+End');
  await countSelected(page, '20,000');
  await footer(page).getByRole('button', { name: 'Invert selection' }).click();
  await footer(page).getByText('Nothing selected').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, '20,000');
}

async function staysSmall(page: Page): Promise<void> {
  expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(mostElements);
}
