import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The user's actions in the window, by accessible roles and names. */

export async function openSampleLibrary(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample library' }).click();
  await page.getByRole('status').getByText('2,000 images').waitFor();
  await syncSays(page, /Synced /u).waitFor();
}

export function searchBox(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Search images' });
}

/** Types a search and waits for its count. */
export async function searchFor(page: Page, text: string, found: string): Promise<void> {
  await searchBox(page).fill(text);
  await page.getByRole('region', { name: 'Gallery' }).getByText(found, { exact: true }).waitFor();
}

/** Sorts the result; `mark` is the scrubber's label at the first image, such as its first letter. */
export async function sortBy(page: Page, order: string, mark: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Sort: /u }).click();
  await page.getByRole('menuitemradio', { name: order }).click();
  await seeOrder(page, mark);
}

/** Waits for the new order, as the old one stays visible until then. */
export async function seeOrder(page: Page, mark: RegExp): Promise<void> {
  const scrubber = page.getByRole('slider', { name: 'Place in the result' });
  await expect.poll(() => scrubber.getAttribute('aria-valuetext'), { timeout: 30_000 }).toMatch(mark);
}

/** Finds a tile by its visible row and column. */
export function tileAt(page: Page, row: number, column: number): Locator {
  return page.locator(`[role="row"][aria-rowindex="${row}"] [role="gridcell"][aria-colindex="${column}"]`);
}

export function tileOf(page: Page, name: string): Locator {
  return page.getByRole('gridcell', { name: new RegExp(`^${escapeRegExp(name)} `, 'u') });
}

export function footer(page: Page): Locator {
  return page.getByRole('contentinfo');
}

export function syncSays(page: Page, text: string | RegExp): Locator {
  return page.getByRole('group', { name: 'Sync' }).getByRole('button').filter({ hasText: text });
}

/** Waits until exactly this many images are selected. */
export async function countSelected(page: Page, count: string): Promise<void> {
  await footer(page).getByText(`${count} selected`, { exact: true }).waitFor();
}

/** Finds the dialog with this title. */
export function dialog(page: Page, title: string | RegExp): Locator {
  return page.getByRole('dialog', { name: title });
}

export async function planTo(page: Page, destination: string): Promise<Locator> {
  await footer(page).getByRole('button', { name: 'Download…' }).click();
  const plan = dialog(page, /^Download /u);
  await plan.getByRole('textbox', { name: 'To', exact: true }).fill(destination);
  return plan;
}

export async function openTransfers(page: Page): Promise<Locator> {
  const panel = page.getByRole('region', { name: 'Transfers' });
  if (!(await panel.isVisible())) {
    await page.getByRole('group', { name: 'Transfers' }).getByRole('button').first().click();
    await panel.waitFor();
  }
  return panel;
}

export async function accountMenu(page: Page, account: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${account}` }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Pastes a text into a field, as a user does. */
export async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const page = globalThis as unknown as InPage;
    const clipboardData = new page.DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new page.ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    (element as unknown as { dispatchEvent(event: object): void }).dispatchEvent(event);
  }, text);
}

type InPage = {
  readonly DataTransfer: new () => { setData(type: string, text: string): void };
  readonly ClipboardEvent: new (type: string, settings: object) => object;
};

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** Waits until a tile's image has loaded. */
export async function seePicture(tile: Locator): Promise<void> {
  const width = () =>
    tile.getByRole('presentation').evaluateAll((images) => (images[0] as { naturalWidth?: number }).naturalWidth ?? 0);
  await expect.poll(width, { timeout: 30_000 }).toBeGreaterThan(0);
}
