import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { forEachHost } from './support/journeys.ts';
import { openSampleLibrary, searchBox, searchFor } from './support/steps.ts';

function entry(page: Page, name: RegExp) {
  return page.getByRole('navigation').getByRole('button', { name });
}

function seesCount(page: Page, count: string): Promise<void> {
  return page.getByRole('region', { name: 'Gallery' }).getByText(count, { exact: true }).waitFor();
}

function isCurrent(page: Page, name: RegExp) {
  return expect.poll(() => entry(page, name).getAttribute('aria-current'));
}

forEachHost((host) => {
  host.test('the sidebar narrows what is searched for, and keeps the text', async () => {
    const app = await host.open();
    const { page } = app;
    await openSampleLibrary(page);
    await searchFor(page, 'banner', '26 images');
    await entry(page, /^Sample library/u).click();
    await isCurrent(page, /^Sample library/u).toBe('true');
    expect(await searchBox(page).inputValue()).toBe('banner');
    await seesCount(page, '26 images');

    await entry(page, /^Other files/u).click();
    await page.getByText('No image matches this search').waitFor();
    expect(await searchBox(page).inputValue()).toBe('banner');
    await searchFor(page, 'ext:png OR -banner', '24 images');
    await page.getByRole('button', { name: 'Search everywhere, not only in Other files' }).click();
    await isCurrent(page, /^All images/u).toBe('true');
    expect(await searchBox(page).inputValue()).toBe('ext:png OR -banner');

    // In the opposite order: the scope first, then the text.
    await searchBox(page).fill('');
    await entry(page, /^Other files/u).click();
    await seesCount(page, '24 images');
    await searchFor(page, 'banner', '0 images');
    await page.getByRole('button', { name: 'Show all images' }).click();
    await seesCount(page, '2,000 images');
    expect(await searchBox(page).inputValue()).toBe('');
  });

  host.test('a scope is taken away with Backspace, and outlives a new page', async () => {
    const app = await host.open();
    const { page } = app;
    await openSampleLibrary(page);
    await entry(page, /^Other files/u).click();
    await seesCount(page, '24 images');
    await searchFor(page, 'ext:png', '0 images');
    // A window saves its view state every 300 ms, a tab also when it is closed.
    if (host.name === 'browser') await page.reload();
    await page.getByRole('group', { name: 'Searching in Other files' }).waitFor();
    expect(await searchBox(page).inputValue()).toBe('ext:png');
    await searchBox(page).press('Home');
    await page.keyboard.press('Backspace');
    await isCurrent(page, /^All images/u).toBe('true');
    expect(await searchBox(page).inputValue()).toBe('ext:png');
  });
});
