import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ask, beginDownload, startWindow, type OpenedWindow } from './support/window.ts';

type Item = { readonly label?: string; readonly role?: string; readonly enabled?: boolean; readonly submenu?: Item[] };

const menuOf = (app: OpenedWindow) => (app.did('setApplicationMenu').at(-1) ?? []) as readonly Item[];
const itemOf = (app: OpenedWindow, label: string) =>
  menuOf(app)
    .flatMap(({ submenu = [] }) => submenu)
    .find((item) => item.label === label);

async function openSample(app: OpenedWindow) {
  const page = await app.page();
  await page.getByRole('button', { name: /sample library/iu }).click();
  await page.getByRole('gridcell').first().waitFor();
  return page;
}

describe('the menu bar', () => {
  test('has the page’s actions as they stand, and does them', async () => {
    const app = startWindow();
    const page = await app.page();
    await expect
      .poll(() => menuOf(app).map(({ label }) => label))
      .toEqual(['File', 'Edit', 'View', 'Image', 'Window', 'Help']);
    expect(itemOf(app, 'Download…')).toMatchObject({ enabled: false, accelerator: 'CommandOrControl+D' });
    expect(itemOf(app, 'Paste')).toMatchObject({ role: 'paste' });
    await openSample(app);
    app.order({ kind: 'choose', from: 'menu', label: 'Select all' });
    await expect.poll(() => itemOf(app, 'Download…')?.enabled).toBe(true);
    app.order({ kind: 'choose', from: 'menu', label: 'Settings' });
    await page.getByRole('dialog').waitFor();
    expect(await page.getByText('Closing it during a download or sync').count()).toBeGreaterThan(0);
    expect(await ask(page, 'host.openAtLogin', {})).toBeNull();
  });
});

describe('files', () => {
  test('are shown, opened and dragged by what the core knows, never by what a page says', async () => {
    const app = startWindow();
    const page = await app.page();
    const folder = join(temporaryFolder(), 'saved');
    const batchId = await beginDownload(page, folder, 100_000_000);
    await ask(page, 'downloads.wait', { batchId });
    const { handle, totals } = await ask(page, 'catalogue.query', { text: 'ext:png is:downloaded' });
    expect(totals.count).toBeGreaterThan(0);
    const [row] = await ask(page, 'catalogue.rows', { handle, from: 0, to: 1 });
    const key = { accountId: row?.accountId ?? 0, id: row?.id ?? 0 };
    await ask(page, 'host.reveal', key);
    await ask(page, 'host.openFile', key);
    await ask(page, 'host.dragOut', { image: key });
    expect(app.did('showItemInFolder')).toEqual([row?.downloaded]);
    expect(app.did('openPath')).toEqual([row?.downloaded]);
    const alone = { file: row?.downloaded, files: [row?.downloaded], icon: { width: 32, height: 32 } };
    expect(app.did('startDrag')).toEqual([alone]);
    await page.getByRole('textbox', { name: /search/iu }).fill(`id:${key.id}`);
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(1);
    await page.locator('[role=gridcell] img.shown').waitFor();
    await page.locator('[role=gridcell][draggable=true]').waitFor({ timeout: 15_000 });
    const picture = await page.getByRole('gridcell').boundingBox();
    const [x, y] = [(picture?.x ?? 0) + 60, (picture?.y ?? 0) + 60];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y + 40, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => app.did('startDrag').length).toBe(2);
    const { file, icon } = app.did('startDrag')[1] as { file: string; icon: { width: number; height: number } };
    expect([file, Math.max(icon.width, icon.height)]).toEqual([row?.downloaded, 96]);
    await expect(ask(page, 'host.reveal', { accountId: 1e9, id: 5 })).rejects.toThrow('unknown-handle');
    // The sample’s URLs are on this computer: they are never opened in a browser.
    await expect(ask(page, 'host.openAddress', key)).rejects.toThrow('not-permitted');

    await ask(page, 'settings.change', { lastDestination: folder });
    await expect.poll(() => itemOf(app, folder)).toBeDefined();
    app.order({ kind: 'choose', from: 'menu', label: folder });
    await expect.poll(() => app.did('openPath').at(-1)).toBe(folder);
    app.order({ kind: 'choose', from: 'menu', label: 'Show the log' });
    await expect.poll(() => app.did('openPath').at(-1)).toBe(join(app.home, 'logs'));
  });

  test('of a selection are dragged together, as far as they are saved; what stays behind is said', async () => {
    const app = startWindow();
    const page = await app.page();
    const account = await ask(page, 'sample.add', { name: 'Sample', count: 200 });
    await ask(page, 'sync.run', { accountId: account.id });
    const { rows } = await ask(page, 'catalogue.query', { text: 'ext:jpg,png', take: 4 });
    const images = rows.map(({ accountId, id }) => ({ accountId, id }));
    const order = {
      query: `id:${images[0]?.id} OR id:${images[2]?.id}`,
      destination: join(temporaryFolder(), 'saved'),
    };
    const { batch } = await ask(page, 'downloads.start', order);
    await ask(page, 'downloads.wait', { batchId: batch.id });
    await page.getByRole('textbox', { name: /search/iu }).fill(images.map(({ id }) => `id:${id}`).join(' OR '));
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(4);
    await page.locator('[role=gridcell][draggable=true]').nth(1).waitFor();
    await page.getByRole('gridcell').first().click();
    await page
      .getByRole('gridcell')
      .nth(3)
      .click({ modifiers: ['Shift'] });
    await page.getByText('4 selected', { exact: true }).waitFor();
    const place = await page.locator('[role=gridcell][draggable=true]').nth(1).boundingBox();
    const [x, y] = [(place?.x ?? 0) + 60, (place?.y ?? 0) + 60];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y + 40, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => app.did('startDrag').length).toBe(1);
    const { file, files } = app.did('startDrag')[0] as { file: string; files: readonly string[] };
    const saved = await ask(page, 'catalogue.query', { text: 'is:downloaded', take: 9 });
    expect(files[0]).toBe(file);
    expect(files.toSorted()).toEqual(saved.rows.map(({ downloaded }) => downloaded).toSorted());
    await page.getByText('2 saved copies are dragged. 2 selected images stay behind').waitFor();
    // Dragging doesn't change the selection; a click does.
    await page.getByText('4 selected', { exact: true }).waitFor();
    await page.mouse.click(x, y);
    await page.getByText('1 selected', { exact: true }).waitFor();
  });

  test('a folder is chosen in the system’s dialog, one at a time', async () => {
    const app = startWindow();
    const page = await app.page();
    const chosen = ask(page, 'host.chooseFolder', { from: '/srv' });
    await expect.poll(() => app.questions().length).toBe(1);
    expect(app.questions()[0]).toMatchObject({ defaultPath: '/srv', properties: ['openDirectory', 'createDirectory'] });
    await expect(ask(page, 'host.chooseFolder', {})).rejects.toThrow('busy');
    app.order({ kind: 'answer', paths: ['/srv/pictures'] });
    expect(await chosen).toBe('/srv/pictures');
    const cancelled = ask(page, 'host.chooseFolder', {});
    await expect.poll(() => app.questions().length).toBe(2);
    app.order({ kind: 'answer' });
    expect(await cancelled).toBeNull();
  });
});

