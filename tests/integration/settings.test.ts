import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../main/contract/events.ts';
import { usualSettings } from '../../main/domain/settings.ts';
import { must, openTestCore } from '../support/core.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const foldersAt = (data: string) => ({ data, cache: `${data}/cache`, logs: `${data}/logs` });

function openOn(folder: string) {
  const { core } = openTestCore({ folders: foldersAt(folder) });
  const get = async () => must(await core.call('settings.get', {}));
  const file = () => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as Record<string, unknown>;
  return { core, get, file };
}

describe('settings', () => {
  it('begin as the usual ones, and are kept for the next start', async () => {
    const folder = temporaryFolder();
    const first = openOn(folder);
    expect(await first.get()).toEqual({ settings: usualSettings, defaults: { destination: null }, notice: null });
    must(await first.core.call('settings.change', { theme: 'dark', tileSize: 240 }));
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
    const again = openOn(folder);
    expect((await again.get()).settings).toEqual({ ...usualSettings, theme: 'dark', tileSize: 240 });
    expect(await again.core.theme()).toBe('dark');
  });

  it('are told to whoever listens', async () => {
    const { core } = openOn(temporaryFolder());
    const heard: EventMessage[] = [];
    core.events.listen((message) => heard.push(message));
    must(await core.call('settings.change', { sidebar: false }));
    expect(heard).toMatchObject([{ topic: 'settings', settings: { settings: { sidebar: false } } }]);
  });

  it.each([
    { tileSize: 95 },
    { tileSize: 400.5 },
    { theme: 'pink' },
    { inspectorWidth: -1 },
    { lastDestination: 'relative' },
    { recentDestinations: Array.from({ length: 11 }, (_, index) => `/${index}`) },
    { unheardOf: true },
  ])('refuse %j', async (change) => {
    const { core, get } = openOn(temporaryFolder());
    expect(await core.dispatch('settings.change', change)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect((await get()).settings).toEqual(usualSettings);
  });

  it('remember the last ten destinations, each once', async () => {
    const { core, get } = openOn(temporaryFolder());
    for (let index = 0; index < 12; index++) {
      must(await core.call('settings.change', { lastDestination: `/folder-${index}` }));
    }
    must(await core.call('settings.change', { lastDestination: '/folder-7' }));
    const { recentDestinations, lastDestination } = (await get()).settings;
    expect(lastDestination).toBe('/folder-7');
    expect(recentDestinations).toHaveLength(10);
    expect(recentDestinations.slice(0, 3)).toEqual(['/folder-7', '/folder-11', '/folder-10']);
    expect(new Set(recentDestinations).size).toBe(10);
  });

  it('say which folder this machine would choose', async () => {
    const folders = { ...foldersAt(temporaryFolder()), downloads: '/pictures/Contact Sheet' };
    const { core } = openTestCore({ folders });
    expect(must(await core.call('settings.get', {})).defaults.destination).toBe(folders.downloads);
  });
});

describe('a file of settings', () => {
  it.each(['', '{', 'null', '[]', '"text"', '{"theme": "dark"', '\0\0\0\0', '7'])(
    'that is damaged (%j) is set aside, said, and no failure',
    async (text) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'settings.json'), text);
      const { core, get } = openOn(folder);
      const { settings, notice } = await get();
      expect(settings).toEqual(usualSettings);
      const aside = readdirSync(folder).find((name) => name.startsWith('settings.damaged-')) ?? '';
      expect(notice).toContain(aside);
      expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
      must(await core.call('settings.change', { theme: 'light' }));
      expect((await openOn(folder).get()).settings.theme).toBe('light');
    },
  );

  it('that is damaged while the app runs is set aside too', async () => {
    const folder = temporaryFolder();
    const { core, get } = openOn(folder);
    must(await core.call('settings.change', { theme: 'dark' }));
    writeFileSync(join(folder, 'settings.json'), '{"theme":');
    must(await core.call('settings.change', { tileSize: 100 }));
    expect((await get()).settings).toEqual({ ...usualSettings, tileSize: 100 });
  });

  it('keeps what a newer version wrote, and reads the rest', async () => {
    const folder = temporaryFolder();
    const kept = { view: { table: ['name'] }, 'a.b': 1, theme: 'sepia', tileSize: 200, __proto__x: 1 };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(kept));
    const { core, get, file } = openOn(folder);
    expect((await get()).settings).toEqual({ ...usualSettings, tileSize: 200 });
    must(await core.call('settings.change', { sidebar: false }));
    expect(file()).toEqual({ ...kept, sidebar: false });
  });

  it('never makes reading fail, whatever it holds', async () => {
    const folder = temporaryFolder();
    const { get } = openOn(folder);
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        writeFileSync(join(folder, 'settings.json'), text);
        expect(Object.keys((await get()).settings)).toEqual(Object.keys(usualSettings));
      }),
      { numRuns: 50 },
    );
  });

  it('that may not be read is a failure in words', async () => {
    const folder = temporaryFolder();
    const { core } = openOn(folder);
    // A folder instead of the file, as permissions don't stop root.
    mkdirSync(join(folder, 'settings.json'));
    const refused = await core.call('settings.get', {});
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-writable' } });
    expect(await core.theme()).toBe('system');
  });

  it('takes the changes of two processes at once, and loses none', async () => {
    const folder = temporaryFolder();
    const writer = new URL('../support/settings-writer.ts', import.meta.url);
    const changes = [
      { theme: 'dark', tileSize: 111 },
      { sidebar: false, inspectorWidth: 444 },
    ];
    const children = changes.map((change) => fork(writer, [folder, JSON.stringify(change), '40']));
    const ends = await Promise.all(children.map((child) => once(child, 'exit')));
    expect(ends.map(([code]) => Number(code))).toEqual([0, 0]);
    const { settings } = await openOn(folder).get();
    expect(settings).toEqual({ ...usualSettings, ...changes[0], ...changes[1] });
    expect(readdirSync(folder).filter((name) => name.startsWith('settings'))).toEqual(['settings.json']);
  });
});
