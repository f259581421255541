import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { addToCore, coreOf, startApi, withKey } from './support.ts';

async function openLibrary(count: number) {
  const api = await startApi({ library: plainImages(count) });
  const cli = createCli();
  const core = coreOf(cli);
  const accountId = await addToCore(core, api.origin);
  must(await core.call('sync.run', { accountId }));
  return { cli, api };
}

test('with --json standard output is one document, also where it fails and where it was called wrongly', async () => {
  const { cli } = await openLibrary(3);
  const out = join(cli.home, 'out');
  const documents: readonly (readonly [code: number, ...args: string[]])[] = [
    [2, 'accounts', 'add', '--name', 'Panel'],
    [2, 'accounts', 'frob'],
    [2, 'search', 'image', 'banner'],
    [0, 'plan', '', '--to', out],
    [2, 'plan', '', '--to', out, '--template', '{nonsense}'],
    [0, 'download', '', '--to', out, '--dry-run'],
    [2, 'export', '--format', 'xml'],
    [2, 'transfers', 'cancel', '99'],
    [2, 'verify', out],
    [0, 'sample', '--count', '1'],
    [2, 'frob'],
  ];
  for (const [code, ...args] of documents) {
    const run = await cli.run([...args, '--json']);
    expect({ args, code: run.code }).toEqual({ args, code });
    const document: unknown = JSON.parse(run.out);
    if (code !== 0) expect(document).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  }
});

test('with --json what takes its time tells it in events, one a line, its failures too', async () => {
  const { cli } = await openLibrary(3);
  const out = join(cli.home, 'out');
  const streams: readonly (readonly [code: number, last: string, ...args: string[]])[] = [
    [0, 'done', 'sync'],
    [2, 'error', 'sync', 'Brant'],
    [2, 'error', 'sync', '--nonsense'],
    [0, 'done', 'download', '', '--to', out],
    [2, 'error', 'download', 'size:big', '--to', out],
  ];
  for (const [code, last, ...args] of streams) {
    const { code: exit, events } = await cli.events(args, withKey);
    expect({ args, exit, last: events.at(-1)?.['event'] }).toEqual({ args, exit: code, last });
  }
});

test('a home that can’t be opened is said in the command’s own form', async () => {
  const cli = createCli();
  const env = { CONTACT_SHEET_HOME: '/dev/null/nowhere' };
  const sync = await cli.events(['sync'], { env });
  const list = (await cli.json(['accounts', 'list'], { env })) as { error: { code: string } };
  expect([sync.code, sync.events[0]?.['event'], list.error.code]).toEqual([8, 'error', 'not-writable']);
});

test('a reader that leaves early ends it quietly', async () => {
  const { cli } = await openLibrary(2000);
  for (const args of [['search', '--json'], ['search'], ['export', '--format', 'csv']]) {
    const { child, ended } = cli.start(args);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, err } = await ended;
    expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  }
});

test('wrong usage says what is wrong and what would be right', async () => {
  const cli = createCli();
  const { code, out, err } = await cli.run(['search', 'logo', '-draft']);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain("Put the whole query in quotes: contact-sheet search 'logo -draft'");
  const bare = await cli.run([]);
  expect([bare.code, bare.out]).toEqual([2, '']);
  expect(bare.err).toMatch(/^Usage: contact-sheet/);
  const help = await cli.run(['--help']);
  expect([help.code, help.err]).toEqual([0, '']);
  for (const command of [
    'accounts',
    'sync',
    'search',
    'plan',
    'download',
    'transfers',
    'verify',
    'export',
    'sample',
    'doctor',
  ]) {
    expect(help.out).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  }
});

test('transfers: the list shows every batch, and nothing unfinished is no failure', async () => {
  const { cli } = await openLibrary(3);
  expect((await cli.run(['transfers'])).out).toBe('Nothing was downloaded yet.\n');
  expect((await cli.run(['transfers', 'resume'])).out).toBe('Nothing is unfinished.\n');
  await cli.run(['download', 'image-1000001', '--to', 'one']);
  await cli.run(['download', '', '--to', 'two']);
  const lines = (await cli.run(['transfers'])).out.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^2 .* 3 files downloaded \(2 KB\)\. +\* → .*two$/),
    expect.stringMatching(/^1 .* 1 file downloaded \(600 B\)\. +image-1000001 → .*one$/),
  ]);
  const counts = { skipped: 0, failed: 0, cancelled: 0, unsettled: 0 };
  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown;
  expect(await cli.json(['transfers', 'list'])).toEqual([
    {
      ...{ batch: 2, state: 'finished', query: '', destination: join(cli.home, 'two'), stopped: null },
      ...{ created: instant, finished: instant, planned: 3, done: 3, bytes: 1800, ...counts },
    },
    expect.objectContaining({ batch: 1, planned: 1, done: 1, bytes: 600 }),
  ]);
  expect(await cli.json(['transfers', 'cancel'])).toEqual({ changed: 0 });
});
