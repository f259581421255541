import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { forEachHost } from './support/journeys.ts';
import { expectedHashes, hashesIn, putInTheWay, sampleCount, sampleSearch } from './support/sample-download.ts';
import { countSelected, dialog, footer, seeOrder, syncSays } from './support/steps.ts';

forEachHost((host) => {
  host.test('the first journey by keyboard alone', async () => {
    const app = await host.open();
    const { page } = app;
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Open the sample library' }).waitFor();
    await tabTo(page, 'Open the sample library');
    await keyboard.press('Enter');
    await seesCount(page, '2,000 images');
    await syncSays(page, /Synced /u).waitFor();

    await keyboard.press('/');
    await keyboard.type('ext:png size:big');
    await page.getByText('size: expects a size such as 500kb, not "big"').waitFor();
    await keyboard.press('Escape');
    await keyboard.type('photo');
    // As in other apps, typing replaces the previous search.
    await keyboard.press('Enter');
    await keyboard.press('Control+f');
    await keyboard.type(sampleSearch.text);
    await seesCount(page, `${sampleCount} images`);
    await tabTo(page, 'Sort: Newest first');
    await keyboard.press('Enter');
    await expect.poll(() => nameOfFocused(page)).toBe('Newest first');
    await keyboard.type('Name');
    await expect.poll(() => nameOfFocused(page)).toBe('Name, A to Z');
    await keyboard.press('Enter');
    await expect.poll(() => nameOfFocused(page)).toBe('Sort: Name, A to Z');
    await seeOrder(page, /^1 of \d+, 1fadb5/u);

    await selectByKeys(page);
    const destination = join(app.home, 'Pictures');
    const taken = putInTheWay(destination);
    await planDownload(page, destination, taken.name);
    await keyboard.press('ControlOrMeta+J');
    const panel = page.getByRole('region', { name: 'Transfers' });
    await panel.getByRole('button', { name: 'Pause' }).waitFor();
    await tabTo(page, 'Pause');
    await keyboard.press('Enter');
    await panel.getByText('Paused', { exact: true }).waitFor();

    const again = await app.restart();
    await resume(again.page);
    expect(hashesIn(destination)).toEqual(await expectedHashes(host.name));
    expect(taken.content()).toContain('my own words');
  });
});

async function selectByKeys(page: Page): Promise<void> {
  const { keyboard } = page;
  await keyboard.press('/');
  await keyboard.press('Enter');
  await keyboard.press('ArrowRight');
  await keyboard.press('Space');
  await countSelected(page, '1');
  await keyboard.press('Shift+ArrowRight');
  await keyboard.press('Shift+ArrowRight');
  await countSelected(page, '3');
  await keyboard.press('Escape');
  await footer(page).getByText('Nothing selected').waitFor();
  await keyboard.press('ControlOrMeta+A');
  await countSelected(page, String(sampleCount));
}

async function planDownload(page: Page, destination: string, name: string): Promise<void> {
  const { keyboard } = page;
  await keyboard.press('ControlOrMeta+D');
  const plan = dialog(page, /^Download /u);
  await plan.getByRole('button', { name: /^New files/u }).waitFor();
  await tabTo(page, 'To');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type(destination);
  const collision = 'Name already in use: downloaded, skipped if identical';
  await plan.getByRole('button', { name: collision }).waitFor();
  await tabTo(page, `${collision} 1`);
  await keyboard.press('Enter');
  await plan.getByRole('list', { name: collision }).getByText(name, { exact: true }).waitFor();
  await tabTo(page, `Download ${sampleCount}`);
  await keyboard.press('Enter');
  await plan.waitFor({ state: 'detached' });
}

async function resume(page: Page): Promise<void> {
  const { keyboard } = page;
  await page.getByRole('group', { name: 'Transfers' }).getByRole('button', { name: 'Resume' }).waitFor();
  await keyboard.press('ControlOrMeta+J');
  const panel = page.getByRole('region', { name: 'Transfers' });
  await panel.getByRole('button', { name: 'Resume' }).waitFor();
  await tabTo(page, 'Resume');
  await keyboard.press('Enter');
  await panel.getByText('Done', { exact: true }).waitFor();
  await keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await keyboard.press('?');
  await dialog(page, 'Keyboard shortcuts').waitFor();
  await keyboard.press('Escape');
}

async function seesCount(page: Page, count: string): Promise<void> {
  await page.getByRole('region', { name: 'Gallery' }).getByText(count, { exact: true }).waitFor();
}

/** Presses Tab until the focused element has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await nameOfFocused(page);
    seen.push(focused);
    if (focused === name) return;
  }
  throw new Error(`“${name}” is not to be reached by Tab. Reached: ${seen.join(', ')}`);
}

type Element = {
  readonly textContent: string;
  readonly labels?: Iterable<{ readonly textContent: string }>;
  getAttribute(name: string): string | null;
};

function nameOfFocused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { activeElement: Element } };
    const { activeElement: focused } = document;
    const [label] = focused.labels ?? [];
    return (focused.getAttribute('aria-label') ?? label?.textContent ?? focused.textContent)
      .replaceAll(/\s+/gu, ' ')
      .trim();
  });
}
