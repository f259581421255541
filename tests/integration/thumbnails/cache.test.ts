import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { drawnFile, fakeImage, plainImages } from '../../support/fake-api/fake-image.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { mountReadOnly, mountSmallDisk } from '../../support/mounts.ts';
import { fillCatalogue } from '../downloads/workbench.ts';
import { listingsOf } from '../downloads/bench-test.ts';
import { openPictureBench, type PictureBench } from './picture-bench.ts';

const photo = drawnFile('photo.jpeg', 'jpeg', 120_000);
const one = [fakeImage({ id: 7, segment: 'photo.jpeg', file: photo, size: '117 Kb' })];

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('what was seen before', () => {
  it('is shown with no network, by a new process too, and although the image is gone', async () => {
    const bench = await openPictureBench(one);
    const { path } = must(await bench.open(7));
    await bench.api.close();
    const later = await bench.reopen();
    expect(must(await later.open(7)).path).toBe(path);
    const { connection } = later.database;
    connection.exec('INSERT INTO own.gone_images SELECT account_id, id, url, size_text, 0, 1 FROM main.images');
    connection.exec('DELETE FROM main.images');
    expect(must(await later.open(7)).path).toBe(path);
    rmSync(path);
    expect(must(await later.open(7)).path).toBe(path);
  });

  it('is another picture once the image has changed', async () => {
    const bench = await openPictureBench(one);
    const { path } = must(await bench.open(7));
    const listed = listingsOf(bench.api, one).map((each) => ({ ...each, sizeText: '118 Kb' }));
    fillCatalogue(bench.database, bench.accountId, listed);
    expect(must(await bench.open(7)).path).not.toBe(path);
    expect(bench.api.fileRequests(7)).toHaveLength(2);
  });

  it.each([
    { what: 'empty', harm: (path: string) => truncateSync(path, 0) },
    { what: 'cut off', harm: (path: string) => truncateSync(path, 100) },
    { what: 'something else', harm: (path: string) => writeFileSync(path, 'x'.repeat(500)) },
  ])('is made anew where its file is $what', async ({ harm }) => {
    const bench = await openPictureBench(one);
    const { path } = must(await bench.open(7));
    const whole = readFileSync(path);
    const original = must(await bench.open(7, 'original')).path;
    harm(path);
    const later = await bench.reopen();
    expect(readFileSync(must(await later.open(7)).path).equals(whole)).toBe(true);
    expect(later.api.fileRequests(7)).toHaveLength(1);
    truncateSync(original, 1000);
    expect(statSync(must(await later.open(7, 'original')).path).size).toBe(120_000);
    expect(later.api.fileRequests(7)).toHaveLength(2);
  });
});

describe('a saved copy', () => {
  async function withSaved(): Promise<{ bench: PictureBench; path: string }> {
    const bench = await openPictureBench(one);
    const path = join(bench.cacheFolder, '..', 'photo.jpeg');
    writeFileSync(path, await photo.make());
    const { connection } = bench.database;
    const [listing] = listingsOf(bench.api, one);
    connection
      .prepare(
        `INSERT INTO own.saved_files (path, account_id, image_id, batch_id, name, url, size_text, bytes, sha256, type, saved_at, verified_at)
         VALUES (?, ?, 7, 1, 'photo.jpeg', ?, ?, 120000, x'00', 'jpeg', ?, ?)`,
      )
      .run(path, bench.accountId, listing?.url ?? '', '117 Kb', Date.now(), Date.now());
    return { bench, path };
  }

  it('is what a picture is made of, with no request and no second copy', async () => {
    const { bench, path } = await withSaved();
    expect(must(await bench.open(7)).contentType).toBe('image/webp');
    expect(must(await bench.open(7, 'original'))).toEqual({ path, contentType: 'image/jpeg' });
    expect(bench.api.fileRequests()).toHaveLength(0);
    expect(filesIn(join(bench.cacheFolder, 'originals'))).toEqual([]);
  });

  it('is passed over where it was written since, or is not there', async () => {
    const { bench, path } = await withSaved();
    utimesSync(path, new Date(), new Date(Date.now() + 60_000));
    expect(must(await bench.open(7, 'original')).path).not.toBe(path);
    expect(bench.api.fileRequests()).toHaveLength(1);
  });
});

