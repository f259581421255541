import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startFakeApi, type FakeApi } from '../support/fake-api/fake-api.ts';
import { sampleImages } from '../support/fake-api/fake-image.ts';
import { faults, malformedRecords } from '../support/fake-api/faults.ts';
import { addAndSync, curlCommand, fillByCommand, keyField, openAccountForm } from './support/account-steps.ts';
import { forEachHost, type Host, type RunningApp } from './support/journeys.ts';
import { putInTheWay } from './support/sample-download.ts';
import { lookAt } from './support/states.ts';
import {
  accountMenu,
  countSelected,
  dialog,
  footer,
  openSampleLibrary,
  openTransfers,
  paste,
  planTo,
  searchBox,
  searchFor,
  sortBy,
  syncSays,
  tileAt,
} from './support/steps.ts';

const subject = { userId: '4711', key: 'right-key-0123456789' };
const missingPictures = /Failed to load resource/u;

async function openApi(): Promise<FakeApi> {
  const api = await startFakeApi({ library: [...sampleImages(150, 3), ...malformedRecords.map((raw) => ({ raw }))] });
  onTestFinished(() => api.close());
  return api;
}

forEachHost((host) => {
  /** Each theme is checked on one host. */
  const theme = host.name === 'browser' ? 'light' : 'dark';

  host.test('every state of a library and its search can be looked at', async () => {
    const app = await host.open({ theme, expectedFaults: missingPictures });
    const look = lookOn(host, app);
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    await app.page.getByRole('button', { name: 'Open the sample library' }).waitFor();
    await look('first-run');
    await openSampleLibrary(app.page);
    await look('gallery');
    await searches(app.page, look);
    await dialogs(app.page, look);
    await plans(app, look, host.name);
    expect(app.faults).toEqual([]);
  });

  host.test('every state of an account, a sync and a download can be looked at', async () => {
    const api = await openApi();
    const app = await host.open({ theme, expectedFaults: missingPictures });
    const look = lookOn(host, app);
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    await accountForm(app.page, api, look);
    await addAndSync(app.page, 'Brand team', { ...subject, origin: api.origin }, /session/u);
    await accountDialogs(app.page, look);
    await syncs(app.page, api, look);
    await transfers(app, api, look);
    expect(app.faults).toEqual([]);
  });
});

type Look = (name: string) => Promise<void>;

function lookOn({ name }: Host, { page }: RunningApp): Look {
  return (state) => lookAt(page, state, name === 'browser');
}

async function searches(page: Page, look: Look): Promise<void> {
  await searchFor(page, 'banner', '26 images');
  await look('search');
  await searchBox(page).fill('banner size:big ext: colour:red');
  await page.getByRole('search').getByRole('listitem').first().waitFor();
  await look('mistakes');
  await searchBox(page).fill('no such picture');
  await page.getByText('No image matches this search').waitFor();
  await look('nothing-found');
  await searchFor(page, '', '2,000 images');
  await sortBy(page, 'Name, A to Z', /^1 of/u);
  await page.getByRole('button', { name: /^Sort: /u }).click();
  await look('sort-menu');
  await page.keyboard.press('Escape');
  await tileAt(page, 1, 1).click();
  await tileAt(page, 1, 2).click({ modifiers: ['ControlOrMeta'] });
  await countSelected(page, '2');
  await look('selection');
}

async function dialogs(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('ControlOrMeta+G');
  await dialog(page, 'Go to an image').waitFor();
  await look('go-to');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await dialog(page, 'Keyboard shortcuts').waitFor();
  await look('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await dialog(page, 'Settings')
    .getByText(/^Contact Sheet \d/u)
    .waitFor();
  await look('settings');
  await page.keyboard.press('Escape');
}

async function plans({ page, home }: RunningApp, look: Look, host: string): Promise<void> {
  const destination = join(home, 'Pictures');
  mkdirSync(join(destination, 'Older ones'), { recursive: true });
  putInTheWay(destination);
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, '2,000');
  const plan = await planTo(page, destination);
  await plan.getByRole('button', { name: /^Name already in use/u }).click();
  await plan
    .getByRole('list', { name: /^Name already in use/u })
    .getByRole('listitem')
    .first()
    .waitFor();
  await look('plan');
  await plan.getByRole('textbox', { name: 'Name' }).fill('{account}/{nmae}');
  await plan.getByRole('button', { name: 'Placeholders' }).click();
  await plan.getByText(/At character 12:/u).waitFor();
  await look('plan-template-mistake');
  await plan.getByRole('button', { name: 'Placeholders' }).click();
  await plan.getByRole('button', { name: 'Reset to default' }).click();
  // In a window, the system's own folder dialog opens.
  if (host === 'browser') {
    await plan.getByRole('button', { name: 'Browse…' }).click();
    await plan.getByRole('button', { name: 'Older ones' }).waitFor();
    await look('folder-browser');
  }
  await page.keyboard.press('Escape');
}

