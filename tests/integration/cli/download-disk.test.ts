import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { allowWriting, denyWriting, mountReadOnly, mountSmallDisk } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { doneOf, eventsOf, filesIn, hashesOf, openLibrary, watchFolder } from './download-support.ts';
import { addAccount, startApi, withKey } from './support.ts';

const kib = 1024;
const toRoot = ['--template', '{name}.{ext}'];

testNeeding(
  'linux',
  'a full disk ends with 8, leaves only whole files, and resuming after making room ends with all of them',
  async () => {
    const images = plainImages(12, { bytes: 64 * kib });
    const { api, cli } = await openLibrary(images);
    const disk = mountSmallDisk(400 * kib);
    const hashes = await hashesOf(images);
    const watch = watchFolder(disk.folder, new Set(hashes));

    const full = await cli.run(['download', '*', '--to', disk.folder, ...toRoot, '--json']);
    expect(full.code).toBe(8);
    const events = eventsOf(full.out);
    const error = events.find(({ event }) => event === 'error');
    expect(error).toMatchObject({ code: 'disk-full', message: expect.stringMatching(/no space left .*Free some/) });
    // Every message names a file by its final name.
    expect(error?.['message']).toMatch(/\/image-\d+\.png\. Free/);
    expect(`${full.out}${full.err}${(await cli.run(['transfers'])).out}`).not.toContain('.part');
    expect(events.filter(({ event }) => event === 'error')).toHaveLength(1);
    const stopped = doneOf(events);
    expect(stopped).toMatchObject({ planned: 12, failed: 0, skipped: 0, cancelled: 0 });
    expect(Number(stopped['done']) + Number(stopped['unsettled'])).toBe(12);
    expect(full.err).toContain('transfers resume');
    expect(watch.end()).toEqual([]);
    const saved = Object.keys(filesIn(disk.folder)).filter((name) => !name.endsWith('.part'));
    expect(saved).toHaveLength(Number(stopped['done']));
    expect(await cli.json(['transfers'])).toMatchObject([{ state: 'paused', stopped: { code: 'disk-full' } }]);

    expect((await cli.run(['transfers', 'resume'])).code).toBe(8);

    disk.resize(4000 * kib);
    const asked = new Set(saved);
    const before = api.fileRequests().length;
    const resumed = await cli.events(['transfers', 'resume']);
    expect(resumed.code).toBe(0);
    expect(doneOf(resumed.events)).toMatchObject({ planned: 12, done: 12, failed: 0 });
    const names = images.map(({ path }) => path.split('/').at(-1) ?? '');
    const expected = names.map((name, index) => [name, hashes[index]] as const);
    expect(filesIn(disk.folder)).toEqual(Object.fromEntries(expected));
    const later = api.fileRequests().slice(before);
    expect(later.filter(({ path }) => asked.has(path.split('/').at(-1) ?? ''))).toEqual([]);
  },
);

testNeeding(
  'linux',
  'a destination that can only be read is refused with 8, and taken once it can be written',
  async () => {
    const images = plainImages(5);
    const { cli } = await openLibrary(images);
    const disk = mountReadOnly(temporaryFolder());
    const to = join(disk, 'new', 'folder');

    for (const command of ['plan', 'download']) {
      const refused = await cli.run([command, '*', '--to', to]);
      expect(refused).toMatchObject({ code: 8, out: '' });
      expect(refused.err).toMatch(/disk that is read-only\. Choose another folder\.\n$/);
    }
    expect(await cli.json(['plan', '*', '--to', to])).toMatchObject({ error: { code: 'not-writable' } });
    expect(await cli.json(['transfers'])).toEqual([]);

    allowWriting(disk);
    const saved = await cli.events(['download', '*', '--to', to, '--manifest']);
    expect(saved.code).toBe(0);
    expect(doneOf(saved.events)).toMatchObject({ planned: 5, done: 5 });
    // With everything saved there is nothing to write.
    denyWriting(disk);
    expect((await cli.run(['plan', '*', '--to', to])).out).toMatch(/^Nothing to download\./);
    expect((await cli.run(['download', '*', '--to', to])).code).toBe(0);
    expect(Object.values(filesIn(join(to, 'Brand'))).sort()).toEqual((await hashesOf(images)).sort());
  },
);

