import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import { namedImages, type FakeEntry } from '../support/fake-api/fake-image.ts';
import { addAndSync } from './support/account-steps.ts';
import { accessibilityProblems } from './support/axe.ts';
import { forEachHost } from './support/journeys.ts';
import { layoutProblems } from './support/layout.ts';
import { accountMenu, dialog, openTransfers, planTo } from './support/steps.ts';

/** Hostile values for a name or any other remote text. */
const hostile = [
  '<img src=x onerror="globalThis.wasRun=1">.png',
  '</script><script>globalThis.wasRun=1</script>.png',
  '{{constructor.constructor("globalThis.wasRun=1")()}}${globalThis.wasRun=1}.png',
  '\u202Egnp.exe\u202D\u2066right to left\u2069.png',
  'bell\u0007 escape\u001B[31m zero\u200Bwidth\uFEFF.png',
  'javascript:globalThis.wasRun=1//.png',
  'שלום עולם مرحبا.png',
  `${'long name '.repeat(550)}.png`,
  `${'W'.repeat(8000)}.png`,
];
/** A name too long for a URL: the record is shown as malformed. */
const tooLong = `${'W'.repeat(10_000)}.png`;
const malformed = {
  imageID: '<svg onload="globalThis.wasRun=1">',
  imageURL: `javascript:globalThis.wasRun=1 \u202E ${'x'.repeat(5000)}`,
  size: '</pre><script>globalThis.wasRun=1</script>',
};

function hostileEntries(): FakeEntry[] {
  return [...namedImages([...hostile, tooLong].map(encodeURIComponent)), { raw: malformed }];
}

forEachHost((host) => {
  host.test('shows what comes from elsewhere as text, wherever it is shown', async () => {
    const api = await startFakeApi({ library: hostileEntries() });
    onTestFinished(() => api.close());
    const app = await host.open();
    const { page } = app;
    const subject = { origin: api.origin, userId: '4711', key: 'right-key-0123456789' };
    const account = '<b onclick=alert(1)>Brand</b> {name} \u05D0';
    await addAndSync(page, account, subject, /session/u);
    await seeGallery(page);
    await isIntact(page);

    const destination = join(app.home, 'Pictures');
    await page.keyboard.press('ControlOrMeta+A');
    const plan = await planTo(page, destination);
    for (const line of await plan.getByRole('list').first().getByRole('button').all()) {
      await line.click();
      await isIntact(page);
    }
    await plan.getByRole('button', { name: /^Download \d/u }).click();
    const panel = await openTransfers(page);
    await panel.getByText(/^Done|Some failed$/u).waitFor();
    await panel.getByRole('button', { name: /^Show the files of / }).click();
    await panel.getByRole('listitem').first().waitFor();
    await isIntact(page);
    await panel.getByRole('button', { name: 'Close transfers' }).click();

    await accountMenu(page, account, 'Sync journal');
    const journal = dialog(page, /^Sync journal of /u);
    await journal.getByRole('button', { name: '2 malformed records' }).click();
    await textOf(journal.getByRole('list', { name: 'Records that aren’t images' }), '<svg onload=');
    await isIntact(page);
    await page.keyboard.press('Escape');
    await accountMenu(page, account, 'Edit…');
    await isIntact(page);
    await page.keyboard.press('Escape');
  });
});

/** Checks that every name is shown exactly by one tile and by the inspector. */
async function seeGallery(page: Page): Promise<void> {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const tiles = page.getByRole('gridcell');
  await expect.poll(() => tiles.count()).toBe(hostile.length);
  for (const [index, name] of hostile.entries()) {
    const shown = visible(name);
    await tiles.nth(index).click();
    expect(await tiles.nth(index).textContent()).toContain(shown);
    await expect.poll(() => inspector.getByRole('heading').first().textContent()).toBe(shown);
    await isIntact(page);
  }
}

/** Returns a name as shown: in NFC, otherwise unchanged. */
function visible(name: string): string {
  return name.normalize('NFC');
}

async function textOf(place: Locator, text: string): Promise<void> {
  await expect.poll(() => place.textContent()).toContain(text);
}

/** Checks at both sizes that no script ran, no text became an element, and nothing is wider than the window. */
async function isIntact(page: Page): Promise<void> {
  expect(await page.evaluate('globalThis.wasRun')).toBeUndefined();
  for (const size of [
    { width: 800, height: 600 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    expect(await layoutProblems(page)).toEqual([]);
  }
  expect(await accessibilityProblems(page)).toEqual([]);
}
