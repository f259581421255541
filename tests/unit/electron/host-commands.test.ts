import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../main/contract/commands/commands.ts';
import { commandLineCommands } from '../../../main/contract/commands/exports.ts';
import { hostCommands } from '../../../main/contract/commands/host.ts';
import { createNotHere } from '../../../main/dispatch.ts';
import { dragBitmap } from '../../../main/hosts/electron/shell-integration/drag-image.ts';
import { createHostCommands, type HostCommandDeps } from '../../../main/hosts/electron/ipc/host-commands.ts';
import { isImageName, readWebAddress } from '../../../main/hosts/electron/shell-integration/saved-copy.ts';
import { createMenuRequests } from '../../../main/hosts/electron/ipc/menu-requests.ts';
import { createNativeTexts } from '../../../main/hosts/electron/app/texts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const key = { accountId: 1, id: 7 };

type Drag = { readonly file: string; readonly files: readonly string[] };

type Selected = { readonly count: number; readonly rows: readonly { readonly downloaded: string }[] };

/** Creates the handlers over a core with one image and a selection. */
function open(image: { url?: string; downloaded?: string | null } | null, response = 0, selected?: Selected) {
  const done: string[] = [];
  const asked: Record<string, unknown> = {};
  const call = async (name: string, input: unknown) => {
    asked[name] = input;
    if (name.startsWith('selection.') && selected === undefined) return { ok: false, error: { code: 'query-mistake' } };
    if (name === 'selection.change') return { ok: true, value: { selection: 'saved' } };
    if (name === 'selection.measure') return { ok: true, value: { count: selected?.count } };
    if (name === 'selection.rows') return { ok: true, value: selected?.rows };
    if (name === 'catalogue.image') return { ok: true, value: image };
    return { ok: true, value: { settings: { recentDestinations: ['/nowhere/at/all'] } } };
  };
  const parts = {
    core: { call, folders: { data: '/data', cache: '/cache', logs: '/logs' } },
    dialog: { showMessageBox: async () => ({ response, checkboxChecked: false }) },
    shell: {
      showItemInFolder: (path: string) => void done.push(`show ${path}`),
      openPath: async (path: string) => (done.push(`open ${path}`), ''),
      openExternal: async (address: string) => void done.push(`browse ${address}`),
    },
    window: () => ({
      webContents: { startDrag: ({ file, files }: Drag) => done.push(`drag ${file} with ${files.join()}`) },
    }),
    setMenu: () => undefined,
    wishes: createMenuRequests(() => undefined),
    words: createNativeTexts(['en']),
    places: { current: null },
    dragPicture: () => ({}),
    openAtLogin: () => ({ ok: true, value: null }),
  };
  return { done, asked, run: createHostCommands(parts as unknown as HostCommandDeps) };
}

describe('an address', () => {
  test('is opened in the browser by https alone, and only after the user said so', async () => {
    const yes = open({ url: 'https://images.example/a b.png' });
    expect(await yes.run['host.openAddress'](key)).toEqual({ ok: true, value: true });
    expect(yes.done).toEqual(['browse https://images.example/a%20b.png']);
    const no = open({ url: 'https://images.example/a.png' }, 1);
    expect(await no.run['host.openAddress'](key)).toEqual({ ok: true, value: false });
    expect(no.done).toEqual([]);
  });

  test.each([
    'http://a.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://a/b',
    'https://u:p@a.example/',
    'x',
    '',
  ])('%s is not', async (url) => {
    expect(readWebAddress(url)).toBeUndefined();
    const { run, done } = open({ url });
    expect(await run['host.openAddress'](key)).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
    expect(done).toEqual([]);
  });
});

