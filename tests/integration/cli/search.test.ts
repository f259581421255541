import { expect, test } from 'vitest';
import { createCli, type Cli } from '../../support/cli.ts';
import { must } from '../../support/core.ts';
import { fakeImage, fileOf, namedImages } from '../../support/fake-api/fake-image.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { addToCore, coreOf, searchRows, startApi } from './support.ts';

const segments = ['logo%20banner.png', 'logo.jpg', 'draft-logo.png', 'Zu%CC%88rich.PNG', 'table.csv', 'plain'];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Opens a synced account with seven images, the newest with a size text that can't be parsed. */
async function openLibrary() {
  const file = fileOf('odd', tinyPicture('odd'));
  const odd = fakeImage({ id: 2_000_000, segment: 'odd.png', file, size: 'huge' }, 'sub-12');
  const api = await startApi({ library: [odd, ...namedImages(segments)] });
  const cli = createCli();
  const core = coreOf(cli);
  must(await core.call('sync.run', { accountId: await addToCore(core, api.origin) }));
  return { cli, api };
}

async function namesOf(cli: Cli, args: readonly string[]): Promise<unknown[]> {
  return ((await cli.json(['search', ...args])) as { name: unknown }[]).map(({ name }) => name);
}

test('rows have the documented shape, to the last key', async () => {
  const { cli, api } = await openLibrary();
  const [zurich, ...rest] = await searchRows(cli, 'zurich');
  expect(rest).toEqual([]);
  expect(zurich).toStrictEqual({
    ...{ account: 'Brand', id: 1_000_003, name: 'Zürich.PNG', ext: 'png' },
    url: `${api.origin}/qp_userimages/sub-3/1234567/Zu%CC%88rich.PNG`,
    size: { text: '703 B', bytes: 703, exact: false },
    ...{ folder: 'sub-3', firstSeen: zurich?.['firstSeen'], lastSeen: zurich?.['lastSeen'], state: 'present' },
    ...{ downloaded: null, sha256: null, width: null, height: null, type: null, tags: [] },
  });
  expect(zurich?.['firstSeen']).toMatch(instant);
  expect(zurich?.['lastSeen']).toMatch(instant);
  const [odd] = await searchRows(cli, 'odd');
  expect(odd).toMatchObject({ size: { text: 'huge', bytes: null, exact: false }, folder: 'sub-12' });
  const [plain] = await searchRows(cli, 'plain');
  expect(plain).toMatchObject({ name: 'plain', ext: '' });
});

test('a limit, a count, an order, and queries that begin with a dash', async () => {
  const { cli } = await openLibrary();
  const newestFirst = ['odd.png', 'logo banner.png', 'logo.jpg', 'draft-logo.png', 'Zürich.PNG', 'table.csv', 'plain'];
  expect(await namesOf(cli, [])).toEqual(newestFirst);
  expect(await namesOf(cli, ['*', '--limit', '2'])).toEqual(newestFirst.slice(0, 2));
  expect(await namesOf(cli, ['sort:size-asc', '--limit', '0'])).toEqual([]);
  expect((await namesOf(cli, ['sort:size'])).at(-1)).toBe('odd.png');
  expect(await cli.json(['search', 'logo', '--count'])).toStrictEqual({
    count: 3,
    bytes: 2103,
    approximate: 3,
    unknown: 0,
  });
  expect(await cli.json(['search', '--count'])).toMatchObject({ count: 7, approximate: 6, unknown: 1 });

  const undrafted = newestFirst.filter((name) => !name.startsWith('draft'));
  expect(await namesOf(cli, ['-draft'])).toEqual(undrafted);
  expect(await namesOf(cli, ['--limit', '2', '-draft'])).toEqual(undrafted.slice(0, 2));
  expect((await cli.run(['search', '--count', '-draft'])).out).toMatch(/^6 images · ≈ /);
  expect((await cli.run(['search', '-h'])).out).toMatch(/^Usage: contact-sheet search/);
});

test('for people: one line an image, and what was left out is said beside it', async () => {
  const { cli } = await openLibrary();
  const { code, out, err } = await cli.run(['search', 'logo', '--limit', '2']);
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    '1000006    ≈ 700 B  logo banner.png  Brand',
    '1000005    ≈ 701 B  logo.jpg         Brand',
    '',
  ]);
  expect(err).toBe('2 of 3 images shown.\n');
  expect(await cli.run(['search', 'nothing-like-it'])).toEqual({ code: 0, out: '', err: 'Nothing found.\n' });
});

test('a mistake in a search is said, and the rest still works', async () => {
  const { cli } = await openLibrary();
  const { code, out, err } = await cli.run(['search', 'logo size:big', '--json']);
  expect([code, (JSON.parse(out) as unknown[]).length]).toEqual([0, 3]);
  expect(err).toContain('size: expects a size such as 500kb, not "big"');
});

test('a mistake in what acts on a query stops it before anything is done', async () => {
  const { cli, api } = await openLibrary();
  const acting = [
    ['plan', 'logo size:big', '--to', 'out'],
    ['download', 'logo size:big', '--to', 'out'],
    ['download', 'logo size:big', '--to', 'out', '--dry-run'],
    ['export', 'logo size:big', '--format', 'csv', '--to', 'out.csv'],
    ['export', 'logo size:big', '--format', 'json'],
  ];
  for (const args of acting) {
    const { code, out, err } = await cli.run(args);
    expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
    expect(err).toContain('size: expects a size such as 500kb, not "big"');
  }
  expect(api.fileRequests()).toEqual([]);
  const again = await cli.json(['export', 'logo size:big', '--format', 'csv', '--to', 'out.csv']);
  expect(again).toMatchObject({ error: { code: 'query-mistake' } });
});

test.each(['tag:hero', 'is:duplicate', 'has:tag', 'rating:>=3', '-is:picked'])(
  '%s is said to be not available yet, and nothing is done by it',
  async (query) => {
    const { cli, api } = await openLibrary();
    const found = await cli.run(['search', `logo ${query}`, '--json']);
    expect([found.code, (JSON.parse(found.out) as unknown[]).length]).toEqual([0, 3]);
    expect(found.err).toContain('is not available yet. This part was left out.');
    for (const command of ['plan', 'download']) {
      const { code, out, err } = await cli.run([command, `logo ${query}`, '--to', 'out']);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('is not available yet');
    }
    expect((await cli.run(['export', query, '--format', 'csv'])).code).toBe(2);
    expect(api.fileRequests()).toEqual([]);
  },
);

test('without an account: an empty list, and how to get one', async () => {
  const cli = createCli();
  expect(await cli.json(['search', 'anything'])).toEqual([]);
  expect(await cli.json(['accounts', 'list'])).toEqual([]);
  const { code, out, err } = await cli.run(['search']);
  expect([code, out]).toEqual([0, '']);
  expect(err).toContain('contact-sheet accounts add');
  const sync = await cli.run(['sync']);
  expect(sync.code).toBe(2);
  expect(sync.err).toContain('contact-sheet accounts add');
});
