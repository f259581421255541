import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { closeToOthers } from '../../../main/adapters/storage/database/private-files.ts';
import { createCli } from '../../support/cli.ts';
import { must, openTestCore } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o777).toString(8);
}

/** Finds everything in a folder, including itself, that another user could read, write or enter. */
function openBelow(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...found.map((entry) => join(entry.parentPath, entry.name))];
  return paths
    .filter((path) => !lstatSync(path).isSymbolicLink() && (lstatSync(path).mode & 0o077) !== 0)
    .map((path) => `${modeOf(path)} ${path.slice(folder.length)}`);
}

/** Makes everything accessible to others, as after an older version, a copy or a umask of 0. */
function openToAll(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o777 : 0o666);
  }
  chmodSync(folder, 0o777);
}

async function fill(core: Core): Promise<void> {
  const { id } = must(await core.call('sample.add', { name: 'Sample', count: 12 }));
  must(await core.call('sync.run', { accountId: id }));
  must(await core.call('settings.change', { theme: 'dark' }));
  const { handle } = must(await core.call('catalogue.query', { text: 'ext:png,jpg' }));
  const [image] = must(await core.call('catalogue.rows', { handle, from: 0, to: 1 }));
  const key = { accountId: id, id: image?.id ?? 0 };
  for (const size of ['thumbnail', 'original'] as const) {
    must(await core.openPicture(size, key, new AbortController().signal));
  }
}

describe('what is kept', () => {
  it('is the user’s alone with a umask of 0, in a folder that was there with mode 0755', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const before = process.umask(0);
    try {
      const { core } = openTestCore({ folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` } });
      await fill(core);
      expect(openBelow(folder)).toEqual([]);
      const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      expect(kept).toEqual(expect.arrayContaining(['library.sqlite-wal', 'last-version', 'settings.json']));
      for (const cache of ['originals', 'thumbnails']) {
        expect(kept.filter((path) => path.startsWith(join('cache', cache))).length).toBeGreaterThan(1);
      }
    } finally {
      process.umask(before);
    }
  });

  it('is closed to others again where all of it was open', async () => {
    const cli = createCli();
    const run = async (...args: string[]) => expect((await cli.run(args)).code).toBe(0);
    await run('sample', '--count', '5');
    await run('sync');
    writeFileSync(join(cli.home, 'keys.age'), 'sealed');
    writeFileSync(join(cli.home, 'library.sqlite.before-version-1'), 'a copy');
    mkdirSync(join(cli.home, 'logs'), { recursive: true });
    writeFileSync(join(cli.home, 'logs', 'contact-sheet.old.log'), 'old\n');
    openToAll(cli.home);
    await run('search', 'logo');
    expect(openBelow(cli.home)).toEqual([]);
  });

  it('is not followed out by a link, and nothing of the user’s in the same folder is touched', () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const theirs = join(elsewhere, 'theirs.txt');
    writeFileSync(theirs, '');
    chmodSync(theirs, 0o644);
    chmodSync(elsewhere, 0o755);
    symlinkSync(theirs, join(folder, 'last-version'));
    symlinkSync(elsewhere, join(folder, 'backups'));
    mkdirSync(join(folder, 'logs'));
    const kept = [join(folder, 'novel.txt'), join(folder, 'run.sh'), join(folder, 'logs', 'mine.log')];
    for (const path of kept) writeFileSync(path, '');
    for (const path of kept) chmodSync(path, 0o755);
    const folders = { data: folder, cache: join(folder, 'cache'), logs: join(folder, 'logs') };
    chmodSync(folder, 0o2755);
    expect(closeToOthers(folders)).toEqual([]);
    expect([modeOf(theirs), modeOf(elsewhere), ...kept.map(modeOf)]).toEqual(['644', '755', '755', '755', '755']);
    // The setgid bit stays unchanged.
    expect((statSync(folder).mode & 0o7777).toString(8)).toBe('2700');
  });

  it('is said to be open where a folder is shared by design, which is left as it is', async () => {
    const cli = createCli();
    chmodSync(cli.home, 0o1777);
    const { code, err } = await cli.run(['search', '']);
    expect(code).toBe(0);
    expect(err).toContain(`Other users of this computer can open ${cli.home}`);
    expect((statSync(cli.home).mode & 0o7777).toString(8)).toBe('1777');
    const findings = (await cli.json(['doctor'])) as { what: string; state: string; detail: string }[];
    const privacy = findings.find(({ what }) => what === 'privacy');
    expect(privacy).toMatchObject({ state: 'fails', detail: expect.stringContaining(cli.home) });
    chmodSync(cli.home, 0o700);
    const mended = (await cli.json(['doctor'])) as { what: string; state: string }[];
    expect(mended.find(({ what }) => what === 'privacy')).toMatchObject({ state: 'works' });
  });
});

describe('what is downloaded', () => {
  it('has the modes that the user’s umask gives', async () => {
    const before = process.umask(0o027);
    try {
      const { core } = openTestCore();
      await fill(core);
      const destination = join(temporaryFolder(), 'pictures');
      const { batch } = must(await core.call('downloads.start', { query: '', destination, template: '{id}' }));
      must(await core.call('downloads.wait', { batchId: batch.id }));
      const names = readdirSync(destination);
      expect(names.length).toBeGreaterThan(5);
      expect(modeOf(destination)).toBe('750');
      expect(new Set(names.map((name) => modeOf(join(destination, name))))).toEqual(new Set(['640']));
      const file = join(destination, 'export.csv');
      must(await core.call('exports.write', { query: '', format: 'csv', file }));
      expect(modeOf(file)).toBe('640');
    } finally {
      process.umask(before);
    }
  });
});
