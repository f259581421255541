import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a person does in the window, by the roles and names that they meet. */

export async function openSampleLibrary(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample library' }).click();
  await page.getByRole('status').getByText('2,000 images').waitFor();
  await syncSays(page, /Synced /u).waitFor();
}

export function searchBox(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Search images' });
}

/** Types a search and waits for how many it finds. */
export async function searchFor(page: Page, text: string, found: string): Promise<void> {
  await searchBox(page).fill(text);
  await page.getByRole('region', { name: 'Gallery' }).getByText(found, { exact: true }).waitFor();
}

/** `mark` is what the scrubber then says of the first image, such as its first letter. */
export async function sortBy(page: Page, order: string, mark: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Sort: /u }).click();
  await page.getByRole('menuitemradio', { name: order }).click();
  await seeOrder(page, mark);
}

/** The old order stays in sight until the new one is there. */
export async function seeOrder(page: Page, mark: RegExp): Promise<void> {
  const place = page.getByRole('slider', { name: 'Place in the result' });
  await expect.poll(() => place.getAttribute('aria-valuetext'), { timeout: 30_000 }).toMatch(mark);
}

/** Tiles in the order in which they are seen. */
export function tileAt(page: Page, row: number, column: number): Locator {
  return page.locator(`[role="row"][aria-rowindex="${row}"] [role="gridcell"][aria-colindex="${column}"]`);
}

export function tileOf(page: Page, name: string): Locator {
  return page.getByRole('gridcell', { name: new RegExp(`^${escaped(name)} `, 'u') });
}

export function footer(page: Page): Locator {
  return page.getByRole('contentinfo');
}

export function syncSays(page: Page, text: string | RegExp): Locator {
  return page.getByRole('group', { name: 'Sync' }).getByRole('button').filter({ hasText: text });
}

/** Waits until so many are selected, and no others. */
export async function countSelected(page: Page, count: string): Promise<void> {
  await footer(page).getByText(`${count} selected`, { exact: true }).waitFor();
}

/** The dialog with this title. */
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

/** Puts a text on the clipboard of the page's field as a person does who pastes it. */
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** Waits until the picture of a tile has come. */
export async function seePicture(tile: Locator): Promise<void> {
  const width = () =>
    tile.getByRole('presentation').evaluateAll((images) => (images[0] as { naturalWidth?: number }).naturalWidth ?? 0);
  await expect.poll(width, { timeout: 30_000 }).toBeGreaterThan(0);
}
