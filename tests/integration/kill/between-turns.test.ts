import { expect, it } from 'vitest';
import { beginWalk } from '../../../main/domain/network/walk.ts';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { createCatalogueStore } from '../../../main/adapters/storage/images/catalogue-store.ts';
import { createImageReader } from '../../../main/adapters/storage/images/image-reader.ts';
import { createSyncStore } from '../../../main/adapters/storage/sync/sync-store.ts';
import { inTimeSlices, type TimeSlices } from '../../../main/adapters/storage/database/time-slices.ts';
import { atOnce } from '../../support/at-once.ts';
import { openTestCore, must } from '../../support/core.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const images = 2600;

function openStores(folder = temporaryFolder()) {
  const database = openTestDatabase(folder);
  const accounts = createAccountStore(database);
  const catalogue = createCatalogueStore(database);
  const syncs = createSyncStore(database);
  const about = { kind: 'questionpro', origin: 'https://api.questionpro.com', userId: '', colour: '#123456' } as const;
  const add = (name: string) => accounts.add({ uid: name, name, ...about, vault: 'none', sampleCount: 0 }, 1)?.id ?? 0;
  /** Runs a walk that lists these images, but doesn't finish. */
  const list = (accountId: number, ids: readonly number[]) => {
    const sync = syncs.begin(accountId, 'full', undefined, 2);
    const walk = beginWalk('full', catalogue.newMark());
    const listed = ids.map((id) => ({ id, url: `https://x.com/${id}.png`, sizeText: '1 Kb' }));
    const page = { accountId, syncId: sync.id, walk, page: 1, perPage: 100, totalItems: ids.length, hasMore: false };
    catalogue.savePage({ ...page, images: listed, malformed: [] }, 3, () => null);
    return { accountId, walkId: sync.walkId, syncId: sync.id, mark: walk.mark, lastSeen: 4 };
  };
  const count = (table: string) =>
    Number(database.connection.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  return { database, accounts, catalogue, syncs, folder, add, list, count };
}

/** Simulates a process that is killed after this many time slices. */
function dieAfter(turns: TimeSlices<unknown>, count: number): boolean {
  for (let turn = 0; turn < count; turn++) if (turns.next().done === true) return true;
  return false;
}

const all = Array.from({ length: images }, (_, at) => at);
const odd = all.filter((id) => id % 2 === 1);

it.each([1, 2, 4, 5])(
  'a sweep that dies after %i turns is carried on, and nothing is lost or counted twice',
  (turns) => {
    const { catalogue, syncs, database, add, list, count } = openStores();
    const accountId = add('Brand');
    list(accountId, all);
    const dying = list(accountId, odd);
    expect(dieAfter(catalogue.sweep(dying), turns)).toBe(false);
    const reader = createImageReader(database);
    const rows = () => [...reader.all()];
    // Images that are gone by now are recorded as such, and the count equals the rows.
    expect(rows()).toHaveLength(images);
    expect(catalogue.counts(accountId).present).toBe(count('main.images'));
    expect(syncs.get(dying.syncId)?.gone).toBe(count('own.gone_images'));

    const next = syncs.begin(accountId, 'full', dying.walkId, 5);
    const gone = atOnce(catalogue.sweep({ ...dying, syncId: next.id }));
    expect(rows().filter((row) => row.gone)).toHaveLength(images - odd.length);
    expect(gone + (syncs.get(dying.syncId)?.gone ?? 0)).toBe(images - odd.length);
    expect(catalogue.counts(accountId).present).toBe(odd.length);
  },
);

it('a walk in which nothing is gone writes nothing of the user’s own', () => {
  const { catalogue, add, list, count } = openStores();
  const accountId = add('Brand');
  const whole = list(accountId, all);
  const before = count('own.changes');
  expect(atOnce(catalogue.sweep(whole))).toBe(0);
  expect(count('own.changes')).toBe(before);
  expect(catalogue.counts(accountId).present).toBe(images);
});

it.each([1, 2, 3, 5, 8, 12, 16])(
  'an account whose erasing dies after %i turns is found by nobody, and goes at the next start',
  async (turns) => {
    const { accounts, database, folder, add, list } = openStores();
    const [kept, erased] = [add('Kept'), add('Erased')];
    list(kept, [1, 2, 3]);
    atOnce(createCatalogueStore(database).sweep(list(erased, odd)));
    list(erased, all);
    dieAfter(accounts.erase(erased), turns);
    expect(accounts.list().map(({ id }) => id)).toEqual([kept]);
    expect([...createImageReader(database).all()].map(({ accountId }) => accountId)).toEqual([kept, kept, kept]);
    database.close();

    const { core } = openTestCore({ folders: { data: folder, cache: folder, logs: folder } });
    expect(must(await core.call('accounts.list', {}))).toMatchObject([{ name: 'Kept', images: 3 }]);
    const again = openStores(folder);
    await expect.poll(() => ['own.facts', 'own.gone_images', 'own.syncs'].map(again.count)).toEqual([3, 0, 1]);
    // Data that can be synced again may remain until the next account is erased.
    atOnce(again.accounts.erase(0));
    expect(['main.images', 'main.walks', 'main.malformed'].map(again.count)).toEqual([3, 1, 0]);
  },
);

it('turns let others go between them, and stop where they are told to', async () => {
  const order: string[] = [];
  function* work(): TimeSlices<string> {
    for (const turn of ['one', 'two', 'three']) {
      order.push(turn);
      yield;
    }
    return 'done';
  }
  const whole = inTimeSlices(work());
  setImmediate(() => order.push('another'));
  expect(await whole).toEqual({ value: 'done' });
  expect(order.indexOf('another')).toBeLessThan(order.indexOf('three'));
  const stopping = new AbortController();
  const stopped = inTimeSlices(work(), stopping.signal);
  stopping.abort();
  expect(await stopped).toBeUndefined();
});
