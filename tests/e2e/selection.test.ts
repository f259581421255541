import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createCli } from '../support/cli.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { addAccount, startApi, withKey } from '../integration/cli/support.ts';
import { forEachHost } from './support/journeys.ts';
import { accountMenu, countSelected, dialog, openSampleLibrary, planTo, sortBy, tileAt } from './support/steps.ts';

/** Image errors are irrelevant to these tests. */
const missingPictures = /Failed to load resource/u;

forEachHost((host) => {
  host.test('what was selected stays selected while sizes become exact, and is what a download fetches', async () => {
    const app = await host.open({ expectedFaults: missingPictures });
    const { page } = app;
    await openSampleLibrary(page);
    await foundBy(page, '-is:other');
    await sortBy(page, 'Size, largest first', /^1 of 1,\d+, [\d.]+ MB$/u);
    await tileAt(page, 1, 1).click();
    await tileAt(page, 2, 1).click({ modifiers: ['Shift'] });
    await countSelected(page, '5');
    const names = await selectedNames(page);
    await page
      .getByRole('status')
      .getByText(/^[\d,]+ exact$/u)
      .waitFor();
    // Each size that became exact may move its image: the current order counts.
    await sortBy(page, 'Name, A to Z', /^1 of 1,\d+, (?![\d.]+ MB$)/u);
    await sortBy(page, 'Size, largest first', /^1 of 1,\d+, [\d.]+ MB$/u);
    await countSelected(page, '5');
    const plan = await planTo(page, join(app.home, 'Pictures'));
    await plan.getByRole('button', { name: /^New files/u }).click();
    for (const name of names) await plan.getByText(name).first().waitFor();
    await dialog(page, 'Download 5 images').waitFor();
  });

  host.test('a click with Shift begins a new span where the last image is not in the result', async () => {
    const app = await host.open({ expectedFaults: missingPictures });
    const { page } = app;
    await openSampleLibrary(page);
    await tileAt(page, 1, 1).click();
    await foundBy(page, 'ext:gif');
    await tileAt(page, 1, 2).click({ modifiers: ['Shift'] });
    await countSelected(page, '1');
    expect(await tileAt(page, 1, 2).getAttribute('aria-selected')).toBe('true');
    await tileAt(page, 1, 4).click({ modifiers: ['Shift'] });
    await countSelected(page, '3');

    await foundBy(page, 'ext:webp');
    await tileAt(page, 1, 2).click({ modifiers: ['Shift', 'ControlOrMeta'] });
    await countSelected(page, '4');
    await tileAt(page, 1, 3).click({ modifiers: ['Shift', 'ControlOrMeta'] });
    await countSelected(page, '5');

    const svgs = await foundBy(page, 'ext:svg');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    // The range starts at the focused image.
    await page.keyboard.press('Shift+ArrowRight');
    await countSelected(page, '2');
    await page.keyboard.press('Shift+End');
    await countSelected(page, svgs.replace(' images', ''));
  });

  host.test('an Undo whose selection was released leaves what is selected', async () => {
    const { page } = await host.open({ expectedFaults: missingPictures });
    await openSampleLibrary(page);
    await tileAt(page, 1, 1).click();
    await tileAt(page, 1, 3).click({ modifiers: ['Shift'] });
    await countSelected(page, '3');
    await page.keyboard.press('Escape');
    // More changes than the undo history of a page holds.
    for (let time = 0; time < 17; time += 1) await page.keyboard.press('Space');
    await countSelected(page, '1');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('This selection is no longer kept').waitFor();
    await countSelected(page, '1');
    await expect.poll(() => selectedNames(page)).toHaveLength(1);
  });

  host.test(
    'a selection outlives a sync that misses its images, a reload, and says what an account takes along',
    async () => {
      const api = await startApi({ library: plainImages(120) });
      const cli = createCli();
      await addAccount(cli, api.origin);
      expect((await cli.run(['sync'], withKey)).code).toBe(0);
      const app = await host.open({ home: cli.home, expectedFaults: missingPictures });
      const { page } = app;
      await page.getByRole('status').getByText('120 images', { exact: true }).waitFor();
      await tileAt(page, 1, 1).click();
      await tileAt(page, 2, 2).click({ modifiers: ['Shift'] });
      const selected = await selectedNames(page);
      await countSelected(page, String(selected.length));

      api.library.remove(
        api.library
          .images()
          .slice(selected.length - 1, selected.length)
          .map(({ id }) => id),
      );
      expect((await cli.run(['sync'], withKey)).code).toBe(0);
      await page.getByRole('status').getByText('119 images', { exact: true }).waitFor();
      await countSelected(page, String(selected.length));
      await expect.poll(() => selectedNames(page)).toEqual(selected.slice(0, -1));

      await page.reload();
      await countSelected(page, String(selected.length));
      await expect.poll(() => selectedNames(page)).toEqual(selected.slice(0, -1));

      await accountMenu(page, 'Brand', 'Remove…');
      const removal = dialog(page, /^Remove /u);
      await removal.getByRole('radio', { name: /^Delete /u }).check();
      await removal.getByRole('button', { name: 'Continue…' }).click();
      await removal.getByRole('button', { name: /^Delete .* for good$/u }).click();
      await page.getByText(`${selected.length} selected images were removed with their account.`).waitFor();
    },
  );
});

async function selectedNames(page: Page): Promise<string[]> {
  const tiles = page.getByRole('gridcell', { selected: true });
  return tiles.evaluateAll((cells) =>
    cells.map(
      (cell) =>
        (cell as unknown as { querySelector(of: string): { textContent: string } }).querySelector('.name').textContent,
    ),
  );
}

/** Searches and returns the count in the gallery's header once the result is there. */
async function foundBy(page: Page, text: string): Promise<string> {
  await page.getByRole('textbox', { name: 'Search images' }).fill(text);
  await expect.poll(() => page.getByRole('region', { name: 'Gallery' }).getAttribute('aria-busy')).toBe('false');
  return (
    (await page
      .getByRole('status')
      .getByText(/ images?$/u)
      .textContent()) ?? ''
  );
}
