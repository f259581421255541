import { expect, test } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { must, openTestCore } from '../../support/core.ts';
import type { FakeApi } from '../../support/fake-api/fake-api.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults, malformedRecords } from '../../support/fake-api/faults.ts';
import { addToCore, startApi } from './support.ts';

async function openAccount(api: FakeApi) {
  const { core } = openTestCore();
  const accountId = await addToCore(core, api.origin);
  const sync = async (full = false) => {
    const before = api.calls().length;
    const { calls, added, changed, gone, malformed, present, complete, failure } = must(
      await core.call('sync.run', { accountId, full }),
    );
    expect(calls).toBe(api.calls().length - before);
    return { calls, added, changed, gone, malformed, present, complete, ...(failure && { failure: failure.code }) };
  };
  return { core, accountId, sync };
}

async function idsOf(core: Core, text = '*'): Promise<number[]> {
  const { handle, totals } = must(await core.call('catalogue.query', { text }));
  const places = must(await core.call('catalogue.rows', { handle, from: 0, to: 5000 }));
  const rows = places.filter((row) => row !== null);
  expect(rows).toHaveLength(totals.count);
  return rows.map(({ id }) => id);
}

const listed = (api: FakeApi): number[] => api.library.images().map(({ id }) => id);
const none = { added: 0, changed: 0, gone: 0, malformed: 0 } as const;

test('2,537 images cost 26 calls, nothing new one, all of them again 26', async () => {
  const api = await startApi({ library: plainImages(2537) });
  const { core, accountId, sync } = await openAccount(api);
  const whole = { ...none, present: 2537, complete: true };
  expect(await sync()).toEqual({ ...whole, calls: 26, added: 2537 });
  expect(must(await core.call('sync.cost', { accountId }))).toEqual({ least: 1, whole: 26 });
  expect(await sync()).toEqual({ ...whole, calls: 1 });
  expect(await sync(true)).toEqual({ ...whole, calls: 26 });
  expect(await idsOf(core)).toEqual(listed(api));
});

test('seven uploads while it pages: none lost, none twice, no walk from the start', async () => {
  const api = await startApi({ library: plainImages(1000) });
  const { core, sync } = await openAccount(api);
  for (const call of [2, 2, 3, 5, 7, 9, 10]) api.onCall(call, () => void api.library.upload(1));
  const first = await sync();
  expect(first).toMatchObject({ added: 1007, present: 1007, complete: true });
  expect(first.calls).toBeLessThanOrEqual(13);
  expect(await idsOf(core)).toEqual(listed(api));
  expect(await idsOf(core, 'is:new')).toEqual([]);
  expect((await sync()).calls).toBe(1);
  api.library.upload(7);
  // The second page is the first with only known images.
  expect(await sync()).toEqual({ ...none, calls: 2, added: 7, present: 1014, complete: true });
  expect(await idsOf(core, 'is:new')).toEqual(listed(api).slice(0, 7));
});

test('forty removals are marked gone only by a complete walk, and stay searchable as gone', async () => {
  const api = await startApi({ library: plainImages(450) });
  const { core, sync } = await openAccount(api);
  await sync();
  const removed = listed(api)
    .filter((_, at) => at % 11 === 3)
    .slice(0, 40);
  api.library.remove(removed);
  expect(removed).toHaveLength(40);

  api.faultCalls(faults.documented(403), { page: 4 }, 1);
  expect(await sync()).toMatchObject({ gone: 0, present: 450, complete: false, failure: 'forbidden' });
  expect(await idsOf(core, 'is:gone')).toEqual([]);

  expect(await sync()).toMatchObject({ added: 0, gone: 40, present: 410, complete: true });
  expect(await idsOf(core, 'is:gone')).toEqual(removed);
  expect(await idsOf(core)).toEqual(listed(api));
  expect(await idsOf(core, '(is:gone OR -is:gone)')).toHaveLength(450);
  expect((await sync()).calls).toBe(1);
});

test('forty removals while it pages lose no other image', async () => {
  const api = await startApi({ library: plainImages(600) });
  const { core, sync } = await openAccount(api);
  const removed = listed(api).slice(20, 60);
  api.onCall(3, () => void api.library.remove(removed));
  await sync();
  expect((await sync(true)).complete).toBe(true);
  expect(await idsOf(core)).toEqual(listed(api));
});

