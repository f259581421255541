import { cpSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createCli, type Cli, type CliRun } from '../../support/cli.ts';
import { must } from '../../support/core.ts';
import type { FakeApi } from '../../support/fake-api/fake-api.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { addAccount, coreOf, searchRows, startApi, withKey } from './support.ts';

const pages = 5;
/** Images for five pages of three. */
const library = plainImages(15);

const idsOf = async (cli: Cli): Promise<unknown[]> => (await searchRows(cli)).map(({ id }) => id);
const listed = (api: FakeApi): number[] => api.library.images().map(({ id }) => id);

/** Signals the process at this call, which after SIGKILL stays unanswered until the process has ended. */
async function syncUntilCall(cli: Cli, api: FakeApi, call: number, signal: NodeJS.Signals) {
  const { child, ended } = cli.start(['sync', '--json'], withKey);
  api.onCall(call, async () => {
    child.kill(signal);
    if (signal === 'SIGKILL') await ended;
  });
  return ended;
}

test('killed at every page, the next sync goes on, and ends as if nothing had been', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const seed = createCli();
  await addAccount(seed, api.origin);
  const seeds = Array.from({ length: pages }, () => createCli());
  for (const [at, cli] of seeds.entries()) {
    cpSync(seed.home, cli.home, { recursive: true });
    const before = api.calls().length;
    const killed = await syncUntilCall(cli, api, before + at + 1, 'SIGKILL');
    expect(killed.code).toBeNull();
    const { code, events } = await cli.events(['sync'], withKey);
    expect(code).toBe(0);
    // Only the page in flight is requested again.
    expect(events.at(-1)).toMatchObject({ calls: pages - at, added: 15 - at * 3, total: 15, complete: true });
    expect(api.calls().length - before).toBe(pages + 1);
    const core = coreOf(cli);
    const { handle } = must(await core.call('catalogue.query', { text: '*' }));
    const rows = must(await core.call('catalogue.rows', { handle, from: 0, to: 100 }));
    expect(rows.map((row) => row?.id)).toEqual(listed(api));
  }
});

test('killed while images vanish, nothing is marked gone that is there', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const cli = createCli();
  await addAccount(cli, api.origin);
  await cli.run(['sync'], withKey);
  const gone = listed(api).filter((_, at) => at % 5 === 2);
  api.library.remove(gone);
  for (let round = 0; round < 3; round++) await syncUntilCall(cli, api, api.calls().length + 2, 'SIGKILL');
  expect((await cli.run(['sync', '--full'], withKey)).code).toBe(0);
  expect(await idsOf(cli)).toEqual(listed(api));
  expect((await searchRows(cli, 'is:gone')).map(({ id }) => id)).toEqual(gone);
});

test('Ctrl+C ends it with 130, says how to go on, and the next sync does', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const cli = createCli();
  await addAccount(cli, api.origin);
  api.faultCalls(faults.stall(), { page: 3 }, 1);
  const { code, out, err } = await syncUntilCall(cli, api, 3, 'SIGINT');
  expect(code).toBe(130);
  const [error, done] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .slice(-2);
  expect(error).toMatchObject({ event: 'error', code: 'cancelled' });
  expect(done).toMatchObject({ event: 'done', added: 6, total: 6, complete: false });
  expect(err).toBe('Brand: stopped. What came so far is kept; to go on from there: contact-sheet sync Brand\n');
  const next = await cli.events(['sync'], withKey);
  expect(next.events.at(-1)).toMatchObject({ calls: 3, added: 9, total: 15, complete: true });
});

test('SIGTERM is as good as Ctrl+C, and an account that was not begun is left for the next time', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const cli = createCli();
  await addAccount(cli, api.origin);
  expect((await cli.run(['sample', '--count', '3'])).code).toBe(0);
  api.faultCalls(faults.stall('no-head'), { page: 2 }, 1);
  const { code, out } = await syncUntilCall(cli, api, 2, 'SIGTERM');
  expect([code, out.includes('Sample library')]).toEqual([130, false]);
});

test('two processes on one account: the second is told who holds it, and searches all the same', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const cli = createCli();
  await addAccount(cli, api.origin);
  const meanwhile = new Promise<{ ids: unknown[]; run: CliRun }>((resolve) => {
    api.onCall(2, async () => resolve({ ids: await idsOf(cli), run: await cli.run(['sync', '--json'], withKey) }));
  });
  const first = cli.start(['sync'], withKey);
  const { ids, run } = await meanwhile;
  const { code, out, err } = run;
  expect(ids).toEqual(listed(api).slice(0, 3));
  expect(code).toBe(9);
  expect(err).toContain(`process ${first.child.pid} (contact-sheet sync, since `);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events).toMatchObject([
    { event: 'error', code: 'busy' },
    { event: 'done', account: 'Brand', calls: 0, total: 3, complete: false },
  ]);
  expect((await first.ended).code).toBe(0);
  expect(await idsOf(cli)).toEqual(listed(api));
});

test('throttled: it waits as it was told, in seconds and until a date, and ends complete', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const cli = createCli();
  await addAccount(cli, api.origin);
  api.faultCalls(faults.throttled({ seconds: 1 }), { page: 2 }, 1);
  api.faultCalls(faults.throttled({ dateInSeconds: 1 }), { page: 4 }, 1);
  const { code, events } = await cli.events(['sync'], withKey);
  expect(code).toBe(0);
  expect(events.at(-1)).toMatchObject({ event: 'done', calls: 7, added: 15, complete: true });
  const calls = api.calls();
  for (const [at, { status, atMs }] of calls.entries()) {
    const nextAtMs = calls[at + 1]?.atMs ?? Infinity;
    if (status === 429) expect(nextAtMs - atMs).toBeGreaterThanOrEqual(990);
  }
  expect(calls.filter(({ status }) => status === 429)).toHaveLength(2);
});

test('asked to wait for longer than five minutes it stops at once, and says until when', async () => {
  const api = await startApi({ library, mostPerPage: 3 });
  const cli = createCli();
  await addAccount(cli, api.origin);
  api.faultCalls(faults.throttled({ seconds: 3600 }), { page: 2 });
  const { code, err } = await cli.run(['sync'], withKey);
  expect(code).toBe(5);
  expect(err).toMatch(/asks to wait until \d{1,2} \w+ \d{4}, \d\d:\d\d/);
  expect(api.calls()).toHaveLength(2);
  expect(await idsOf(cli)).toHaveLength(3);
});

test('the allowance used up on page 3: one refusal, exit 6, 200 images kept', async () => {
  const api = await startApi({ library: plainImages(500) });
  const cli = createCli();
  await addAccount(cli, api.origin);
  api.faultCalls(faults.allowanceUsedUp(), { page: 3 });
  const { code, out, err } = await cli.run(['sync'], withKey);
  expect([code, out]).toEqual([6, '']);
  expect(err).toContain('allowance of API calls is used up');
  expect(api.calls()).toHaveLength(3);
  expect(await idsOf(cli)).toEqual(listed(api).slice(0, 200));
  api.clearFaults();
  const core = coreOf(cli);
  const [journal] = must(await core.call('sync.journal', {}));
  expect(journal).toMatchObject({ state: 'failed', calls: 3, added: 200, failure: { code: 'allowance-used-up' } });
});
