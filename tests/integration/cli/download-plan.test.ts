import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planReasons } from '../../../main/domain/plan/plan-types.ts';
import { createCli } from '../../support/cli.ts';
import { fakeImage, fileOf, namedImages, plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { doneOf, filesIn, namesIn, openLibrary, sha256 } from './download-support.ts';

const flat = ['--template', '{name}.{ext}'];

test('a plan, and a dry run, say in one document what would be done, and write nothing', async () => {
  const images = namedImages(['a.png', 'A.png', 'CON.png', 'list.csv']);
  const { api, cli } = await openLibrary(images);
  const to = join(cli.home, 'out');
  const order = ['*', '--to', 'out', ...flat];

  const plan = (await cli.json(['plan', ...order])) as Record<string, unknown>;
  expect(Object.keys(plan)).toEqual(['files', 'bytes', 'freeBytes', 'items', 'totals']);
  const totals = Object.fromEntries(planReasons.map((reason) => [reason, 0]));
  expect(plan).toEqual({
    files: 3,
    bytes: { low: 2103, high: 2103 },
    freeBytes: expect.any(Number),
    items: [
      { id: 1_000_004, name: 'a.png', path: join(to, 'a.png'), action: 'fetch', reason: 'new' },
      { id: 1_000_003, name: 'A.png', path: join(to, 'A (1).png'), action: 'rename', reason: 'same-name' },
      { id: 1_000_002, name: 'CON.png', path: join(to, 'CON_.png'), action: 'rename', reason: 'portable-name' },
      { id: 1_000_001, name: 'list.csv', path: null, action: 'skip', reason: 'other-file' },
    ],
    totals: { ...totals, new: 1, 'same-name': 1, 'portable-name': 1, 'other-file': 1 },
  });
  const { freeBytes: _, ...dry } = (await cli.json(['download', ...order, '--dry-run'])) as Record<string, unknown>;
  expect(plan).toMatchObject(dry);
  expect(await cli.json(['transfers'])).toEqual([]);
  expect(namesIn(to)).toEqual([]);
  expect(api.fileRequests()).toEqual([]);

  const { code, out, err } = await cli.run(['plan', ...order]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^3 files to download · 2 KB · .* free\n {8}1 {2}new\n/);

  const left = await cli.events(['download', ...order]);
  expect(doneOf(left.events)).toMatchObject({ planned: 4, done: 3, skipped: 1, failed: 0, cancelled: 0 });
  const again = await cli.run(['download', ...order]);
  expect(again).toEqual({
    code: 0,
    out: [
      'Nothing downloaded, 4 skipped.',
      '        3  already downloaded and unchanged: skipped',
      '        1  not images, by extension (--include-other includes them): skipped',
      `In ${to}`,
      '',
    ].join('\n'),
    err: '',
  });
  const other = await cli.events(['download', ...order, '--include-other']);
  expect(doneOf(other.events)).toMatchObject({ planned: 4, done: 1, skipped: 3 });
  const csv = await images[3]?.file.make();
  expect(filesIn(to)['list.csv']).toBe(sha256(csv ?? ''));
  const after = (await cli.json(['plan', ...order, '--include-other'])) as { files: number; totals: unknown };
  expect(after).toMatchObject({ files: 0, bytes: { low: 0, high: 0 }, totals: { ...totals, saved: 4 } });
});

test('a mistake in the template is said with its place, by exit code 2', async () => {
  const { cli } = await openLibrary(plainImages(1));
  const mistakes = [
    ['{nme}', 2, /no placeholder \{nme\}/],
    ['{name}/{name', 8, /never closed/],
    ['../{name}', 1, /leads out of the destination/],
    ['a/{id}/', 7, /ends in a folder/],
    ['', 1, /empty/],
  ] as const;
  for (const [index, [template, at, words]] of mistakes.entries()) {
    const command = index % 2 === 0 ? 'plan' : 'download';
    const { code, err, out } = await cli.run([command, '*', '--to', 'out', '--template', template, '--json']);
    expect(code).toBe(2);
    expect(err).toContain(`At character ${String(at)} of the template: `);
    expect(err).toMatch(words);
    const said = JSON.parse(out) as Record<string, unknown>;
    expect(command === 'plan' ? said['error'] : said).toMatchObject({ code: 'template-mistake' });
  }
  expect(namesIn(join(cli.home, 'out'))).toEqual([]);
});

test('a pasted name with dashes is found, however it is typed', async () => {
  const segments = ['Brand%20-%20Logo%20-%20Final.png', 'Brand%20%E2%80%93%20Shot%204.42%E2%80%AFPM.png', 'other.png'];
  const { cli } = await openLibrary(namedImages(segments));
  for (const query of ['Brand - Logo - Final.png', '"Brand – Logo – Final.png"', '"brand - shot 4.42 pm"']) {
    const plan = (await cli.json(['plan', query, '--to', 'out'])) as { files: number };
    expect({ query, files: plan.files }).toEqual({ query, files: 1 });
  }
});

test('a mistake in the query, and no account yet, do nothing and end with 2', async () => {
  const { cli } = await openLibrary(plainImages(2));
  for (const command of ['plan', 'download']) {
    const { code, err } = await cli.run([command, 'size:big', '--to', 'out']);
    expect({ command, code }).toEqual({ command, code: 2 });
    expect(err).toContain('size: expects a size such as 500kb, not "big"');
  }
  const fresh = createCli();
  for (const command of ['plan', 'download']) {
    const { code, err } = await fresh.run([command, '*', '--to', 'out']);
    expect({ command, code }).toEqual({ command, code: 2 });
    expect(err).toContain('contact-sheet accounts add');
  }
  const nothing = await cli.run(['download', 'nothing-like-this', '--to', 'out']);
  expect(nothing).toEqual({ code: 0, out: 'Nothing to download: no image was found.\n', err: '' });
});

const mine = tinyPicture('mine');
const theirs = tinyPicture('theirs');
const same = tinyPicture('same');

const policies = [
  ['skip-identical', { 'a.png': mine, 'a (1).png': theirs, 'b.png': same, 'c.png': theirs }, 1, 3],
  ['keep-both', { 'a.png': mine, 'a (1).png': theirs, 'b.png': same, 'b (1).png': same, 'c.png': theirs }, 0, 3],
  ['overwrite', { 'a.png': theirs, 'b.png': same, 'c.png': theirs }, 0, 3],
  ['skip-existing', { 'a.png': mine, 'b.png': same, 'c.png': theirs }, 2, 1],
] as const;

test('--on-conflict decides what becomes of files that are there, and the second run asks for nothing', async () => {
  const image = (id: number, segment: string, bytes: Buffer) =>
    fakeImage({ id, segment, file: fileOf(segment, bytes, id), size: '1 Kb' });
  const { api, cli } = await openLibrary([
    image(3, 'a.png', theirs),
    image(2, 'b.png', same),
    image(1, 'c.png', theirs),
  ]);
  for (const [policy, files, skipped, requests] of policies) {
    const to = join(cli.home, policy);
    mkdirSync(to);
    writeFileSync(join(to, 'a.png'), mine);
    writeFileSync(join(to, 'b.png'), same);
    const before = api.fileRequests().length;
    const order = ['download', '*', '--to', to, ...flat, '--on-conflict', policy];
    const { code, events } = await cli.events(order);
    expect({ policy, code }).toEqual({ policy, code: 0 });
    expect(doneOf(events)).toMatchObject({ planned: 3, failed: 0, done: 3 - skipped, skipped });
    const expected = Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)] as const);
    expect(filesIn(to)).toEqual(Object.fromEntries(expected));
    const again = await cli.events(order);
    expect(doneOf(again.events)).toMatchObject({ planned: 3, done: 0, skipped: 3 });
    expect(api.fileRequests()).toHaveLength(before + requests);
  }
  expect((await cli.run(['download', '*', '--to', 'x', '--on-conflict', 'replace'])).code).toBe(2);
});

