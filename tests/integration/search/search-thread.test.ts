import { rename } from 'node:fs/promises';
import { renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { countImages } from '../../support/count-images.ts';
import { must } from '../../support/core.ts';
import { atOnce } from '../../support/at-once.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { answers, everyField, openSearchStand, plainOver, standNow, startThread } from './search-stand.ts';

const hash = 'a'.repeat(64);
const measured = { exactBytes: 123_456, sha256: hash, width: 40, height: 30, type: 'png', animated: false };
const saved = {
  ...{
    batchId: 1,
    name: 'x',
    url: 'https://x/y.png',
    sizeText: '1 Kb',
    bytes: 5,
    sha256: hash,
    type: null,
    note: null,
  },
  ...{ savedAt: 1, verifiedAt: 1 },
};

function names(from: number, to: number, style = 'IMG_'): Record<number, string> {
  return Object.fromEntries(
    Array.from({ length: to - from }, (_, at) => [
      from + at,
      `${style}${(from + at) * 7}.${at % 3 === 0 ? 'PNG' : 'jpg'}`,
    ]),
  );
}

async function expectSame(stand: ReturnType<typeof openSearchStand>, thread: ReturnType<typeof startThread>) {
  expect(await answers(thread, everyField)).toEqual(await answers(stand.plain, everyField));
}

describe('the thread of the index', () => {
  it('sees each write that was made before the question', async () => {
    const stand = openSearchStand();
    const thread = startThread(stand.folder);
    const brand = stand.addAccount('Brand');
    await expectSame(stand, thread);
    stand.sync(brand, names(1, 60));
    await expectSame(stand, thread);
    const panel = stand.addAccount('Panel');
    stand.sync(panel, names(30, 50, 'logo '));
    await expectSame(stand, thread);
    // Some new images, some with another name or size, some gone.
    stand.sync(brand, { ...names(20, 50), ...names(70, 90, 'Ünïcode '), 21: 'other.gif' });
    await expectSame(stand, thread);
    stand.facts.recordMeasured({ accountId: brand, id: 22 }, measured);
    stand.facts.recordBroken({ accountId: brand, id: 23 }, { code: 'not-found', message: 'It is not there' });
    stand.savedFiles.record({ ...saved, path: '/p/22', accountId: brand, imageId: 22 });
    stand.savedFiles.record({ ...saved, path: '/p/24', accountId: panel, imageId: 31 });
    await expectSame(stand, thread);
    stand.facts.recordBroken({ accountId: brand, id: 23 }, null);
    // Another image at the same path: the first is no longer saved.
    stand.savedFiles.record({ ...saved, path: '/p/22', accountId: brand, imageId: 25, sha256: 'b'.repeat(64) });
    stand.accounts.change(panel, { name: 'Brand two' });
    await expectSame(stand, thread);
    stand.savedFiles.forget(10);
    stand.sync(brand, names(1, 60));
    await expectSame(stand, thread);
    atOnce(stand.accounts.erase(panel));
    await expectSame(stand, thread);
    stand.accounts.retire(brand, standNow);
    await expectSame(stand, thread);
  });

  it('sees what another process writes, and keeps results as they were found', async () => {
    const stand = openSearchStand();
    const other = openTestDatabase(stand.folder);
    const brand = stand.addAccount('Brand');
    stand.sync(brand, names(1, 400));
    const thread = startThread(stand.folder);
    const { handle } = must(await thread.query(parseQuery('sort:name')));
    const keys = must(await thread.keys(handle, 0, 1000));
    other.connection.exec('DELETE FROM main.images WHERE id % 3 = 0');
    other.connection.exec("UPDATE main.images SET url = 'https://x/aaa.png' WHERE id % 7 = 0");
    expect(await answers(thread, everyField)).toEqual(await answers(plainOver(other), everyField));
    expect(must(await thread.keys(handle, 0, 1000))).toEqual(keys);
    const [third] = keys.slice(2);
    if (third === undefined) throw new Error('No keys');
    expect(must(await thread.position(handle, third))).toBe(2);
    const all = must(await thread.select({ selection: null, how: 'add', what: { kind: 'query', query: '' } }));
    const what = { kind: 'images', images: [third] } as const;
    const { selection } = must(await thread.select({ selection: all.selection, how: 'remove', what }));
    const marks = must(await thread.marks(handle, { from: 0, to: 50 }, selection));
    const gone = keys.slice(0, 50).map(({ id }) => id % 3 === 0 || id === third.id);
    expect(marks).toEqual(gone.map((isGone) => !isGone));
  });

  it('reads everything anew where too much changed for the log', async () => {
    const stand = openSearchStand();
    const brand = stand.addAccount('Brand');
    stand.sync(brand, names(1, 100));
    const thread = startThread(stand.folder);
    await expectSame(stand, thread);
    stand.database.connection.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 141000)
      INSERT INTO main.images SELECT ${brand}, i, 'https://x/n' || i || '.png', '3 Kb', 1 FROM n`);
    const log = stand.database.connection.prepare('SELECT count(*) AS n FROM main.changes').get();
    expect(Number(log?.['n'])).toBeLessThan(131_072 + 4096 + 1);
    const found = must(await countImages(thread, [parseQuery(''), parseQuery('n1000.png'), parseQuery('ext:png')]));
    expect(found.map(({ count }) => count)).toEqual([140_100, 1, 140_034]);
  });

  it('answers what is still asked when it is closed, and what is asked afterwards', async () => {
    const stand = openSearchStand();
    const slow = Array.from({ length: 3000 }, (_, at) => [at + 1, `b${'a'.repeat(280)}${at}.png`] as const);
    stand.sync(stand.addAccount('Brand'), Object.fromEntries(slow));
    const thread = startThread(stand.folder);
    must(await countImages(thread, [parseQuery('')]));
    const long = countImages(thread, [parseQuery('name:/(a+)+b/')]);
    const closed = thread.close();
    const after = countImages(thread, [parseQuery('')]);
    await closed;
    const ending = { ok: false, error: { code: 'cancelled' } };
    expect(await Promise.all([long, after])).toMatchObject([ending, ending]);
  });

  it('is started again when it ends by itself, and answers', async () => {
    const stand = openSearchStand();
    stand.sync(stand.addAccount('Brand'), names(1, 50));
    stand.database.close();
    const away = `${temporaryFolder()}/away`;
    await rename(stand.folder, away);
    const reasons: unknown[] = [];
    const thread = startThread(stand.folder, '1', (reason) => {
      reasons.push(reason);
      renameSync(away, stand.folder);
    });
    expect(must(await countImages(thread, [parseQuery('')]))[0]?.count).toBe(49);
    expect(reasons).toHaveLength(1);
    await thread.close();
    expect(await countImages(thread, [parseQuery('')])).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('gives up on a question over which it ends twice, with the reason', async () => {
    const thread = startThread(`${temporaryFolder()}/nowhere`);
    await expect(thread.query(parseQuery(''))).rejects.toThrow('ended over a question');
    await expect(thread.query(parseQuery(''))).rejects.toThrow('ended over a question');
  });
});
