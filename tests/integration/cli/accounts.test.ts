import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCli, type Cli } from '../../support/cli.ts';
import { must } from '../../support/core.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { openKeyring } from '../../support/keyring.ts';
import { addAccount, addToCore, coreOf, filesThatHold, key, searchRows, startApi, withKey } from './support.ts';

const nowhere = 'http://127.0.0.1:9';
const toAdd = (name: string, ...more: string[]) => [
  'accounts',
  'add',
  '--name',
  name,
  '--datacenter',
  nowhere,
  ...more,
];

async function namesOf(cli: Cli): Promise<unknown[]> {
  return ((await cli.json(['accounts', 'list'])) as { name: unknown }[]).map(({ name }) => name);
}

test('with the passphrase file: added, listed, tested, synced, removed', async () => {
  const api = await startApi({ library: 'documented' });
  const cli = createCli();
  const env = { CONTACT_SHEET_PASSPHRASE: 'correct horse battery' };
  const add = ['accounts', 'add', '--name', 'Brand', '--datacenter', `${api.origin}/a/api/v2/`, '--user', '1234567'];

  const added = await cli.run([...add, '--vault', 'file'], { env, input: `"${key}"\n` });
  expect(added).toEqual({
    ...{ code: 0, err: '' },
    out: 'Added “Brand”. Its key is in a file encrypted with your passphrase.\nNext: contact-sheet sync Brand\n',
  });
  expect(api.calls()).toHaveLength(0);
  expect(await cli.json(['accounts', 'list'])).toEqual([
    {
      ...{ name: 'Brand', kind: 'questionpro', datacenter: api.origin, user: '1234567', vault: 'file' },
      ...{ images: 0, synced: null },
    },
  ]);
  const tested = await cli.run(['accounts', 'test', 'brand'], { env });
  expect(tested).toEqual({ code: 0, out: 'It works: 10 images. A whole sync costs 1 call.\n', err: '' });
  expect(api.calls()).toHaveLength(1);

  expect(await cli.run(['sync'], { env })).toMatchObject({ code: 0, out: 'Brand: 10 new; 10 images, 1 call.\n' });
  const locked = await cli.events(['sync']);
  expect(locked.code).toBe(7);
  expect(locked.events[0]).toMatchObject({ event: 'error', code: 'vault-locked' });
  expect(filesThatHold(cli.home, key)).toEqual([]);
  expect(readFileSync(join(cli.home, 'keys.age'), 'utf8')).toMatch(/^(age-encryption\.org|-----BEGIN AGE)/);

  expect((await cli.run(['accounts', 'remove', 'Brand'], { env })).code).toBe(0);
  expect(await namesOf(cli)).toEqual([]);
  expect(await searchRows(cli)).toHaveLength(10);
});

test('an account whose passphrase is forgotten goes without its key', async () => {
  const cli = createCli();
  const env = { CONTACT_SHEET_PASSPHRASE: 'correct horse battery' };
  expect((await cli.run(toAdd('Brand', '--vault', 'file'), { env, input: key })).code).toBe(0);

  const kept = await cli.run(['accounts', 'remove', 'Brand']);
  expect(kept).toMatchObject({ code: 7, err: expect.stringMatching(/--leave-key/) });
  expect(await namesOf(cli)).toEqual(['Brand']);

  const removed = await cli.run(['accounts', 'remove', 'Brand', '--leave-key', '--delete-catalogue']);
  expect(removed).toMatchObject({ code: 0, out: 'Removed “Brand”. Its catalogue was deleted.\n' });
  expect(await namesOf(cli)).toEqual([]);
  expect(readdirSync(cli.home).filter((name) => name.startsWith('keys.'))).toEqual([
    expect.stringMatching(/^keys\.left-.*\.age$/u),
  ]);
  const again = { env: { CONTACT_SHEET_PASSPHRASE: 'one that I know' }, input: key };
  expect((await cli.run(toAdd('Brand', '--vault', 'file'), again)).code).toBe(0);
});