for (const [when, freeKib] of [
  ['before it has begun', 80],
  ['while it runs', 700],
] as const) {
  const name = `a disk that is full under the catalogue ${when} ends a download with 8, and it goes on later`;
  testNeeding('linux', name, async () => {
    const disk = mountSmallDisk(6000 * kib);
    const images = plainImages(300);
    const { cli } = await openLibrary(images, { home: disk.folder });
    const to = join(temporaryFolder(), 'out');
    const ballast = join(disk.folder, 'ballast');
    const { bavail, bsize } = statfsSync(disk.folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - freeKib * kib));

    const full = await cli.run(['download', '*', '--to', to, ...toRoot, '--json']);
    expect(full.code).toBe(8);
    const error = eventsOf(full.out).find(({ event }) => event === 'error');
    expect(error).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/no space left .*data.* Free some/),
    });

    rmSync(ballast);
    const again = await cli.events(['download', '*', '--to', to, ...toRoot]);
    expect(again.code).toBe(0);
    expect(doneOf(again.events)).toMatchObject({ planned: 300, failed: 0 });
    expect(Object.values(filesIn(to)).sort()).toEqual((await hashesOf(images)).sort());
  });
}

testNeeding('linux', 'what can’t be written is refused with 8 before anything is begun', async () => {
  const { api, cli } = await openLibrary(plainImages(2));
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const to of ['/proc/nope', file, join(file, 'below'), join(temporaryFolder(), 'x'.repeat(300))]) {
    for (const command of [['plan'], ['download'], ['download', '--dry-run']]) {
      const { code, out, err } = await cli.run([...command, '*', '--to', to]);
      expect({ to, command, code, out }).toEqual({ to, command, code: 8, out: '' });
      expect(err).toMatch(/[Cc]hoose (?:another|a) folder/);
    }
  }
  // Usage errors are reported first.
  expect((await cli.run(['plan', 'size:big', '--to', '/proc/nope'])).code).toBe(2);
  expect(await cli.json(['transfers'])).toEqual([]);
  expect(api.fileRequests()).toEqual([]);
});

testNeeding('linux', 'a plan that does not fit says by how much, and what to do', async () => {
  const { cli } = await openLibrary(plainImages(12, { bytes: 64 * kib }));
  const disk = mountSmallDisk(400 * kib);
  const { code, err } = await cli.run(['plan', '*', '--to', disk.folder]);
  expect(code).toBe(0);
  expect(err).toBe(
    'This does not fit: it needs 362 KB to 374 KB more than is free. Free some space, or choose another folder.\n',
  );
});

testNeeding('linux', 'a data folder that is full or can only be read is said, with 8, by every command', async () => {
  const tiny = createCli(mountSmallDisk(16 * kib).folder);
  const full = await tiny.run(['sample', '--count', '10']);
  expect(full).toMatchObject({ code: 8, out: '' });
  expect(full.err).toMatch(/^There is no space left for Contact Sheet's data in \S+\. Free some and try again\.\n$/);

  const api = await startApi({ library: plainImages(1) });
  const writable = createCli();
  await addAccount(writable, api.origin);
  await writable.run(['sync'], withKey);
  const unused = mountReadOnly(temporaryFolder());
  for (const home of [mountReadOnly(writable.home), unused, join(unused, 'new', 'folder')]) {
    const { code, err, out } = await createCli(home).run(['download', '*', '--to', temporaryFolder()], {
      cwd: unused,
    });
    expect({ code, out }).toEqual({ code: 8, out: '' });
    expect(err).toMatch(/can't write its data in \S+\. .*CONTACT_SHEET_HOME\.\n$/);
  }
});
