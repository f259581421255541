import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import { sampleImages } from '../support/fake-api/fake-image.ts';
import { faults } from '../support/fake-api/faults.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ask, beginDownload, standOf, startWindow, type OpenedWindow } from './support/window.ts';

const slow = 40_000;

async function startDownloading(app: OpenedWindow) {
  const page = await app.page();
  const batchId = await beginDownload(page, join(temporaryFolder(), 'saved'), slow);
  await expect.poll(() => app.did('powerSaveBlocker.start')).toEqual(['prevent-app-suspension']);
  return { page, batchId };
}

describe('a window', () => {
  test('whose page is killed during 16 transfers returns to the same place, and they go on', async () => {
    const app = startWindow();
    const { page, batchId } = await startDownloading(app);
    await page.getByRole('textbox', { name: /search/iu }).fill('ext:png');
    const names = page.locator('[role=gridcell] .name');
    await expect.poll(async () => (await names.allTextContents()).every((name) => /[.]png$/iu.test(name))).toBe(true);
    await page.getByRole('gridcell').nth(3).click();
    const chosen = (await names.nth(3).textContent()) ?? '';
    await expect.poll(async () => (await ask(page, 'host.recall', {}))?.active).toBeTruthy();
    const before = await standOf(page, batchId);

    const devtools = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    await expect.poll(() => app.messages.filter(({ kind }) => kind === 'window').length).toBe(2);
    const again = await app.page();
    await expect.poll(() => again.getByRole('textbox', { name: /search/iu }).inputValue()).toBe('ext:png');
    await expect.poll(() => again.locator('[role=gridcell][aria-selected=true]').count()).toBe(1);
    expect(await again.locator('[role=gridcell][aria-selected=true] .name').textContent()).toBe(chosen);
    await expect.poll(() => again.locator('aside h2').textContent()).toBe(chosen);
    const stand = () => standOf(again, batchId);
    await expect.poll(async () => (await stand()).done, { timeout: 60_000 }).toBeGreaterThan(before.done);
    expect((await stand()).state).toBe('running');
    expect(app.questions()).toEqual([]);
  });

  test('closed during a download asks, goes on in the tray, comes back by it, and says when it is done', async () => {
    const app = startWindow();
    const { page, batchId } = await startDownloading(app);
    app.order({ kind: 'close-window' });
    await expect.poll(() => app.questions().length).toBe(1);
    expect(app.questions()[0]?.message).toMatch(/files remaining/u);
    app.order({ kind: 'answer', response: 0, checked: true });
    await expect.poll(() => app.did('tray')).toEqual(['there']);
    expect(app.did('hide')).toHaveLength(1);
    await expect.poll(() => app.did('setToolTip').at(-1)).toMatch(/^Contact Sheet: \d+ remaining, \d+ % done$/u);
    expect((await ask(page, 'settings.get', {})).settings.closing).toBe('background');

    // The hidden page can still call commands; a second start brings it to the front.
    await ask(page, 'downloads.act', { action: 'pause', batchId });
    await expect.poll(() => app.did('notification')).toHaveLength(1);
    expect(app.did('notification')[0]).toMatchObject({ title: 'Download stopped' });
    await expect.poll(() => app.did('powerSaveBlocker.stop')).toEqual([true]);
    expect(app.did('setProgressBar').at(-1)).toBe(-1);
    expect(app.did('setBadgeCount').at(-1)).toBe(0);
    app.order({ kind: 'choose', from: 'tray', label: 'Open Contact Sheet' });
    await expect.poll(() => app.did('tray')).toEqual(['there', 'gone']);
    expect(app.messages.filter(({ kind }) => kind === 'shown')).toHaveLength(2);
  });

  test('closed during a sync asks, and goes on in the tray; quitting ends the sync and says so', async () => {
    const api = await startFakeApi({ library: sampleImages(300) });
    onTestFinished(() => api.close());
    api.faultCalls(faults.stall('no-head'), { page: 2 });
    const app = startWindow();
    const page = await app.page();
    const origin = { name: 'Brand', datacenter: api.origin, userId: '4711', key: 'right-key-0123456789' } as const;
    const { id } = await ask(page, 'accounts.add', { ...origin, vault: 'session' });
    void ask(page, 'sync.run', { accountId: id }).catch(() => undefined);
    await expect.poll(async () => (await ask(page, 'catalogue.counts', { texts: ['*'] })).totals[0]?.count).toBe(100);
    app.order({ kind: 'close-window' });
    await expect.poll(() => app.questions().length).toBe(1);
    expect(app.questions()[0]).toMatchObject({ message: 'A sync is under way' });
    app.order({ kind: 'answer', response: 0 });
    await expect.poll(() => app.did('setToolTip').at(-1)).toBe('Contact Sheet: syncing');
    app.order({ kind: 'choose', from: 'tray', label: 'Quit' });
    expect(await app.ended, app.output()).toBe(0);
    expect(app.questions()).toHaveLength(1);
    expect(app.did('notification')).toEqual([
      { title: 'The sync stopped with the app', body: 'What it found is kept. The next one goes on from there.' },
    ]);
    api.clearFaults();

    const next = startWindow({ home: app.home });
    const again = await next.page();
    await ask(again, 'accounts.setKey', { id, key: origin.key });
    const synced = await ask(again, 'sync.run', { accountId: id });
    expect(synced).toMatchObject({ state: 'done', present: 300, complete: true });
    expect(synced.added).toBeLessThan(300);
  });

  test('whose page stands still may be waited for, or loaded again; downloads go on', async () => {
    const app = startWindow({ hangs: true });
    const { page, batchId } = await startDownloading(app);
    await page.getByRole('textbox', { name: /search/iu }).fill('ext:png');
    await expect.poll(async () => (await ask(page, 'host.recall', {}))?.text).toBe('ext:png');
    const before = await standOf(page, batchId);
    void page.evaluate('for (;;);').catch(() => undefined);
    app.order({ kind: 'page', what: 'unresponsive' });
    await expect.poll(() => app.questions().length).toBe(1);
    expect(app.questions()[0]).toMatchObject({
      message: 'The window does not answer',
      buttons: ['Wait', 'Load it again'],
    });
    // The page responds again: the dialog closes by itself.
    app.order({ kind: 'page', what: 'responsive' });
    await expect.poll(() => app.messages.filter(({ kind }) => kind === 'withdrawn').length).toBe(1);
    app.order({ kind: 'page', what: 'unresponsive' });
    await expect.poll(() => app.questions().length).toBe(2);
    app.order({ kind: 'answer', response: 0 });
    expect(app.messages.filter(({ kind }) => kind === 'window')).toHaveLength(1);

    // It asks again if the page hangs for longer, with one dialog at a time.
    const again = () => {
      app.order({ kind: 'page', what: 'unresponsive' });
      return app.questions().length;
    };
    await expect.poll(again).toBe(3);
    app.order({ kind: 'answer', response: 1 });
    await expect.poll(() => app.messages.filter(({ kind }) => kind === 'window').length).toBe(2);
    const fresh = await app.page();
    await expect.poll(() => fresh.getByRole('textbox', { name: /search/iu }).inputValue()).toBe('ext:png');
    const stand = () => standOf(fresh, batchId);
    await expect.poll(async () => (await stand()).done, { timeout: 60_000 }).toBeGreaterThan(before.done);
    expect(app.questions()).toHaveLength(3);
  });

  test('quitting with transfers says so, stays when that is not wanted, and leaves what can go on', async () => {
    const app = startWindow();
    const { page, batchId } = await startDownloading(app);
    app.order({ kind: 'quit' });
    await expect.poll(() => app.questions().length).toBe(1);
    app.order({ kind: 'answer', response: 2 });
    expect((await standOf(page, batchId)).state).toBe('running');
    app.order({ kind: 'quit' });
    await expect.poll(() => app.questions().length).toBe(2);
    app.order({ kind: 'answer', response: 1 });
    expect(await app.ended, app.output()).toBe(0);

    const next = startWindow({ home: app.home });
    const again = await next.page();
    expect((await ask(again, 'downloads.list', { unfinished: true })).map(({ id }) => id)).toEqual([batchId]);
    expect(await next.close()).toBe(0);
  });

  test('the system’s end, and a terminal’s, are not asked about', async () => {
    for (const end of ['shutdown', 'SIGTERM'] as const) {
      const app = startWindow();
      await startDownloading(app);
      if (end === 'shutdown') app.order({ kind: 'shutdown' });
      else process.kill(app.pid, end);
      expect(await app.ended, app.output()).toBe(0);
      expect(app.questions()).toEqual([]);
    }
  });
});