test('with the keychain: added in one process, synced in the next, given another key, its key gone with it', async () => {
  const keyring = await openKeyring('unlocked');
  try {
    const api = await startApi({ library: 'documented' });
    const cli = createCli();
    const env = { ...keyring.environment, CONTACT_SHEET_HOME: cli.home };
    const add = ['accounts', 'add', '--name', 'Brand', '--datacenter', api.origin];
    const added = await cli.run(add, { env, input: key });
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toContain('Its key is in the system keychain (Secret Service).');
    expect(await cli.run(['sync'], { env })).toMatchObject({ code: 0, out: 'Brand: 10 new; 10 images, 1 call.\n' });
    expect(api.calls()[0]?.path).toBe('/a/api/v2/images?page=1&perPage=100');
    const worse = await cli.run(['accounts', 'key', 'Brand'], { env, input: 'another-key\n' });
    expect(worse.out).toBe('The new key of “Brand” is in the system keychain (Secret Service).\n');
    const refused = await cli.run(['sync'], { env });
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('contact-sheet accounts key Brand')]);
    expect(await cli.json(['accounts', 'key', 'Brand'], { env: { ...env, ...withKey.env } })).toMatchObject({
      changed: true,
    });
    expect((await cli.run(['sync'], { env })).code).toBe(0);
    expect(filesThatHold(cli.home, key)).toEqual([]);
    expect((await cli.run(['accounts', 'remove', 'Brand', '--delete-catalogue'], { env })).code).toBe(0);
    expect(await searchRows(cli)).toEqual([]);
  } finally {
    await keyring.close();
  }
});

test('without --vault and without a keychain the three choices are named, and nothing falls back', async () => {
  const cli = createCli();
  const { code, out, err } = await cli.run([...toAdd('Brand'), '--json'], { input: key });
  expect(code).toBe(7);
  const { error } = JSON.parse(out) as { error: { code: string; message: string } };
  expect(error.code).toBe('vault-missing');
  for (const choice of ['--vault keychain', '--vault file', '--vault none']) expect(error.message).toContain(choice);
  expect(err).toBe(`${error.message}\n`);
  expect(await namesOf(cli)).toEqual([]);
});

test('what can’t be added is refused with the reason, before any key is read', async () => {
  const cli = createCli();
  await addAccount(cli, nowhere, 'Brand');
  const refusals: readonly (readonly [args: readonly string[], input: string, says: string])[] = [
    [toAdd('BRAND'), key, 'There is an account called “Brand” already'],
    [toAdd('Panel', '--vault', 'file'), '', 'accounts add … < key.txt'],
    [toAdd('Panel', '--vault', 'file'), 'two words', 'no API key'],
    [toAdd('  ', '--vault', 'none'), '', 'wants a name'],
    [toAdd('Panel', '--vault', 'cloud'), '', 'keychain, file, none'],
    [
      ['accounts', 'add', '--name', 'Panel', '--datacenter', 'http://example.com', '--vault', 'none'],
      '',
      'https address',
    ],
    [['accounts', 'add', '--name', 'Panel', '--vault', 'none'], '', '--datacenter'],
    [toAdd('Panel', '--vault', 'none', '--key', key), '', "unknown option '--key'"],
    [toAdd('Panel', key), '', 'too many arguments'],
  ];
  for (const [args, input, says] of refusals) {
    const { code, out, err } = await cli.run(args, { input });
    expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
    expect(err).toContain(says);
  }
  expect(await namesOf(cli)).toEqual(['Brand']);
});