describe('the caches', () => {
  it('let go of what was unused for longest, and stay within their bounds', async () => {
    const many = plainImages(12, { bytes: 10_000 });
    const bench = await openPictureBench(many, { limits: { originalBytes: 56_000 } });
    const [oldest = 0, second = 0] = many.map(({ id }) => id);
    const longAgo = new Date(Date.now() - 3_600_000);
    const { path } = must(await bench.open(oldest, 'original'));
    const { path: unused } = must(await bench.open(second, 'original'));
    utimesSync(path, longAgo, longAgo);
    utimesSync(unused, longAgo, longAgo);
    must(await bench.open(oldest, 'original'));
    await expect.poll(() => statSync(path).atimeMs).toBeGreaterThan(longAgo.getTime());
    for (const { id } of many.slice(2, 6)) must(await bench.open(id, 'original'));
    await expect.poll(() => existsSync(unused)).toBe(false);
    expect(existsSync(path)).toBe(true);
    for (const { id } of many) must(await bench.open(id, 'original'));
    await expect.poll(async () => (await bench.thumbnails.usage()).originals).toBeLessThanOrEqual(56_000);
    expect((await bench.thumbnails.usage()).originals).toBeGreaterThan(0);
  });

  it('remove what killed writers and unknown accounts left, and nothing that is being written', async () => {
    const bench = await openPictureBench(plainImages(1));
    const [id = 0] = plainImages(1).map((image) => image.id);
    const { path } = must(await bench.open(id));
    const nobody = 2 ** 30;
    const left = `${path}.${nobody}-1.part`;
    const mine = `${path}.${process.pid}-99.part`;
    const foreign = join(bench.cacheFolder, 'thumbnails', '99', 'ab', '1-ab-256.webp');
    mkdirSync(dirname(foreign), { recursive: true });
    for (const file of [left, mine, foreign]) writeFileSync(file, 'x');
    const later = await bench.reopen();
    await later.thumbnails.usage();
    expect([left, mine, foreign].map((file) => existsSync(file))).toEqual([false, true, false]);
    expect(existsSync(path)).toBe(true);
  });

  it('can be emptied, and forget what is kept of an account', async () => {
    const many = plainImages(4);
    const bench = await openPictureBench(many);
    for (const { id } of many) must(await bench.open(id));
    const usage = await bench.thumbnails.usage();
    expect(usage.originals).toBe(4 * 600);
    expect(usage.thumbnails).toBe(
      filesIn(join(bench.cacheFolder, 'thumbnails')).reduce((sum, path) => sum + statSync(path).size, 0),
    );
    await bench.thumbnails.forgetAccount(bench.accountId + 1);
    expect(await bench.thumbnails.usage()).toEqual(usage);
    await bench.thumbnails.clear();
    expect(await bench.thumbnails.usage()).toEqual({ thumbnails: 0, originals: 0 });
    must(await bench.open(many[0]?.id ?? 0));
    await bench.thumbnails.forgetAccount(bench.accountId);
    expect(filesIn(bench.cacheFolder)).toEqual([]);
  });
});

describe('a cache folder that can’t be written', () => {
  it('is said plainly, and what is here is shown all the same', async () => {
    const bench = await openPictureBench(one);
    must(await bench.open(7, 'original'));
    // A file instead of a folder blocks everyone, even root.
    writeFileSync(join(bench.cacheFolder, 'thumbnails'), '');
    expect(must(await bench.open(7)).contentType).toBe('image/jpeg');
    const blocked = join(bench.cacheFolder, 'blocked');
    writeFileSync(blocked, '');
    const other = await bench.reopen({ cacheFolder: blocked });
    const opened = await other.open(7);
    expect(opened).toMatchObject({ ok: false, error: { code: 'not-writable', canRetry: true } });
    expect(other.explain(7)?.message).toMatch(/cache folder can’t be written/);
    expect(other.image(7).broken).toBe(false);
    rmSync(blocked);
    expect(await other.open(7)).toMatchObject({ ok: true });
  });

  testNeeding('linux', 'lies on a disk that can only be read: what is in it is shown', async () => {
    const both = [...one, ...plainImages(1)];
    const bench = await openPictureBench(both);
    must(await bench.open(7));
    const other = await bench.reopen({ cacheFolder: mountReadOnly(bench.cacheFolder) });
    expect(must(await other.open(7)).contentType).toBe('image/webp');
    expect(must(await other.open(7, 'preview')).contentType).toBe('image/jpeg');
    expect(await other.open(both[1]?.id ?? 0)).toMatchObject({ ok: false, error: { code: 'not-writable' } });
  });

  testNeeding('linux', 'lies on a full disk: the cache gives way before a picture fails', async () => {
    const second = fakeImage({ id: 8, segment: 'b.jpeg', file: drawnFile('b.jpeg', 'jpeg', 120_000), size: '117 Kb' });
    const third = fakeImage({ id: 9, segment: 'c.jpeg', file: drawnFile('c.jpeg', 'jpeg', 400_000), size: '391 Kb' });
    const disk = mountSmallDisk(200_000);
    const bench = await openPictureBench([...one, second, third], { cacheFolder: disk.folder });
    const { path } = must(await bench.open(7, 'original'));
    expect(await bench.open(8)).toMatchObject({ ok: true });
    expect(existsSync(path)).toBe(false);
    expect(await bench.open(9)).toMatchObject({ ok: false, error: { code: 'disk-full', canRetry: true } });
    expect(bench.image(9).broken).toBe(false);
    disk.resize(2_000_000);
    expect(await bench.open(9)).toMatchObject({ ok: true });
  });
});