test('--concurrency bounds the open requests, --limit-rate the bytes', async () => {
  const images = plainImages(12, { bytes: 30_000 });
  const { api, cli } = await openLibrary(images);
  // Chunked, so that no client can take a response as complete too early.
  api.faultFiles({ ...faults.slow(15_000, 10), ...faults.chunked() });
  const { code } = await cli.run(['download', '*', '--to', 'three', '--concurrency', '3']);
  expect(code).toBe(0);
  expect(api.mostOpenFiles()).toBe(3);

  api.clearFaults();
  const before = api.fileRequests().length;
  const args = ['download', '*', '--to', 'slow', '--concurrency', '1', '--limit-rate', '200k'];
  expect((await cli.run(args)).code).toBe(0);
  const times = api
    .fileRequests()
    .slice(before)
    .map(({ atMs }) => atMs);
  expect(times).toHaveLength(12);
  // The last is requested after eleven files of 30,000 bytes at 204,800 bytes per second, minus a burst of 250 ms.
  const leastMs = (10 * 30_000 * 1000) / 204_800 - 250;
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(leastMs);
  for (const wrong of ['0', 'fast', '-5', '5T']) {
    expect((await cli.run(['download', '*', '--to', 'slow', `--limit-rate=${wrong}`])).code).toBe(2);
  }
});

test('what changed on the server or on disk is fetched again, and a file that is another’s is left alone', async () => {
  const images = plainImages(3);
  const { api, cli } = await openLibrary(images);
  const to = join(cli.home, 'out');
  await cli.run(['download', '*', '--to', to, ...flat]);
  writeFileSync(join(to, 'image-1000002.png'), 'edited by its owner');
  const { code, events } = await cli.events(['download', '*', '--to', to, ...flat]);
  expect(code).toBe(0);
  expect(doneOf(events)).toMatchObject({ planned: 3, done: 1, skipped: 2 });
  expect(readFileSync(join(to, 'image-1000002.png'), 'utf8')).toBe('edited by its owner');
  expect(namesIn(to)).toContain('image-1000002 (1).png');
  expect(api.fileRequests()).toHaveLength(4);
});
