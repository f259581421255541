import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { forEachHost } from './support/journeys.ts';
import {
  expectedHashes,
  hashesIn,
  picturesIn,
  putInTheWay,
  sampleCount,
  sampleSearch,
} from './support/sample-download.ts';
import {
  countSelected,
  footer,
  openSampleLibrary,
  openTransfers,
  planTo,
  searchBox,
  searchFor,
  sortBy,
  tileAt,
} from './support/steps.ts';

const count = String(sampleCount);

forEachHost((host) => {
  host.test('from the first start to files on the disk, by mouse, over a pause and a restart', async () => {
    const app = await host.open();
    const destination = join(app.home, 'Pictures', 'Summer survey');
    await openSampleLibrary(app.page);
    await makeMistake(app.page);
    await selectInAllWays(app.page);
    const taken = putInTheWay(destination);
    await planWithCollision(app.page, destination, taken.name);
    await pauseDownload(app.page);
    expect(picturesIn(destination).length).toBeLessThan(sampleCount);

    const again = await app.restart();
    await resumeDownload(again.page);
    expect(hashesIn(destination)).toEqual(await expectedHashes(host.name));
    expect(taken.content()).toContain('my own words');
    expect(await again.close()).toBe(0);
  });
});

/** Checks that a mistake is underlined and explained, and that the rest of the search works. */
async function makeMistake(page: Page): Promise<void> {
  await searchFor(page, 'ext:png size:big', `${sampleSearch.leftOut} images`);
  const box = searchBox(page);
  expect(await box.getAttribute('aria-invalid')).toBe('true');
  const explained = page.getByRole('search').getByRole('listitem');
  expect(await explained.allTextContents()).toEqual(['size: expects a size such as 500kb, not "big"']);
  expect(await underlineOf(page.getByRole('search').getByText('size:big', { exact: true }))).toContain('underline');
  await searchFor(page, sampleSearch.text, `${count} images`);
  expect(await box.getAttribute('aria-invalid')).toBeNull();
}

async function selectInAllWays(page: Page): Promise<void> {
  await sortBy(page, 'Size, smallest first', /, [\d.]+ (?:B|KB|bytes?)$/u);
  await tileAt(page, 1, 1).click();
  await countSelected(page, '1');
  await tileAt(page, 1, 3).click({ modifiers: ['ControlOrMeta'] });
  await countSelected(page, '2');
  await tileAt(page, 2, 2).click({ modifiers: ['Shift'] });
  await footer(page).getByRole('button', { name: 'Invert selection' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, count);
  await footer(page).getByRole('button', { name: 'Invert selection' }).click();
  await footer(page).getByText('Nothing selected').waitFor();
  await footer(page).getByRole('button', { name: 'Select all' }).click();
  await countSelected(page, count);
}

async function planWithCollision(page: Page, destination: string, name: string): Promise<void> {
  const plan = await planTo(page, destination);
  const line = plan.getByRole('button', { name: /^Name already in use: downloaded/u });
  await line.click();
  const listed = plan.getByRole('list', { name: /^Name already in use/u });
  await expect.poll(() => listed.textContent()).toContain(name);
  await plan.getByRole('checkbox', { name: 'Manifest and SHA256SUMS' }).check();
  await plan.getByRole('button', { name: `Download ${count}` }).click();
}

async function pauseDownload(page: Page): Promise<void> {
  const panel = await openTransfers(page);
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  await panel.getByText('Paused', { exact: true }).waitFor();
}

/** Resumes the download where it stopped, and checks its entry in the history. */
async function resumeDownload(page: Page): Promise<void> {
  await page
    .getByRole('group', { name: 'Transfers' })
    .getByRole('button', { name: /^Paused /u })
    .waitFor();
  const panel = await openTransfers(page);
  await panel.getByRole('button', { name: 'Resume', exact: true }).click();
  await panel.getByText('Done', { exact: true }).waitFor();
  await panel.getByText(new RegExp(`^${count} saved, `, 'u')).waitFor();
  await panel.getByRole('button', { name: /^Show the files of / }).click();
  await panel.getByRole('listitem').filter({ hasText: 'Saved' }).first().waitFor();
}

function underlineOf(text: Locator): Promise<string> {
  return text.evaluate((element) => {
    const page = globalThis as unknown as { getComputedStyle(of: unknown): { textDecorationLine: string } };
    return page.getComputedStyle(element).textDecorationLine;
  });
}