describe('a saved copy', () => {
  test('is opened where it is a picture that is there', async () => {
    const folder = temporaryFolder();
    const [picture, program, drawing] = ['a.PNG', 'a.desktop', 'a.svg'].map((name) => join(folder, name));
    for (const path of [picture, program, drawing]) writeFileSync(path ?? '', '');
    const here = open({ downloaded: picture ?? '' });
    expect(await here.run['host.openFile'](key)).toEqual({ ok: true, value: undefined });
    expect(here.done).toEqual([`open ${picture}`]);
    for (const path of [program, drawing]) {
      const { run, done } = open({ downloaded: path ?? '' });
      expect(await run['host.openFile'](key)).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
      expect(await run['host.reveal'](key)).toMatchObject({ ok: true });
      expect(done).toEqual([`show ${path}`]);
    }
    for (const gone of [null, join(folder, 'gone.png'), folder]) {
      const { run, done } = open({ downloaded: gone });
      for (const name of ['host.openFile', 'host.reveal', 'host.dragOut'] as const) {
        const answer =
          name === 'host.dragOut' ? run[name]({ image: key, selection: null, picture: null }) : run[name](key);
        expect(await answer).toMatchObject({ ok: false, error: { code: 'nothing-known' } });
      }
      expect(done).toEqual([]);
    }
    expect(await open(null).run['host.reveal'](key)).toMatchObject({ ok: false, error: { code: 'unknown-handle' } });
  });

  test('is judged by what its name ends with', () => {
    expect(['/a/b.jpg', 'C:\\a\\b.WebP'].map(isImageName)).toEqual([true, true]);
    expect(['/a/b.exe', '/a.jpg/b', '/a/b.jpg.sh', '/a/jpg', '/a/b.'].map(isImageName)).toEqual(Array(5).fill(false));
  });
});

describe('a drag', () => {
  const files = (count: number) => {
    const folder = temporaryFolder();
    return Array.from({ length: count }, (_, index) => {
      const path = join(folder, `${index}.png`);
      writeFileSync(path, '');
      return path;
    });
  };
  const selection = 'chosen';

  test('takes along what of the selection is saved and there, the image under the pointer first', async () => {
    const [first = '', second = ''] = files(2);
    const { run, done, asked } = open({ downloaded: second }, 0, {
      count: 5,
      rows: [first, second, '/nowhere/at/all.png'].map((downloaded) => ({ downloaded })),
    });
    const dragged = await run['host.dragOut']({ image: key, selection, picture: null });
    expect(dragged).toEqual({ ok: true, value: { dragged: 2, left: 3 } });
    expect(done).toEqual([`drag ${second} with ${second},${first}`]);
    // Gone images can have saved copies too.
    const what = { kind: 'query', query: '-is:downloaded (is:gone OR -is:gone)' };
    expect(asked['selection.change']).toEqual({ selection, how: 'remove', what });
    expect(asked['selection.rows']).toEqual({ selection: 'saved', limit: 500 });
    expect(asked['selection.release']).toEqual({ selection: 'saved' });
  });

  test('takes no more than other programs bear', async () => {
    const paths = files(501);
    const last = paths.at(-1) ?? '';
    const { run, done } = open({ downloaded: last }, 0, {
      count: 2000,
      rows: paths.slice(0, 500).map((downloaded) => ({ downloaded })),
    });
    const dragged = await run['host.dragOut']({ image: key, selection, picture: null });
    expect(dragged).toEqual({ ok: true, value: { dragged: 500, left: 1500 } });
    expect(done[0]?.startsWith(`drag ${last} with ${last},`)).toBe(true);
  });

  test('that can’t be told what is selected says so', async () => {
    const [path = ''] = files(1);
    const { run, done } = open({ downloaded: path });
    const refused = await run['host.dragOut']({ image: key, selection, picture: null });
    expect(refused).toMatchObject({ ok: false, error: { code: 'query-mistake' } });
    expect(done).toEqual([]);
  });
});

test('a recent destination that is gone is said, and a position beyond them', async () => {
  const { run, done } = open(null);
  for (const index of [0, 9]) {
    expect(await run['host.openDestination']({ index })).toMatchObject({ ok: false, error: { code: 'nothing-known' } });
  }
  expect(done).toEqual([]);
});

test('other hosts say of these commands that they are not to be had, and no name is in both tables', async () => {
  const notHere = createNotHere(hostCommands, commandLineCommands);
  for (const name of Object.keys(hostCommands)) {
    expect(await notHere(name, {})).toMatchObject({ ok: false, error: { code: 'not-here' } });
    expect(Object.hasOwn(commands, name)).toBe(false);
  }
  for (const name of Object.keys(commandLineCommands)) {
    expect(await notHere(name, {})).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
    expect(Object.hasOwn(commands, name)).toBe(false);
  }
  expect(await notHere('__proto__', {})).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
});

test('what is seen under the pointer is what the page drew, where that is as long as it says', () => {
  const picture = { width: 2, height: 1, pixels: Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).toString('base64') };
  expect(dragBitmap(picture)).toEqual({ width: 2, height: 1, pixels: Uint8Array.from([3, 2, 1, 4, 7, 6, 5, 8]) });
  for (const wrong of [null, { ...picture, width: 3 }, { ...picture, pixels: '' }]) {
    expect(dragBitmap(wrong)).toMatchObject({ width: 32, height: 32 });
  }
});
