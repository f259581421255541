import { onTestFinished } from 'vitest';
import { createSearchThread, type SearchThread } from '../../../main/features/catalogue/search-thread.ts';
import type { ImageKey } from '../../../main/domain/image/image.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { beginWalk } from '../../../main/domain/network/walk.ts';
import { createPlainEngine, type PlainEngine } from '../../support/plain-engine.ts';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { createCatalogueStore } from '../../../main/adapters/storage/images/catalogue-store.ts';
import { createFactStore } from '../../../main/adapters/storage/stores/fact-store.ts';
import { createImageReader } from '../../../main/adapters/storage/images/image-reader.ts';
import type { OpenedDatabase } from '../../../main/adapters/storage/database/open.ts';
import { createSavedFileStore } from '../../../main/adapters/storage/stores/saved-file-store.ts';
import { createSyncStore } from '../../../main/adapters/storage/sync/sync-store.ts';
import { must } from '../../support/core.ts';
import { atOnce } from '../../support/at-once.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export const standNow = Date.UTC(2026, 10, 24, 12);

/** Opens a real catalogue, written by the stores, for the index's thread. */
export function openSearchStand(folder = temporaryFolder()) {
  const database = openTestDatabase(folder, () => standNow);
  return { folder, database, plain: plainOver(database), ...storesOf(database) };
}

export function plainOver(database: OpenedDatabase): PlainEngine {
  const reader = createImageReader(database);
  return createPlainEngine({ all: reader.all, revision: reader.revision, now: () => standNow });
}

export function startThread(folder: string, version = '1', restarted = (_: unknown): void => undefined): SearchThread {
  const thread = createSearchThread({
    ...{ dataFolder: folder, cacheFolder: `${folder}/cache`, version, cachedFrom: 1, now: () => standNow, restarted },
  });
  onTestFinished(() => thread.close());
  return thread;
}

/** Returns the results that both engines must share, for each of the queries. */
export async function answers(engine: PlainEngine, texts: readonly string[]) {
  const found = [];
  for (const text of texts) {
    const { handle, totals } = must(await engine.query(parseQuery(text)));
    const keys: readonly ImageKey[] = must(await engine.keys(handle, 0, totals.count));
    found.push({ text, totals, keys });
    engine.release(handle);
  }
  return found;
}

export const everyField = [
  ...[
    '',
    'sort:name',
    'sort:size',
    'sort:seen-asc',
    'sort:width-desc',
    'sort:folder',
    'sort:ext',
    'img',
    '-img',
    'is:new',
  ],
  ...[
    'is:changed',
    'is:gone',
    'is:downloaded',
    'is:broken',
    'is:approximate',
    'account:Brand',
    'account:Panel',
    'ext:png',
  ],
  ...['size:>100kb', 'type:png', 'width:>10', 'name:/[13]\\./', 'is:gone OR -is:gone sort:name-desc'],
];

function storesOf(database: OpenedDatabase) {
  const accounts = createAccountStore(database);
  const catalogue = createCatalogueStore(database);
  const syncs = createSyncStore(database);
  return {
    ...{ accounts, catalogue, syncs },
    facts: createFactStore(database, () => standNow),
    savedFiles: createSavedFileStore(database),
    addAccount(name: string): number {
      const account = accounts.add(
        {
          ...{ uid: name, name, kind: 'questionpro' as const, origin: 'https://www.questionpro.com', userId: '1' },
          ...{ colour: '#123456', vault: 'none' as const, sampleCount: 0 },
        },
        standNow,
      );
      if (account === undefined) throw new Error('The name is taken');
      return account.id;
    },
    /** Runs a full sync of a list: images not in it are gone. */
    sync(accountId: number, images: Readonly<Record<number, string>>): void {
      const sync = syncs.begin(accountId, 'full', undefined, standNow);
      const walk = beginWalk('full', catalogue.newMark());
      const listed = Object.entries(images).map(([id, name]) => ({
        id: Number(id),
        url: `https://www.questionpro.com/qp_userimages/sub-3/1/${encodeURIComponent(name)}`,
        sizeText: `${(Number(id) * 37) % 900} Kb`,
      }));
      const counts = { page: 1, perPage: 1000, totalItems: listed.length, hasMore: false };
      const page = { accountId, syncId: sync.id, walk, ...counts };
      catalogue.savePage({ ...page, images: listed, malformed: [] }, standNow + sync.id, () => null);
      atOnce(catalogue.sweep({ accountId, syncId: sync.id, mark: walk.mark, lastSeen: standNow }));
      syncs.end(sync.id, { state: 'done', complete: true }, 0, standNow + sync.id);
    },
  };
}
