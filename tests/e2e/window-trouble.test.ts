import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openKeyring } from '../support/keyring.ts';
import { testNeeding } from '../support/lawful-skip.ts';
import { mountReadOnly } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ask, startWindow } from './support/window.ts';

describe('the window opens all the same', () => {
  testNeeding('linux', 'with a keychain that is locked, which disturbs nothing but what needs a key', async () => {
    const keyring = await openKeyring('silent-prompt');
    onTestFinished(() => keyring.close());
    await keyring.lock();
    const app = startWindow({ env: keyring.environment });
    const page = await app.page();
    await page.getByRole('button', { name: /sample library/iu }).click();
    await page.getByRole('gridcell').first().waitFor();
    expect(await ask(page, 'accounts.list', {})).toHaveLength(1);
  });

  test('with settings that are damaged: they are set aside, and that is said', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'settings.json'), '{"theme": "da');
    const app = startWindow({ home });
    const page = await app.page();
    await page
      .getByText(/settings could not be read/iu)
      .first()
      .waitFor();
    expect(readdirSync(home).filter((name) => name.startsWith('settings.damaged-'))).toHaveLength(1);
  });

  test('with a library that is damaged: it is set aside, and that is said', async () => {
    const home = temporaryFolder();
    const first = startWindow({ home });
    await ask(await first.page(), 'sample.add', { name: 'Sample', count: 10 });
    expect(await first.close()).toBe(0);
    for (const name of readdirSync(home)) {
      if (name.startsWith('catalogue.sqlite')) writeFileSync(join(home, name), 'this is no database');
    }
    const app = startWindow({ home });
    const page = await app.page();
    const [notice] = await ask(page, 'doctor.notices', {});
    expect(notice).toMatch(/catalogue/iu);
    await page
      .getByText(notice ?? '')
      .first()
      .waitFor();
  });
});

describe('a folder that can’t be written', () => {
  testNeeding('linux', 'for everything is explained in a box, without a window', async () => {
    const home = mountReadOnly(temporaryFolder());
    const app = startWindow({ home, env: { HOME: temporaryFolder() } });
    expect(await app.ended).toBe(1);
    expect(app.messages.filter(({ kind }) => kind === 'box' || kind === 'window')).toEqual([
      { kind: 'box', title: expect.stringContaining('can’t open'), content: expect.stringContaining(home) },
    ]);
  });

  test('for Electron’s own profile is no reason not to open', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'window'), 'a file where a folder would be');
    const app = startWindow({ home });
    expect(await ask(await app.page(), 'accounts.list', {})).toEqual([]);
    expect(await app.close()).toBe(0);
  });
});

test('a page that keeps ending is loaded again only when the user says so', async () => {
  const app = startWindow();
  const windows = () => app.messages.filter(({ kind }) => kind === 'window').length;
  for (const turn of [1, 2, 3, 4]) {
    const page = await app.page();
    const devtools = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    if (turn < 4) await expect.poll(windows, { timeout: 10_000 }).toBe(turn + 1);
  }
  await expect.poll(() => app.questions()).toHaveLength(1);
  expect(app.questions()[0]?.buttons).toEqual(['Show it again', 'Show the log', 'Quit']);
  app.order({ kind: 'answer', response: 0 });
  await expect.poll(windows, { timeout: 10_000 }).toBe(5);
  const log = readFileSync(join(app.home, 'logs', 'contact-sheet.log'), 'utf8');
  expect(log.match(/The window’s page ended: crashed/gu)).toHaveLength(4);
});
