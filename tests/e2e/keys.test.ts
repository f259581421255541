import type { CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createCli } from '../support/cli.ts';
import { openInBrowser } from './support/journeys.ts';
import { countSelected, dialog, footer, openTransfers, searchBox, searchFor } from './support/steps.ts';

/** Opens a sample library that is already synced. */
async function openLibrary() {
  const cli = createCli();
  expect((await cli.run(['sample', '--count', '300'])).code).toBe(0);
  expect((await cli.run(['sync'])).code).toBe(0);
  const app = await openInBrowser({ home: cli.home });
  await app.page.getByRole('gridcell').first().waitFor();
  return { page: app.page };
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Images' });
const columns = async (page: Page) => Number(await grid(page).getAttribute('aria-colcount'));

test('+ and - zoom from every key that types them', async () => {
  const { page } = await openLibrary();
  for (const larger of ['+', 'Shift+Equal', 'NumpadAdd']) {
    const before = await columns(page);
    await page.keyboard.press(larger);
    await expect.poll(() => columns(page), { message: larger }).toBeLessThan(before);
    await page.keyboard.press(larger === 'NumpadAdd' ? 'NumpadSubtract' : '-');
    await expect.poll(() => columns(page), { message: `back from ${larger}` }).toBe(before);
  }
});

test('what is typed with nothing in focus is searched for, whatever letter it begins with', async () => {
  const { page } = await openLibrary();
  for (const text of ['logo', 'string', 'Title', 'image', '2026', '"q1']) {
    await page.getByRole('heading', { name: 'Contact Sheet' }).click();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.type(text);
    await expect.poll(() => searchBox(page).inputValue()).toBe(text);
    await page.keyboard.press('Escape');
  }
  // In the gallery too, where Space selects.
  await grid(page).focus();
  await page.keyboard.type('banner');
  await expect.poll(() => searchBox(page).inputValue()).toBe('banner');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.getByRole('region', { name: 'Transfers' }).count()).toBe(0);
  expect(await page.getByRole('group', { name: 'Sync' }).innerText()).not.toMatch(/Syncing/u);
});

test('keys that an input method takes act on its text alone', async () => {
  const { page } = await openLibrary();
  const devtools = await page.context().newCDPSession(page);
  await searchFor(page, 'logo', await countOf(page, 'logo'));
  await searchBox(page).press('End');
  for (const key of ['Escape', 'Enter', 'ArrowDown', 'ArrowUp', 'Tab'] as const) {
    await compose(devtools, 'か');
    await expect.poll(() => searchBox(page).inputValue()).toBe('logoか');
    if (key !== 'Tab') await page.keyboard.press(key);
    expect(await searchBox(page).inputValue(), key).toBe('logoか');
    expect(await focused(page), key).toBe('search');
    await compose(devtools, '');
  }

  // In a dialog's fields, Enter submits no form and Escape closes nothing.
  await searchFor(page, '', '300 images');
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+G');
  const go = dialog(page, 'Go to an image');
  await go.getByRole('textbox').fill('#7');
  for (const key of ['Enter', 'Escape']) {
    await compose(devtools, 'か');
    await page.keyboard.press(key);
    expect(await go.isVisible(), key).toBe(true);
    expect(await go.getByRole('textbox').inputValue(), key).toBe('#7か');
    await compose(devtools, '');
  }
  // After the composition, the page handles these keys again.
  await page.keyboard.press('Escape');
  await go.waitFor({ state: 'detached' });
});

test('Escape closes what lies topmost, one thing at a time, and the selection can be brought back', async () => {
  const { page } = await openLibrary();
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, '300');
  const panel = await openTransfers(page);
  await page.getByRole('button', { name: /^Sort: /u }).click();
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await panel.isVisible()).toBe(true);

  await page.getByRole('group', { name: 'Sync' }).getByRole('button').first().click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await panel.isVisible()).toBe(true);

  // The gallery has the focus, but the panel is still topmost.
  await grid(page).focus();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await countSelected(page, '300');
  await grid(page).focus();
  await page.keyboard.press('Escape');
  await footer(page).getByText('Nothing selected').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await countSelected(page, '300');

  // A click on an image replaces the selection, and undo restores it.
  await page.getByRole('gridcell').nth(2).click();
  await page.getByRole('gridcell').nth(3).click();
  await countSelected(page, '1');
  await page.getByRole('button', { name: 'Undo' }).click();
  await countSelected(page, '300');
});

test('what another act takes from a selection made by hand can be brought back', async () => {
  const { page } = await openLibrary();
  const tile = (index: number) => page.getByRole('gridcell').nth(index);
  await tile(2).click();
  for (const other of [5, 9]) await tile(other).click({ modifiers: ['ControlOrMeta'] });
  await countSelected(page, '3');
  const acts: readonly (readonly [string, () => Promise<void>])[] = [
    ['300', () => page.keyboard.press('ControlOrMeta+A')],
    ['4', () => tile(12).click({ modifiers: ['Shift'] })],
    ['5', () => grid(page).press('Shift+ArrowRight')],
    ['Nothing', () => page.keyboard.press('ControlOrMeta+Shift+X')],
  ];
  for (const [count, act] of acts) {
    await act();
    if (count === 'Nothing') await footer(page).getByText('Nothing selected').waitFor();
    else await countSelected(page, count);
    await page.getByRole('button', { name: 'Undo' }).click();
    await countSelected(page, '3');
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
  }

  // Another end of the same range deselects no individually selected image.
  await tile(1).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  for (const [end, count] of [
    [6, '6'],
    [3, '3'],
  ] as const) {
    await tile(end).click({ modifiers: ['Shift'] });
    await countSelected(page, count);
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBeLessThan(2);
  }
});

test('in a narrow window Escape closes the panel over the gallery first', async () => {
  const { page } = await openLibrary();
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.setViewportSize({ width: 600, height: 800 });
  await page.keyboard.press('ControlOrMeta+B');
  const sidebar = page.getByRole('navigation').first();
  await sidebar.waitFor();
  await page.keyboard.press('Escape');
  await sidebar.waitFor({ state: 'detached' });
  await countSelected(page, '300');
});

async function countOf(page: Page, text: string): Promise<string> {
  await searchBox(page).fill(text);
  const gallery = page.getByRole('region', { name: 'Gallery' });
  await gallery.and(page.locator('[aria-busy="false"]')).waitFor();
  return gallery
    .getByText(/images?$/u)
    .first()
    .innerText();
}

/** Composes text like an input method; an empty text cancels the composition. */
async function compose(devtools: CDPSession, text: string): Promise<void> {
  await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.id');
}
