import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { addAccount, key } from './support.ts';

const nowhere = 'http://127.0.0.1:9';
const add = ['accounts', 'add', '--name', 'Brand', '--datacenter'];

/** Returns an environment whose home can't be opened as a data folder, as it is a file. */
function brokenHome(home: string): Readonly<Record<string, string>> {
  const file = join(home, 'a-file');
  writeFileSync(file, '');
  return { CONTACT_SHEET_HOME: join(file, 'data') };
}

describe('wrong usage', () => {
  it('is told before a missing keychain', async () => {
    const cli = createCli();
    for (const [args, input] of [
      [[...add, 'http://example.com'], key],
      [[...add, 'uss'], key],
      [['accounts', 'add', '--name', ' ', '--datacenter', 'us'], key],
      [[...add, 'us', '--user', 'x'.repeat(201)], key],
      [[...add, 'us'], 'two words'],
      [[...add, 'us'], ''],
      [[...add, 'eu'], `curl https://api.questionpro.com/a/api/v2/users/1/images -H 'api-key: ${key}'`],
    ] as const) {
      const { code, err } = await cli.run(args, { input });
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).not.toMatch(/keychain/i);
    }
    expect((await cli.run([...add, 'us'], { input: key })).code).toBe(7);
  });

  it.each([
    [...add, 'http://example.com', '--vault', 'none'],
    ['plan', 'size:big', '--to', 'x'],
    ['plan', '*', '--to', 'x', '--template', '{nothing}'],
    ['download', 'size:big', '--to', 'x'],
    ['download', '*', '--to', 'x', '--template', '{name'],
    ['download', '*', '--to', 'C:\\x'],
    ['export', 'size:big', '--format', 'csv'],
    ['export', '--format', 'csv', '--to', '~/x.csv'],
    ['verify', '\\\\server\\x'],
    ['transfers', 'retry', 'x'],
    ['sample', '--count', '-1'],
    ['search', '--limit', 'x'],
    ['serve', '--port', '65536'],
  ])('is told before the data folder is opened: %s %s %s %s %s', async (...args) => {
    const cli = createCli();
    const env = brokenHome(cli.home);
    const { code, err } = await cli.run(args, { env });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/\S/) as string });
  });

  it('is told before such a folder, which other commands find', async () => {
    const cli = createCli();
    const env = brokenHome(cli.home);
    expect((await cli.run(['accounts', 'list'], { env })).code).toBe(8);
    const document = await cli.json(['plan', 'size:big', '--to', 'x'], { env });
    expect(document).toMatchObject({ error: { code: 'query-mistake' } });
  });

  it('in a query is told before the file of an export is looked at', async () => {
    const cli = createCli();
    const locked = join(cli.home, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    const args = ['export', 'size:big', '--format', 'csv', '--to', join(locked, 'missing', 'a.csv')];
    expect((await cli.run(args)).code).toBe(2);
  });
});

describe('a path of another system', () => {
  it.each(['C:\\x', '~user/x', 's3://bucket/x'])(
    '%s is refused, and nothing is written into the working folder',
    async (path) => {
      const cli = createCli();
      await addAccount(cli, nowhere);
      const work = join(cli.home, 'work');
      mkdirSync(work);
      for (const args of [
        ['download', '*', '--to', path],
        ['export', '--format', 'urls', '--to', path],
      ]) {
        const { code, out, err } = await cli.run(args, { cwd: work });
        expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
        expect(err).toMatch(/path/);
      }
      expect(readdirSync(work)).toEqual([]);
    },
  );
});