test('CONTACT_SHEET_API_KEY is for one account alone, and names must be known', async () => {
  const api = await startApi({ library: 'documented' });
  const cli = createCli();
  await addAccount(cli, api.origin, 'Brand');
  await addAccount(cli, api.otherOrigin, 'Panel');
  const both = await cli.events(['sync'], withKey);
  expect(both).toEqual({ code: 2, events: [expect.objectContaining({ event: 'error', code: 'several-accounts' })] });
  const unknown = await cli.run(['sync', 'Brant'], withKey);
  expect([unknown.code, unknown.err]).toEqual([2, 'There is no account called “Brant”. There is “Brand”, “Panel”.\n']);
  for (const command of ['test', 'remove', 'key']) {
    expect((await cli.run(['accounts', command, 'Brant'], withKey)).code).toBe(2);
  }
  expect(api.requests).toHaveLength(0);
  expect((await cli.run(['sync', 'Panel'], withKey)).code).toBe(0);
  expect(api.requests.map(({ listener }) => listener)).toEqual(['other']);
  const missing = await cli.run(['sync', 'Brand']);
  expect([missing.code, api.calls().length]).toEqual([7, 0]);
  expect(missing.err).toContain('CONTACT_SHEET_API_KEY');
});

test('a removed account’s catalogue is kept unless it is said otherwise, and taken back by the same account', async () => {
  const api = await startApi({ library: 'documented' });
  const cli = createCli();
  const core = coreOf(cli);
  must(await core.call('sync.run', { accountId: await addToCore(core, api.origin) }));
  const rows = await searchRows(cli);

  const kept = await cli.run(['accounts', 'remove', 'Brand']);
  expect([kept.code, kept.out]).toEqual([0, expect.stringContaining('catalogue is kept')]);
  expect(await searchRows(cli)).toEqual(rows);
  await addToCore(core, api.origin);
  expect(must(await core.call('accounts.list', {}))).toMatchObject([{ name: 'Brand', images: 10 }]);

  expect(await cli.json(['accounts', 'remove', 'Brand', '--delete-catalogue'])).toEqual({
    ...{ removed: 'Brand', catalogue: 'delete' },
  });
  expect(await searchRows(cli)).toEqual([]);
  expect((await cli.run(['accounts', 'remove', 'Brand', '--keep-catalogue', '--delete-catalogue'])).code).toBe(2);
});

test('accounts test tells apart what is wrong, at the cost of one call', async () => {
  const api = await startApi({ library: 'documented', userIds: ['1234567', 'other'], forbiddenUserIds: ['other'] });
  const cli = createCli();
  const core = coreOf(cli);
  const dead = await startApi();
  await dead.close();
  await addToCore(core, api.origin, 'Works');
  await addToCore(core, api.origin, 'Forbidden', 'other');
  await addToCore(core, api.origin, 'Nobody', 'nobody');
  await addToCore(core, dead.origin, 'Refused');
  await addToCore(core, 'https://api.questionpro.invalid', 'Nameless');
  const test = async (name: string, env: Record<string, string> = withKey.env) => {
    const before = api.calls().length;
    const { code, out } = await cli.run(['accounts', 'test', name, '--json'], { env });
    return [code, (JSON.parse(out) as { error?: { code: string } }).error?.code, api.calls().length - before];
  };
  expect(await cli.json(['accounts', 'test', 'Works'], withKey)).toEqual({
    ...{ account: 'Works', works: true, total: 10, calls: 1 },
  });
  expect(await test('Works', { CONTACT_SHEET_API_KEY: 'not-the-key' })).toEqual([3, 'unauthorized', 1]);
  expect(await test('Forbidden')).toEqual([3, 'forbidden', 1]);
  expect(await test('Nobody')).toEqual([3, 'no-such-user', 1]);
  expect(await test('Refused')).toEqual([5, 'connection-refused', 0]);
  expect((await test('Nameless'))[0]).toBe(5);
  api.faultCalls(faults.throttled({ seconds: 1 }), {}, 1);
  expect(await test('Works')).toEqual([5, 'throttled', 1]);
  // A connection test doesn't wait for the rate limit: until then it fails without a call.
  await expect.poll(() => test('Works'), { timeout: 20_000 }).toEqual([0, undefined, 1]);
  api.faultCalls(faults.allowanceUsedUp(), {}, 1);
  expect(await test('Works')).toEqual([6, 'allowance-used-up', 1]);
  api.faultCalls(faults.badGateway(), {}, 1);
  expect(await test('Works')).toEqual([5, 'server-error', 1]);
});
