import { describe, expect, it } from 'vitest';
import { beginWalk, type Walk } from '../../../main/domain/network/walk.ts';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { createCatalogueStore } from '../../../main/adapters/storage/images/catalogue-store.ts';
import { createImageReader } from '../../../main/adapters/storage/images/image-reader.ts';
import type { SavedPage } from '../../../main/adapters/storage/sync/page-saver.ts';
import { createSyncStore } from '../../../main/adapters/storage/sync/sync-store.ts';
import { atOnce } from '../../support/at-once.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Simulates a process that died between the two commits of a change to both files. */
class Died extends Error {}

function openStores() {
  const database = openTestDatabase(temporaryFolder());
  const accounts = createAccountStore(database);
  const about = { kind: 'questionpro', origin: 'https://api.questionpro.com', userId: '', colour: '#123456' } as const;
  const account = accounts.add({ uid: 'one', name: 'Brand', ...about, vault: 'none', sampleCount: 0 }, 1);
  const catalogue = createCatalogueStore(database);
  const syncs = createSyncStore(database);
  const accountId = account?.id ?? 0;
  return {
    ...{ database, accounts, accountId, catalogue, syncs },
    begin: (walkId?: number) => syncs.begin(accountId, 'full', walkId, 2),
    walk: (): Walk => beginWalk('full', catalogue.newMark()),
    rows: () => [...createImageReader(database).all()],
    journal: () => {
      const list = syncs.list(accountId, 100);
      const sum = (count: 'added' | 'changed' | 'gone') => list.reduce((total, row) => total + row[count], 0);
      return { added: sum('added'), changed: sum('changed'), gone: sum('gone') };
    },
  };
}

type Stores = ReturnType<typeof openStores>;

function savePage(stores: Stores, syncId: number, walk: Walk, images: Readonly<Record<number, string>>, dies = false) {
  const listed = Object.entries(images).map(([id, sizeText]) => ({
    id: Number(id),
    url: `https://x.com/${id}.png`,
    sizeText,
  }));
  const { accountId, catalogue } = stores;
  const counts = { page: 1, perPage: 100, totalItems: listed.length, hasMore: false };
  const page: SavedPage = { accountId, syncId, walk, ...counts, images: listed, malformed: [] };
  return catalogue.savePage(page, 3, () => {
    if (dies) throw new Died();
    return null;
  });
}

function sweep({ catalogue, accountId }: Stores, syncId: number, walk: Walk): number {
  return atOnce(catalogue.sweep({ accountId, syncId, mark: walk.mark, lastSeen: 4 }));
}

/** Runs work while the catalogue's part of a sweep fails, but not that of the user's own data. */
function dyingAtTheSweep({ database: { connection } }: Stores, work: () => void): void {
  connection.exec(
    "CREATE TEMP TRIGGER dying BEFORE DELETE ON main.images BEGIN SELECT RAISE(ABORT, 'the process died'); END",
  );
  expect(work).toThrow('the process died');
  connection.exec('DROP TRIGGER dying');
}

describe('a process that dies between the two commits', () => {
  it('of a page: the page is saved again, and nothing is counted twice', () => {
    const stores = openStores();
    const [first, walk] = [stores.begin(), stores.walk()];
    expect(() => savePage(stores, first.id, walk, { 1: '1 Kb', 2: '1 Kb' }, true)).toThrow(Died);
    expect(stores.catalogue.counts(stores.accountId).present).toBe(0);
    const second = stores.begin(first.walkId);
    savePage(stores, second.id, walk, { 1: '1 Kb', 2: '1 Kb' });
    expect(stores.journal()).toEqual({ added: 2, changed: 0, gone: 0 });
    expect(stores.catalogue.counts(stores.accountId).present).toBe(2);
    expect(stores.syncs.get(first.id)).toMatchObject({ state: 'interrupted', added: 2 });

    const [third, again] = [stores.begin(), stores.walk()];
    expect(() => savePage(stores, third.id, again, { 1: '5 Kb', 2: '1 Kb', 3: '1 Kb' }, true)).toThrow(Died);
    const fourth = stores.begin(third.walkId);
    savePage(stores, fourth.id, again, { 1: '5 Kb', 2: '1 Kb', 3: '1 Kb' });
    expect(stores.journal()).toEqual({ added: 3, changed: 1, gone: 0 });
    expect(stores.rows().map(({ id, isChanged }) => [id, isChanged])).toEqual([
      [3, false],
      [2, false],
      [1, true],
    ]);
  });

  it('of a page, and the same image changes in the next walk: both are counted', () => {
    const stores = openStores();
    for (const size of ['1 Kb', '2 Kb', '3 Kb']) savePage(stores, stores.begin().id, stores.walk(), { 1: size });
    expect(stores.journal()).toEqual({ added: 1, changed: 2, gone: 0 });
  });

  it('of a sweep: what is gone is kept once, and never lost', () => {
    const stores = openStores();
    savePage(stores, stores.begin().id, stores.walk(), { 1: '1 Kb', 2: '1 Kb', 3: '1 Kb' });
    const [dying, walk] = [stores.begin(), stores.walk()];
    savePage(stores, dying.id, walk, { 1: '1 Kb' });
    dyingAtTheSweep(stores, () => sweep(stores, dying.id, walk));
    expect(stores.rows()).toMatchObject([{ id: 3, gone: false }, { id: 2, gone: false }, { id: 1 }]);

    sweep(stores, stores.begin(dying.walkId).id, walk);
    expect(stores.rows()).toMatchObject([
      { id: 1, gone: false },
      { id: 3, gone: true },
      { id: 2, gone: true },
    ]);
    expect(stores.journal().gone).toBe(2);
    expect(stores.catalogue.counts(stores.accountId).present).toBe(1);
  });

  it('while images go, come back and go again: each time is in the journal, once', () => {
    const stores = openStores();
    savePage(stores, stores.begin().id, stores.walk(), { 1: '1 Kb', 2: '1 Kb' });
    for (let time = 1; time <= 2; time++) {
      const [dying, gone] = [stores.begin(), stores.walk()];
      savePage(stores, dying.id, gone, { 1: '1 Kb' });
      dyingAtTheSweep(stores, () => sweep(stores, dying.id, gone));
      sweep(stores, stores.begin(dying.walkId).id, gone);
      expect(stores.journal()).toMatchObject({ added: 1 + time, gone: time });
      expect(stores.rows()).toMatchObject([
        { id: 1, gone: false },
        { id: 2, gone: true },
      ]);

      const [late, back] = [stores.begin(), stores.walk()];
      expect(() => savePage(stores, late.id, back, { 1: '1 Kb', 2: '1 Kb' }, true)).toThrow(Died);
      savePage(stores, stores.begin(late.walkId).id, back, { 1: '1 Kb', 2: '1 Kb' });
      sweep(stores, stores.begin(late.walkId).id, back);
      expect(stores.journal()).toMatchObject({ added: 2 + time, gone: time });
      expect(stores.rows()).toMatchObject([
        { id: 2, gone: false },
        { id: 1, gone: false },
      ]);
    }
  });

  it('of an account’s removal: what is left of it goes with the next one', () => {
    const stores = openStores();
    const { database, accounts, accountId } = stores;
    savePage(stores, stores.begin().id, stores.walk(), { 1: '1 Kb' });
    dyingAtTheSweep(stores, () => atOnce(accounts.erase(accountId)));
    expect(stores.rows()).toEqual([]);
    atOnce(accounts.erase(accountId + 1));
    expect(database.connection.prepare('SELECT count(*) AS n FROM main.images').get()).toEqual({ n: 0 });
  });
});