async function accountForm(page: Page, { origin }: FakeApi, look: Look): Promise<void> {
  const form = await openAccountForm(page);
  await form.getByRole('radio', { name: /passphrase/u }).waitFor();
  await look('account');
  await form.getByRole('button', { name: 'Add account' }).click();
  await form.getByText('Enter the API key of the account.').waitFor();
  await look('account-mistakes');
  await fillByCommand(form, 'Brand team', { ...subject, origin });
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('It works').waitFor();
  await form.getByRole('radio', { name: /passphrase/u }).check();
  await look('account-works');
  await paste(keyField(form), curlCommand({ ...subject, origin: 'http://127.0.0.1:9' }));
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('The connection was refused').waitFor();
  await look('account-refused');
  await page.keyboard.press('Escape');
}

async function accountDialogs(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'Actions for Brand team' }).click();
  await look('account-menu');
  await page.keyboard.press('Escape');
  await accountMenu(page, 'Brand team', 'Edit…');
  await look('account-edit');
  await page.keyboard.press('Escape');
  await accountMenu(page, 'Brand team', 'Enter a new key…');
  await look('account-key');
  await page.keyboard.press('Escape');
  await accountMenu(page, 'Brand team', 'Remove…');
  await look('account-remove');
  const remove = dialog(page, 'Remove “Brand team”');
  await remove.getByRole('radio', { name: 'Delete its catalogue too' }).check();
  await remove.getByRole('button', { name: 'Continue…' }).click();
  await look('account-remove-sure');
  await page.keyboard.press('Escape');
}

async function syncs(page: Page, api: FakeApi, look: Look): Promise<void> {
  const start = page.getByRole('group', { name: 'Sync' }).getByRole('button', { name: /^Sync now/u });
  const popover = page.getByRole('dialog', { name: 'Sync' });
  api.library.upload(250);
  api.faultCalls(faults.stall('no-head'), { page: 2 });
  await start.click();
  await syncSays(page, /Page \d/u).click();
  await popover.getByRole('button', { name: 'Cancel' }).waitFor();
  await look('sync-running');
  await popover.getByRole('button', { name: 'Cancel' }).click();
  await syncSays(page, /Sync stopped/u).waitFor();
  api.clearFaults();
  api.faultCalls(faults.documented(401));
  await popover.getByRole('button', { name: 'Try again' }).click();
  await popover.getByRole('button', { name: 'Enter a new key…' }).waitFor();
  await look('sync-failed');
  api.clearFaults();
  api.faultCalls(faults.throttled({ seconds: 30 }), {}, 1);
  await popover.getByRole('button', { name: 'Try again' }).click();
  await popover.getByText(/Continues in/u).waitFor();
  await look('sync-throttled');
  await popover.getByRole('button', { name: 'Cancel' }).click();
  await popover.getByRole('button', { name: 'Sync journal' }).click();
  const journal = dialog(page, 'Sync journal');
  await journal.getByRole('button', { name: '8 malformed records' }).click();
  await journal.getByRole('list', { name: 'Records that aren’t images' }).waitFor();
  await look('journal');
  await page.keyboard.press('Escape');
}

async function transfers({ page, home }: RunningApp, api: FakeApi, look: Look): Promise<void> {
  const images = api.library.images().filter(({ path }) => /\.(?:jpe?g|png)$/iu.test(path));
  const isOld = ({ id }: { id: number }) => id < 1_000_440;
  for (const { id } of images.filter(isOld).slice(-4)) api.faultFiles(faults.missing(), { id });
  for (const { id } of images.filter(isOld).slice(-8, -4)) api.faultFiles(faults.stall(0.4), { id });
  await searchFor(page, 'ext:jpg,jpeg,png id:<1000440', `${images.filter(isOld).length} images`);
  await sortBy(page, 'Oldest first', /^1 of .*10000\d\d$/u);
  await tileAt(page, 1, 1)
    .getByText(/gone|no longer|not found|not there|missing|404/iu)
    .first()
    .waitFor();
  await look('broken-tiles');
  await page.keyboard.press('ControlOrMeta+A');
  const plan = await planTo(page, join(home, 'Pictures'));
  await plan.getByRole('button', { name: /^Download \d/u }).click();
  const panel = await openTransfers(page);
  await panel
    .getByText(/4 failed/u)
    .first()
    .waitFor();
  await look('transfers-running');
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  await panel.getByText('Paused', { exact: true }).waitFor();
  await look('transfers-paused');
  api.clearFaults();
  for (const { id } of images.filter(isOld).slice(-4)) api.faultFiles(faults.missing(), { id });
  await panel.getByRole('button', { name: 'Resume', exact: true }).click();
  await panel.getByText('Some failed', { exact: true }).waitFor();
  await look('transfers-failed');
  await panel.getByRole('button', { name: /^Show the files of / }).click();
  await panel.getByRole('radio', { name: 'Failed 4' }).check({ force: true });
  await panel.getByRole('listitem').first().waitFor();
  await look('transfers-files');
  // The server has no such files: a retry can't help, a new download can.
  expect(await panel.getByRole('button', { name: /^Retry/u }).count()).toBe(0);
  api.clearFaults();
  await panel.getByRole('button', { name: 'Back to all downloads' }).click();
  const again = await planTo(page, join(home, 'Pictures'));
  await again.getByRole('button', { name: 'Download 4' }).click();
  await panel.getByText(/^Done/u).first().waitFor();
  await look('transfers-done');
  expect(await footer(page).isVisible()).toBe(true);
}