describe('recent destinations', () => {
  const folders = () => [temporaryFolder(), temporaryFolder()] as const;

  test('are in the list of Windows’ taskbar, opened by Explorer', async () => {
    const app = startWindow({ platform: 'win32', env: { SystemRoot: 'C:\\Windows' } });
    const page = await app.page();
    const [first, second] = folders();
    for (const lastDestination of [first, second]) await ask(page, 'settings.change', { lastDestination });
    await expect.poll(() => JSON.stringify(app.did('setJumpList').at(-1))).toContain(second);
    const [category] = app.did('setJumpList').at(-1) as readonly { name: string; items: readonly object[] }[];
    expect(category?.name).toBe('Recent destinations');
    expect(app.did('setAppUserModelId')).toEqual(['io.github.contactsheet.ContactSheet']);
    expect(category?.items).toMatchObject(
      [second, first].map((path) => ({ type: 'task', program: 'C:\\Windows\\explorer.exe', args: `"${path}"` })),
    );
  });

  test('are in the menu of a Mac’s dock and among its recent documents; others are not opened', async () => {
    const app = startWindow({ platform: 'darwin' });
    const page = await app.page();
    const [first, second] = folders();
    for (const lastDestination of [first, second]) await ask(page, 'settings.change', { lastDestination });
    await expect.poll(() => app.did('addRecentDocument')).toEqual([first, second]);
    app.order({ kind: 'choose', from: 'dock', label: basename(first) });
    await expect.poll(() => app.did('openPath')).toEqual([first]);
    app.order({ kind: 'open-file', path: '/etc' });
    app.order({ kind: 'open-file', path: second });
    await expect.poll(() => app.did('openPath')).toEqual([first, second]);
  });
});

describe('the window’s place', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1280, height: 1000 },
  ] as const;
  const place = { x: 2100, y: 100, width: 900, height: 700 };

  function homeWith(state: string): string {
    const home = temporaryFolder();
    mkdirSync(join(home, 'window'));
    writeFileSync(join(home, 'window', 'window-state.json'), state);
    return home;
  }

  test('is kept, and brought onto a screen that is there when its own is lost', async () => {
    const home = homeWith(JSON.stringify({ bounds: place, isMaximised: false }));
    const app = startWindow({ home, screens });
    await app.page();
    expect(app.did('bounds')).toEqual([place]);
    app.order({ kind: 'screens', screens: screens.slice(0, 1) });
    const back = { x: 510, y: 170, width: 900, height: 700 };
    await expect.poll(() => app.did('bounds').at(-1)).toEqual(back);
    expect(await app.close()).toBe(0);
    expect(JSON.parse(readFileSync(join(home, 'window', 'window-state.json'), 'utf8'))).toEqual({
      bounds: back,
      isMaximised: false,
    });

    // The screen was disconnected before the start.
    writeFileSync(join(home, 'window', 'window-state.json'), JSON.stringify({ bounds: place, isMaximised: true }));
    const next = startWindow({ home, screens: screens.slice(0, 1) });
    await next.page();
    expect(next.did('bounds')).toEqual([back]);
    expect(next.did('maximize')).toHaveLength(1);
    expect(await next.close()).toBe(0);
  });

  test('is the usual one where what was kept makes no sense', async () => {
    const app = startWindow({ home: homeWith('{"bounds": {"x": "left"}}') });
    await app.page();
    expect(app.did('bounds')).toEqual([{ x: 40, y: 40, width: 1280, height: 800 }]);
  });
});

test('the system’s parts of the window follow the theme that was chosen', async () => {
  const app = startWindow();
  const page = await app.page();
  await ask(page, 'settings.change', { theme: 'contrast' });
  await expect.poll(() => app.did('themeSource')).toEqual(['system', 'dark']);
});