describe('a second start', () => {
  test('brings the first one’s window forward with the search of its link, which is looked at and not trusted', async () => {
    const first = startWindow();
    const page = await first.page();
    await page.getByRole('button', { name: /sample library/iu }).click();
    const box = page.getByRole('textbox', { name: /search/iu });
    await box.waitFor();
    const link = `contact-sheet://search?q=${encodeURIComponent('logo sort:size')}`;
    const second = startWindow({ home: first.home, args: ['--flag-of-nobody', link] });
    expect(await second.ended, second.output()).toBe(0);
    await expect.poll(() => box.inputValue()).toBe('logo sort:size');
    await expect.poll(() => first.messages.filter(({ kind }) => kind === 'shown').length).toBe(2);

    const hostile = startWindow({ home: first.home, args: ['contact-sheet://settings?q=x', '--help-me'] });
    expect(await hostile.ended).toBe(0);
    await expect.poll(() => first.messages.filter(({ kind }) => kind === 'shown').length).toBe(3);
    expect(await box.inputValue()).toBe('logo sort:size');
    first.order({ kind: 'open-url', address: 'contact-sheet://search/?q=chart' });
    await expect.poll(() => box.inputValue()).toBe('chart');
  });

  test('a link starts the app with its search; --help and --version say theirs and open nothing', async () => {
    const home = temporaryFolder();
    const help = startWindow({ home, args: ['--help'] });
    expect(await help.ended).toBe(0);
    expect(help.output()).toContain('--safe-mode');
    const version = startWindow({ home, args: ['--version'] });
    expect(await version.ended).toBe(0);
    expect(version.output()).toMatch(/^\d+\.\d+\.\d+\n$/u);
    expect([...help.messages, ...version.messages]).toEqual([]);

    const app = startWindow({ home, args: ['contact-sheet://search?q=abc', '--safe-mode'] });
    const page = await app.page();
    await page.getByRole('button', { name: /sample library/iu }).click();
    await expect.poll(() => page.getByRole('textbox', { name: /search/iu }).inputValue()).toBe('abc');
    expect(app.did('disableHardwareAcceleration')).toHaveLength(1);
  });
});
