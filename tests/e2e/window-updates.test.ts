import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testNeeding } from '../support/lawful-skip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createPackedApp } from '../support/updates/packed-app.ts';
import { openUpdateServer, ownerKey, type Published } from '../support/updates/update-server.ts';
import { forEachHost } from './support/journeys.ts';
import { lookAt } from './support/states.ts';
import { dialog } from './support/steps.ts';
import { ask, beginDownload, startWindow, type WindowOptions } from './support/window.ts';

const program = '#!/bin/sh\nprintf "%s" "$APPIMAGE_SILENT_INSTALL" > "$0.started"\n';
const notes = `## What is new

- Faster, and **kinder**.
- <img src=x onerror="document.title='taken'"> is a text.
- It also fits ${'long lines '.repeat(12)}

Thanks to \u202eeverybody.
`;
const newer: Published = { version: '9.1.0', content: program, notes };

/** Starts a running AppImage and a server with one release. */
async function openInstalled(options: WindowOptions = {}, published: Published = newer) {
  const server = await openUpdateServer();
  server.publish(published);
  const { bundle, resources, appImage } = createPackedApp(server.url, ownerKey);
  const app = startWindow({ bundle, packed: { resources }, env: { APPIMAGE: appImage }, ...options });
  return { app, server, appImage, page: await app.page() };
}

/** Runs in the page. */
function isFocused(element: object): boolean {
  return (globalThis as unknown as { document: { activeElement: object } }).document.activeElement === element;
}

describe('an update', () => {
  testNeeding('linux', 'is asked about, found, shown, brought, refused during a download, installed', async () => {
    const { app, server, appImage, page } = await openInstalled();
    const look = (name: string) => lookAt(page, name, true);
    const batchId = await beginDownload(page, join(temporaryFolder(), 'saved'), 20_000);
    const question = page.getByText(/Check for updates once a day\?/u);
    await question.waitFor();
    await look('updates-asked');
    expect(server.asked).toEqual([]);
    await page.getByRole('button', { name: 'Look once a day' }).click();
    expect(await question.count()).toBe(0);
    await page.getByText(/^Contact Sheet 9\.1\.0 is available/u).waitFor();
    await look('updates-announced');
    expect((await ask(page, 'settings.get', {})).settings.looksForUpdates).toBe(true);
    await page.getByRole('button', { name: 'See what is new' }).click();
    const settings = dialog(page, 'Settings');
    const shown = settings.getByRole('region', { name: 'What is new in version 9.1.0' });
    await shown.getByText('Faster, and kinder.').waitFor();
    // Text from a server is never markup, and can't reverse the text direction.
    expect(await shown.getByText('<img src=x').count()).toBe(1);
    expect(await shown.locator('img').count()).toBe(0);
    expect(await shown.textContent()).not.toContain('\u202e');
    expect(await page.title()).toBe('Contact Sheet');
    expect(await settings.getByRole('heading', { name: 'Updates' }).evaluate(isFocused)).toBe(true);
    await look('updates-found');

    const release = server.hold();
    await settings.getByRole('button', { name: 'Download', exact: true }).click();
    await settings.getByRole('progressbar', { name: /^Downloading version 9\.1\.0/u }).waitFor();
    await look('updates-downloading');
    release();
    const install = settings.getByRole('button', { name: 'Install and restart' });
    await install.waitFor();
    await settings.getByText('It can be installed when the running download is done or paused.').waitFor();
    expect(await install.isDisabled()).toBe(true);
    await look('updates-waiting');
    await expect(ask(page, 'updates.install', {})).rejects.toThrow('busy');
    expect(readFileSync(appImage, 'utf8')).toBe('the old version');

    await ask(page, 'downloads.act', { action: 'pause', batchId });
    await expect.poll(() => install.isDisabled()).toBe(false);
    await look('updates-ready');
    await install.press('Enter');
    expect(await app.ended, app.output()).toBe(0);
    expect(app.questions()).toEqual([]);
    expect(readFileSync(appImage, 'utf8')).toBe(program);
    expect(readFileSync(`${appImage}.previous`, 'utf8')).toBe('the old version');
    await expect.poll(() => readFileSync(`${appImage}.started`, 'utf8')).toBe('true');

    // The time of the last check is saved, and the user isn't asked again.
    const next = startWindow({ home: app.home });
    const again = await next.page();
    await again.getByRole('gridcell').first().waitFor();
    expect(JSON.parse(readFileSync(join(app.home, 'settings.json'), 'utf8'))).toMatchObject({
      looksForUpdates: true,
      updatesCheckedAt: expect.any(Number),
    });
    expect(await again.getByText(/once a day/u).count()).toBe(0);
  });

  testNeeding('linux', 'is looked for from the menu; what goes wrong is said, and tried again', async () => {
    const { app, server, page } = await openInstalled({}, { ...newer, version: '0.0.1' });
    const choose = () => app.order({ kind: 'choose', from: 'menu', label: 'Check for updates…' });
    await expect.poll(() => JSON.stringify(app.did('setApplicationMenu').at(-1))).toMatch(/updates…","enabled":true/u);
    choose();
    const settings = dialog(page, 'Settings');
    await settings.getByText(/^This is version .+ It’s the latest version\. Last checked just now\.$/u).waitFor();
    await lookAt(page, 'updates-current', true);
    server.publish({ ...newer, delivered: program.replace('printf', 'qrintf') });
    await settings.getByRole('button', { name: 'Check for updates' }).click();
    await settings.getByRole('button', { name: 'Download', exact: true }).click();
    await settings.getByText(/came damaged and was thrown away/u).waitFor();
    await lookAt(page, 'updates-failed', true);
    server.publish(newer);
    await settings.getByRole('button', { name: 'Try again' }).click();
    await settings.getByRole('button', { name: 'Install and restart' }).waitFor();
    await settings.getByText('The way back').click();
    expect(await settings.getByText(/copied to the folder “backups”/u).isVisible()).toBe(true);
  });

  testNeeding('linux', 'is not looked for where the user does not want it, and that is not asked twice', async () => {
    const { app, server, page } = await openInstalled();
    await page.getByRole('button', { name: /sample library/iu }).click();
    await page.getByRole('button', { name: 'Don’t look' }).click();
    await expect.poll(async () => (await ask(page, 'settings.get', {})).settings.looksForUpdates).toBe(false);
    expect(server.asked).toEqual([]);
    expect(await app.close()).toBe(0);
  });
});

forEachHost((host) => {
  host.test('a host that does not update itself says who does', async () => {
    const { page } = await host.open();
    await page.getByRole('button', { name: 'Settings' }).click();
    const who = host.name === 'browser' ? /Update this copy with npm/u : /come with its source/u;
    await dialog(page, 'Settings').getByText(who).waitFor();
    expect(await page.getByRole('button', { name: 'Check for updates' }).count()).toBe(0);
  });
});

test('the address of a page says its language from its first byte, and texts of the system are in it', async () => {
  const app = startWindow({ languages: ['xx-XX', 'en-GB'] });
  const page = await app.page();
  const tag = await page.locator('html').evaluate((element) => {
    const { lang, dir } = element as unknown as { lang: string; dir: string };
    return { lang, dir };
  });
  expect(tag).toEqual({ lang: 'en', dir: 'ltr' });
});
