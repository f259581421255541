import { expect, test } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { must } from '../../support/core.ts';
import type { Fault } from '../../support/fake-api/fault.ts';
import { faults, jsonError } from '../../support/fake-api/faults.ts';
import { addToCore, coreOf, filesThatHold, key, searchRows, startApi, withKey } from './support.ts';

type Case = {
  readonly fault: Fault;
  readonly exit: number;
  readonly calls: number;
  readonly code: string;
  /** Parts of the message: what happened, and what to do. */
  readonly says: readonly string[];
};

const refused = { exit: 3, calls: 1 } as const;
/** The first call and four retries. */
const unavailable = { exit: 5, calls: 5 } as const;
const cutPage = faults.status(200, '{"response": [{"imageID": 10', 'application/json');
const namesKey = jsonError(403, { id: 1011, name: 'FORBIDDEN', message: `No access with ${key}` }, key);
const tellingError = faults.status(403, namesKey, 'application/json');

/** The cases, by the requested user. */
const cases: Readonly<Record<string, Case>> = {
  'e-400': { fault: faults.documented(400), ...refused, code: 'bad-request', says: ['page 1', '"e-400"', 'check'] },
  'e-401': { fault: faults.documented(401), ...refused, code: 'unauthorized', says: ["Enter the account's key again"] },
  'e-403': { fault: faults.documented(403), ...refused, code: 'forbidden', says: ['may not read', '"e-403"', 'Use'] },
  'e-404': { fault: faults.documented(404), ...refused, code: 'no-such-user', says: ['"e-404"', 'Check the user ID'] },
  'e-500': { fault: faults.documented(500), ...unavailable, code: 'server-error', says: ['(500)', 'Try again later'] },
  html: { fault: faults.badGateway(), ...unavailable, code: 'server-error', says: ['(502)', 'Try again later'] },
  'cut-off': { fault: faults.cutOff(), ...unavailable, code: 'cut-off', says: ['broke off', 'Try again'] },
  'cut-page': { fault: cutPage, ...unavailable, code: 'cut-off', says: ['ended too early', 'Try again later'] },
  login: { fault: faults.loginPage(), ...unavailable, code: 'not-the-api', says: ['login page', 'sign in'] },
  empty: { fault: faults.empty(), ...unavailable, code: 'cut-off', says: ['empty', 'Try again later'] },
  telling: { fault: tellingError, ...refused, code: 'forbidden', says: ['No access with [key]'] },
};

test('whatever the API answers: its exit code, a sentence that helps, the catalogue as it was, the key nowhere', async () => {
  const api = await startApi({ library: 'documented' });
  const cli = createCli();
  const core = coreOf(cli);
  for (const user of Object.keys(cases)) {
    const accountId = await addToCore(core, api.origin, user, user);
    must(await core.call('sync.run', { accountId }));
  }
  const before = await searchRows(cli);
  expect(before).toHaveLength(10 * Object.keys(cases).length);
  const asked = api.calls().length;
  for (const [user, { fault }] of Object.entries(cases)) api.faultCalls(fault, { path: `/users/${user}/` });

  // Retries take real seconds, so all cases run at once, each in its own process.
  const runs = await Promise.all(Object.keys(cases).map((user) => cli.run(['sync', user, '--json'], withKey)));
  for (const [at, [user, { exit, code, calls, says }]] of Object.entries(cases).entries()) {
    const run = runs[at];
    const events = run?.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect({ user, code: run?.code }).toEqual({ user, code: exit });
    const [error, done] = (events ?? []).filter(({ event }) => event !== 'progress');
    expect(error).toEqual({ event: 'error', code, message: error?.['message'] });
    for (const words of [`${user}: `, ...says]) expect(error?.['message']).toContain(words);
    expect(run?.err).toContain(error?.['message']);
    const nothing = { added: 0, changed: 0, gone: 0, malformed: 0, total: 10, complete: false };
    expect(done).toEqual({ event: 'done', account: user, calls, ...nothing });
    expect(
      api
        .calls()
        .slice(asked)
        .filter(({ path }) => path.includes(`/users/${user}/`)),
    ).toHaveLength(calls);
    expect(`${run?.out}${run?.err}`).not.toContain(key);
  }
  expect(await searchRows(cli)).toEqual(before);
  expect(filesThatHold(cli.home, 'sync ended')).not.toEqual([]);
  expect(filesThatHold(cli.home, key)).toEqual([]);
});

test('several accounts: one that fails stops no other, each has its last event, and the gravest exit code counts', async () => {
  const api = await startApi({ library: 'documented' });
  const cli = createCli();
  const core = coreOf(cli);
  const passphrase = { CONTACT_SHEET_PASSPHRASE: 'several accounts' };
  for (const name of ['Brand', 'Panel', 'Agency']) {
    const args = ['accounts', 'add', '--name', name, '--datacenter', api.origin, '--user', name, '--vault', 'file'];
    expect((await cli.run(args, { env: passphrase, input: key })).code).toBe(0);
  }
  api.faultCalls(faults.documented(404), { path: '/users/Brand/' });
  api.faultCalls(faults.allowanceUsedUp(), { path: '/users/Panel/' });
  const { code, events } = await cli.events(['sync'], { env: passphrase });
  expect(code).toBe(6);
  const told = events
    .filter(({ event }) => event !== 'progress')
    .map((one) => [one['event'], one['account'] ?? one['code']]);
  const brand = [
    ['error', 'no-such-user'],
    ['done', 'Brand'],
  ];
  const panel = [
    ['error', 'allowance-used-up'],
    ['done', 'Panel'],
  ];
  expect(told).toEqual([...brand, ...panel, ['done', 'Agency']]);
  expect(events.at(-1)).toMatchObject({ account: 'Agency', added: 10, complete: true });
  expect(must(await core.call('accounts.list', {})).map(({ images }) => images)).toEqual([0, 0, 10]);
});