test('a changed address or size is a change; what is gone and comes back is present again', async () => {
  const api = await startApi({ library: plainImages(30) });
  const { core, sync } = await openAccount(api);
  await sync();
  const [first = 0, second = 0, third = 0] = listed(api);
  api.library.change(second, { size: '3 Mb' });
  api.library.change(third, { path: '/qp_userimages/sub-9/1234567/renamed.png' });
  expect(await sync()).toMatchObject({ calls: 1, added: 0, changed: 2 });
  expect(await idsOf(core, 'is:changed sort:id-desc')).toEqual([second, third]);
  expect(await idsOf(core, 'folder:sub-9 renamed')).toEqual([third]);

  const before = api.library.entries();
  api.library.remove([first]);
  expect(await sync()).toMatchObject({ gone: 1, present: 29 });
  api.library.set(before);
  expect(await sync()).toMatchObject({ added: 1, gone: 0, present: 30 });
  expect(await idsOf(core, 'is:gone')).toEqual([]);
});

test('a first sync that failed makes the images of the next one no news', async () => {
  const api = await startApi({ library: plainImages(20) });
  const { core, sync } = await openAccount(api);
  api.faultCalls(faults.documented(401), {}, 1);
  expect(await sync()).toMatchObject({ failure: 'unauthorized', present: 0 });
  expect(await sync()).toMatchObject({ added: 20 });
  expect(await idsOf(core, 'is:new')).toEqual([]);
  api.library.upload(1);
  await sync();
  expect(await idsOf(core, 'is:new')).toEqual(listed(api).slice(0, 1));
});

test('malformed records are kept as they came and counted, and lose no other; the next sync costs one call', async () => {
  const images = plainImages(250);
  const bad = malformedRecords.map((raw) => ({ raw }));
  const same = { raw: { imageURL: 'https://www.questionpro.com/a.png' } };
  const sameId = [{ raw: { imageID: 7, imageURL: 1 } }, { raw: { imageID: 7, imageURL: 2 } }];
  const library = [
    ...images.slice(0, 40),
    ...bad,
    same,
    ...images.slice(40, 120),
    same,
    same,
    ...sameId,
    ...images.slice(120),
    same,
  ];
  const api = await startApi({ library });
  const { core, accountId, sync } = await openAccount(api);
  const count = library.length - images.length;
  expect(await sync()).toEqual({
    calls: 3,
    added: 250,
    changed: 0,
    gone: 0,
    malformed: count,
    present: 250,
    complete: true,
  });
  expect(await idsOf(core)).toEqual(listed(api));

  const [journal] = must(await core.call('sync.journal', { accountId }));
  const records = must(await core.call('sync.malformed', { syncId: journal?.id ?? 0 }));
  const raws = library.filter((entry) => 'raw' in entry).map(({ raw }) => JSON.stringify(raw));
  expect(records.map(({ raw }) => raw).sort()).toEqual(raws.sort());
  expect(records.every(({ why }) => why !== '')).toBe(true);

  expect(await sync()).toMatchObject({ calls: 1, added: 0, complete: true });
  api.library.upload(3);
  expect(await sync()).toMatchObject({ calls: 2, added: 3, complete: true });
  expect(await sync(true)).toMatchObject({ calls: 3, malformed: count, complete: true });
  expect((await sync()).calls).toBe(1);
});

test('used-up calls stop it after one refusal, with the pages that came', async () => {
  const api = await startApi({ library: plainImages(500), allowance: 2 });
  const { core, sync } = await openAccount(api);
  expect(await sync()).toEqual({
    ...none,
    calls: 3,
    added: 200,
    present: 200,
    complete: false,
    failure: 'allowance-used-up',
  });
  expect(await idsOf(core)).toEqual(listed(api).slice(0, 200));
});

test('a smaller page than was asked for is taken as the server says', async () => {
  const api = await startApi({ library: plainImages(120), mostPerPage: 25 });
  const { core, sync } = await openAccount(api);
  expect(await sync()).toMatchObject({ calls: 5, added: 120, complete: true });
  expect(await idsOf(core)).toEqual(listed(api));
  expect((await sync()).calls).toBe(1);
});

test('an empty library is a whole one; what comes then is new', async () => {
  const api = await startApi();
  const { core, sync } = await openAccount(api);
  expect(await sync()).toEqual({ ...none, calls: 1, present: 0, complete: true });
  api.library.upload(2);
  expect(await sync()).toMatchObject({ calls: 1, added: 2, complete: true });
  expect(await idsOf(core, 'is:new')).toEqual(listed(api));
});
