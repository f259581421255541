import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must, openTestCore } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('folders.list', () => {
  const list = (path: string) => openTestCore().core.call('folders.list', { path });

  it('names the folders in one, and no files', async () => {
    const folder = temporaryFolder();
    for (const name of ['img10', 'img2', '.hidden', 'Über', '<img src=x>']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'file.png'), '');
    symlinkSync(join(folder, 'img2'), join(folder, 'link'));
    symlinkSync(join(folder, 'file.png'), join(folder, 'link-to-file'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    const listing = must(await list(folder));
    expect(listing).toMatchObject({ path: folder, parent: dirname(folder), truncated: false, writable: true });
    expect(listing.folders).toEqual(['<img src=x>', 'img2', 'img10', 'link', 'Über', '.hidden']);
    expect(listing.freeBytes).toBeGreaterThan(0);
  });

  it('goes up to the top and no further', async () => {
    expect(must(await list('/'))).toMatchObject({ path: '/', parent: null });
    expect(must(await list('/usr/../usr/./bin/..')).path).toBe('/usr');
  });

  it('says where there are more than it lists', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 2005; index++) mkdirSync(join(folder, String(index)));
    const { folders, truncated } = must(await list(folder));
    expect(folders).toHaveLength(2000);
    expect(truncated).toBe(true);
  });

  it('says what is in the way', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const missing = await list(join(folder, 'missing'));
    expect(missing).toMatchObject({ ok: false, error: { code: 'nothing-known' } });
    const file = await list(join(folder, 'file'));
    expect(file).toMatchObject({ ok: false, error: { message: expect.stringContaining('a file, not a folder') } });
    expect(await list('relative')).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });
});
