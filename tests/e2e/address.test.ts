import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { forEachHost } from './support/journeys.ts';
import { openSampleLibrary, searchBox, seeOrder, sortBy, tileAt } from './support/steps.ts';

forEachHost((host) => {
  host.test('each search is an entry of the history, in the address, and outlives a reload', async () => {
    const app = await host.open();
    const { page } = app;
    await openSampleLibrary(page);
    const before = await page.evaluate<number>('history.length');
    await type(page, 'logo');
    await type(page, 'banner');
    await sortBy(page, 'Size, largest first', /^1 of /u);
    expect(await page.evaluate('history.length')).toBe(before + 3);
    await expect.poll(() => page.url()).toMatch(/#q=banner&sort=size-desc$/u);

    await page.reload();
    await shows(page, 'banner');
    await page.getByRole('button', { name: 'Sort: Size, largest first' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Sort: Newest first' }).waitFor();
    await shows(page, 'banner');
    await page.goBack();
    await shows(page, 'logo');
    await page.goBack();
    await shows(page, '');
    await page.goForward();
    await shows(page, 'logo');

    // Clearing the search with Escape creates a history entry too.
    await searchBox(page).focus();
    await page.keyboard.press('Escape');
    await shows(page, '');
    await page.goBack();
    await shows(page, 'logo');
    expect(app.takeFaults()).toEqual([]);
  });

  host.test('Back returns to the images that were in view, and an address opens its search', async () => {
    const app = await host.open();
    const { page } = app;
    await openSampleLibrary(page);
    await page.getByRole('slider', { name: 'Place in the result' }).press('End');
    await seeOrder(page, /^1,\d+ of 2,000/u);
    await expect.poll(() => page.getByRole('gridcell').allInnerTexts()).not.toContain('');
    const left = await positionOf(page);
    await type(page, 'ext:png');
    await page.goBack();
    await shows(page, '');
    await expect.poll(() => positionOf(page)).toBe(left);

    // The library's newest image, by its URL as copied from a browser.
    await page.getByRole('slider', { name: 'Place in the result' }).press('Home');
    await seeOrder(page, /^1 of 2,000/u);
    await tileAt(page, 1, 1).click();
    const url = await page
      .getByRole('complementary')
      .getByText(/^https?:/u)
      .first()
      .innerText();
    await searchBox(page).fill(`${url.trim()}?width=300`);
    await page.getByRole('region', { name: 'Gallery' }).getByText('1 image', { exact: true }).waitFor();
    expect(await page.getByRole('search').getByRole('listitem').count()).toBe(0);

    const opened = new URL(page.url());
    opened.hash = '#q=logo&sort=name-asc';
    await page.goto(opened.href);
    await shows(page, 'logo');
    await page.getByRole('button', { name: 'Sort: Name, A to Z' }).waitFor();
    await page.reload();
    await shows(page, 'logo');
    expect(app.takeFaults()).toEqual([]);
  });
});

/** Types a search letter by letter, and leaves the field. */
async function type(page: Page, text: string): Promise<void> {
  await searchBox(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await shows(page, text);
}

async function shows(page: Page, text: string): Promise<void> {
  await expect.poll(() => searchBox(page).inputValue()).toBe(text);
  await page.getByRole('region', { name: 'Gallery' }).and(page.locator('[aria-busy="false"]')).waitFor();
  const hash = new URLSearchParams({ q: text }).toString();
  await expect.poll(() => page.url()).toContain(text === '' ? '/' : `#${hash}`);
}

function positionOf(page: Page): Promise<string | null> {
  return page.getByRole('slider', { name: 'Place in the result' }).getAttribute('aria-valuenow');
}
