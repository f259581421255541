import type { Locator, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeApi, type FakeApi } from '../support/fake-api/fake-api.ts';
import { sampleImages } from '../support/fake-api/fake-image.ts';
import { openKeyring, type Keyring, type KeyringKind } from '../support/keyring.ts';
import { testNeeding } from '../support/lawful-skip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addAndSync, fillByCommand, openAccountForm } from './support/account-steps.ts';
import { openBrowserHost } from './support/browser-host.ts';
import { forEachHost } from './support/journeys.ts';
import { lookAt } from './support/states.ts';
import { accountMenu, dialog, openSampleLibrary, syncSays, tileAt } from './support/steps.ts';

const subject = { userId: '4711', key: 'right-key-0123456789' };
const name = 'Brand team';
const passphrase = 'correct horse battery';

type Look = (state: string) => Promise<void>;

async function openApi(): Promise<FakeApi> {
  const api = await startFakeApi({ library: sampleImages(60, 3) });
  onTestFinished(() => api.close());
  return api;
}

async function openKeyringOf(kind: KeyringKind): Promise<Keyring> {
  const keyring = await openKeyring(kind);
  onTestFinished(() => keyring.close());
  return keyring;
}

async function openBrowser(env: Readonly<Record<string, string>>, expectedFaults?: RegExp) {
  const home = temporaryFolder();
  const environment = { PATH: process.env['PATH'], ...env, HOME: home, CONTACT_SHEET_HOME: home };
  const app = await openBrowserHost({ environment, theme: 'light', expectedFaults });
  onTestFinished(app.kill);
  return app;
}

/** Syncs without access to the key, and opens the sidebar warning's dialog that fixes it. */
async function syncLocked(page: Page, title: string, look: Look): Promise<Locator> {
  await page
    .getByRole('group', { name: 'Sync' })
    .getByRole('button', { name: /^Sync now/u })
    .click();
  await syncSays(page, /Sync failed/u).waitFor();
  await look('sidebar-warning');
  await page.getByRole('button', { name: new RegExp(`^${name}: .+ Unlock…$`, 'u') }).click();
  return dialog(page, title);
}

forEachHost((host) => {
  host.test('a file of keys is unlocked, or given up with its account', async () => {
    const api = await openApi();
    const { page: first, ...before } = await host.open();
    const form = await openAccountForm(first);
    await fillByCommand(form, name, { ...subject, origin: api.origin });
    await form.getByRole('radio', { name: /passphrase/u }).check();
    await form.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await form.getByLabel('Repeat passphrase', { exact: true }).fill(passphrase);
    await form.getByRole('button', { name: 'Add account' }).click();
    await dialog(first, `“${name}” is added`).getByRole('button', { name: 'Later' }).click();

    const { page } = await before.restart();
    const look: Look = (state) => lookAt(page, state, host.name === 'browser');
    const unlock = await syncLocked(page, 'Unlock the file with your keys', look);
    await look('unlock-file');
    await unlock.getByLabel('Passphrase', { exact: true }).fill('not that one');
    await unlock.getByRole('button', { name: 'Unlock', exact: true }).click();
    await unlock.getByText(/doesn’t open the file/u).waitFor();
    await look('unlock-file-wrong');
    await page.keyboard.press('Escape');

    await accountMenu(page, name, 'Remove…');
    const remove = dialog(page, `Remove “${name}”`);
    await remove.getByRole('button', { name: 'Remove account' }).click();
    await remove.getByRole('checkbox', { name: /no longer have the passphrase/u }).waitFor();
    await look('account-remove-locked');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: new RegExp(`^${name}: .+ Unlock…$`, 'u') }).click();
    await unlock.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await unlock.getByRole('button', { name: 'Unlock', exact: true }).click();
    await unlock.getByText('The file with your keys is open.').waitFor();
    await look('unlock-file-done');
    await unlock.getByRole('button', { name: 'Sync now' }).click();
    await syncSays(page, /Synced /u).waitFor();
  });
});

describe('a keychain', () => {
  testNeeding('linux', 'that is locked is unlocked elsewhere, and tried again', async () => {
    const api = await openApi();
    const keyring = await openKeyringOf('unlocked');
    const { page } = await openBrowser(keyring.environment);
    await addAndSync(page, name, { ...subject, origin: api.origin }, /keychain/u);
    await keyring.lock();
    const look: Look = (state) => lookAt(page, state, true);
    const unlock = await syncLocked(page, 'The keychain is locked', look);
    await look('unlock-keychain');
    await unlock.getByRole('button', { name: 'Try again' }).click();
    await unlock.getByRole('alert').waitFor();
    await look('unlock-keychain-failed');
  });

  testNeeding('linux', 'that answers late moves none of the other places of the key', async () => {
    const keyring = await openKeyringOf('only-once');
    const { page } = await openBrowser(keyring.environment);
    // With room to grow, the whole dialog would move.
    await page.setViewportSize({ width: 1280, height: 1200 });
    await keyring.freeze();
    const form = await openAccountForm(page);
    await form.getByText('Asking whether it can be used…').waitFor();
    const session = form.getByRole('radio', { name: /session/u });
    const before = await session.boundingBox();
    await keyring.kill();
    await form.getByText('It can’t be used now.').waitFor();
    expect(await session.boundingBox()).toEqual(before);
    await form.getByRole('button', { name: 'Why?' }).click();
    await form.getByRole('button', { name: 'Try again' }).waitFor();
    await lookAt(page, 'account-keychain-why', true);
  });
});

test('a page whose host has ended says so, and what to do', async () => {
  const app = await openBrowser({}, /WebSocket|Failed to load/u);
  await openSampleLibrary(app.page);
  await app.endHost('SIGTERM');
  await app.page.getByText('Contact Sheet isn’t responding.').waitFor();
  await lookAt(app.page, 'connection-lost', true);
  expect(app.faults).toEqual([]);
});

forEachHost((host) => {
  host.test('the window is mirrored where its language runs from right to left', async () => {
    const { page, close } = await host.open();
    await page.locator('html').evaluate((element) => {
      (element as unknown as { dir: string }).dir = 'rtl';
    });
    await openSampleLibrary(page);
    await lookAt(page, 'right-to-left', host.name === 'browser');
    const edges = async (part: Locator) => {
      const { x = 0, width = 0 } = (await part.boundingBox()) ?? {};
      return { left: x, right: x + width };
    };
    const sidebar = await edges(page.getByRole('navigation'));
    const first = await edges(tileAt(page, 1, 1));
    const second = await edges(tileAt(page, 1, 2));
    const scrubber = await edges(page.getByRole('slider', { name: 'Place in the result' }));
    expect(sidebar.right).toBe(1280);
    expect(first.right).toBeLessThan(sidebar.left);
    expect(second.right).toBeLessThan(first.left);
    expect(scrubber.right).toBeLessThan(second.left);
    await tileAt(page, 1, 1).click();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tileAt(page, 1, 2).getAttribute('aria-selected')).toBe('false');
    await page.keyboard.press('Space');
    await expect.poll(() => tileAt(page, 1, 2).getAttribute('aria-selected')).toBe('true');
    // A killed one would leave processes that still write images into its folder for a moment.
    await close();
  });
});
