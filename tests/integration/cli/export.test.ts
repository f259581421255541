import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { must } from '../../support/core.ts';
import { namedImages } from '../../support/fake-api/fake-image.ts';
import { addToCore, coreOf, searchRows, startApi } from './support.ts';

/** Names that break a careless CSV writer, newest first. */
const names = [
  '=1+1.png',
  '+cmd|calc.png',
  '-minus.png',
  '@sum.png',
  'a "quoted", name.png',
  'semi;colon.png',
  'plain.png',
];

async function openLibrary() {
  const api = await startApi({ library: namedImages(names.map(encodeURIComponent)) });
  const cli = createCli();
  const core = coreOf(cli);
  must(await core.call('sync.run', { accountId: await addToCore(core, api.origin, '=Brand') }));
  return { cli, api };
}

/** Parses CSV strictly by RFC 4180; throws on anything else. */
function parseCsv(text: string, separator = ','): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n)`, 'y');
  const records: string[][] = [];
  for (let record: string[] = []; cell.lastIndex < text.length;) {
    const at = cell.lastIndex;
    const [, quoted, bare = '', end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`No CSV from ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === separator) continue;
    records.push(record);
    record = [];
  }
  return records;
}

test('CSV: one record an image, what a spreadsheet would run is neutralised, and nothing else is changed', async () => {
  const { cli, api } = await openLibrary();
  const { code, out, err } = await cli.run(['export', '--format', 'csv']);
  expect([code, err]).toEqual([0, '']);
  const [header = [], ...records] = parseCsv(out);
  expect(header).toEqual([
    ...['account', 'id', 'name', 'ext', 'url', 'size', 'bytes', 'exact', 'folder', 'first_seen', 'last_seen', 'state'],
    ...['downloaded', 'sha256', 'width', 'height', 'type', 'tags'],
  ]);
  const column = (name: string) => records.map((record) => record[header.indexOf(name)]);
  expect(column('name')).toEqual(names.map((name) => (/^[=+\-@]/.test(name) ? `'${name}` : name)));
  expect(new Set(column('account'))).toEqual(new Set(["'=Brand"]));
  expect(column('url')).toEqual(api.library.images().map(({ path }) => api.origin + path));
  expect(column('bytes')).toEqual(names.map((_, index) => String(700 + index)));
  expect(new Set([...column('exact'), ...column('sha256')])).toEqual(new Set(['false', '']));
});

test('CSV for Excel has a byte order mark, and the separator that is asked for or usual', async () => {
  const { cli } = await openLibrary();
  const excel = async (args: readonly string[], env: Record<string, string> = {}) => {
    const { code, out } = await cli.run(['export', 'semi', '--format', 'csv', ...args], { env });
    expect([code, out.charAt(0)]).toEqual([0, '\ufeff']);
    return out.slice(1);
  };
  expect(parseCsv(await excel(['--excel', 'tab']), '\t')[1]?.[2]).toBe('semi;colon.png');
  expect(parseCsv(await excel(['--excel'], { LC_ALL: 'en_US.UTF-8' }))[1]?.[2]).toBe('semi;colon.png');
  expect(parseCsv(await excel(['--excel'], { LC_ALL: 'de_DE.UTF-8' }), ';')[1]?.[2]).toBe('semi;colon.png');
});

test('JSON, NDJSON and URLs hold what the search gives, in its order', async () => {
  const { cli } = await openLibrary();
  const query = 'sort:name-desc';
  const rows = await searchRows(cli, query);
  const [json, ndjson, urls] = await Promise.all(
    ['json', 'ndjson', 'urls'].map(async (format) => (await cli.run(['export', query, '--format', format])).out),
  );
  expect(JSON.parse(json ?? '')).toEqual(rows);
  const lines = (text = '') => text.trimEnd().split('\n');
  expect(lines(ndjson).map((line) => JSON.parse(line) as unknown)).toEqual(rows);
  expect(lines(urls)).toEqual(rows.map(({ url }) => url));
  const nothing = await cli.run(['export', 'nothing-like-it', '--format', 'json']);
  expect(JSON.parse(nothing.out)).toEqual([]);
});

test('to a file: from where the user stands, whole or not at all', async () => {
  const { cli } = await openLibrary();
  const desk = join(cli.home, 'desk');
  mkdirSync(desk);
  const env = { INIT_CWD: desk };
  const written = await cli.json(['export', '--format', 'json', '--to', 'list.json'], { env });
  const file = join(desk, 'list.json');
  const text = readFileSync(file, 'utf8');
  expect(written).toEqual({ file, images: names.length, bytes: Buffer.byteLength(text) });
  expect(JSON.parse(text)).toEqual(await searchRows(cli));
  const again = await cli.run(['export', 'plain', '--format', 'urls', '--to', 'list.json'], { env });
  expect([again.code, again.out]).toEqual([0, `Wrote 1 image to ${file}.\n`]);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);

  const missing = await cli.run(['export', '--format', 'csv', '--to', 'no/such/list.csv'], { env });
  expect(missing.code).toBe(8);
  expect(missing.err).toContain(join(desk, 'no/such'));
  const folder = await cli.run(['export', '--format', 'csv', '--to', '.'], { env });
  expect(folder.code).toBe(8);
  expect(readdirSync(desk)).toEqual(['list.json']);
});
