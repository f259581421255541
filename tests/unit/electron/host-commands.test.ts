import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../main/contract/commands.ts';
import { hostCommands } from '../../../main/contract/host.ts';
import { createNotHere } from '../../../main/dispatch.ts';
import { dragBitmap } from '../../../main/hosts/electron/drag-picture.ts';
import { createHostCommands, type HostCommandParts } from '../../../main/hosts/electron/host-commands.ts';
import { isPictureName, readWebAddress } from '../../../main/hosts/electron/saved-copy.ts';
import { createWishes } from '../../../main/hosts/electron/wishes.ts';
import { createWords } from '../../../main/hosts/electron/words.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const key = { accountId: 1, id: 7 };

/** Handlers over a core with one image. */
function open(image: { url?: string; downloaded?: string | null } | null, response = 0) {
  const done: string[] = [];
  const call = async (name: string) => {
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
    window: () => ({ webContents: { startDrag: ({ file }: { file: string }) => done.push(`drag ${file}`) } }),
    setMenu: () => undefined,
    wishes: createWishes(() => undefined),
    words: createWords(['en']),
    places: { current: null },
    dragPicture: () => ({}),
    openAtLogin: () => ({ ok: true, value: null }),
  };
  return { done, run: createHostCommands(parts as unknown as HostCommandParts) };
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
    expect(['/a/b.jpg', 'C:\\a\\b.WebP'].map(isPictureName)).toEqual([true, true]);
    expect(['/a/b.exe', '/a.jpg/b', '/a/b.jpg.sh', '/a/jpg', '/a/b.'].map(isPictureName)).toEqual(Array(5).fill(false));
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
  const notHere = createNotHere(hostCommands);
  for (const name of Object.keys(hostCommands)) {
    expect(await notHere(name, {})).toMatchObject({ ok: false, error: { code: 'not-here' } });
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
