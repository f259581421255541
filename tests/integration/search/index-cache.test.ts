import { copyFileSync, existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCatalogueSource } from '../../../main/features/catalogue/catalogue-source.ts';
import { createIndexCache } from '../../../main/features/catalogue/index-cache.ts';
import { loadIndex } from '../../../main/adapters/search/table/image-index.ts';
import { openIndexReader } from '../../../main/adapters/storage/images/index-reader.ts';
import { atOnce } from '../../support/at-once.ts';
import { answers, everyField, openSearchStand, startThread } from './search-stand.ts';

const elapsedMs = () => performance.now();

function names(count: number): Record<number, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [at + 1, `Photo ${at} é.${at % 2 === 0 ? 'PNG' : 'jpg'}`]),
  );
}

async function openCached(count = 300) {
  const stand = openSearchStand();
  const brand = stand.addAccount('Brand');
  stand.sync(brand, names(count));
  const wide = { exactBytes: 5, sha256: null, width: 100_000, height: 3, type: 'png', animated: true };
  stand.facts.recordMeasured({ accountId: brand, id: 3 }, wide);
  const thread = startThread(stand.folder);
  await answers(thread, ['sort:name', 'sort:size']);
  await thread.close();
  const path = `${stand.folder}/cache/search-index.bin`;
  return { stand, brand, path, read: (version = '1') => createIndexCache(path, version).read(elapsedMs) };
}

describe('the cache of the index', () => {
  it('is written at the end, and holds what was read, with its orders', async () => {
    const { stand, path, read } = await openCached();
    expect(readdirSync(`${stand.folder}/cache`)).toEqual(['search-index.bin']);
    const found = read();
    expect(found?.index.table.rows).toBe(300);
    expect(found?.index.orders.has({ key: 'name', descending: false })).toBe(true);
    expect(existsSync(path)).toBe(true);
    expect(await answers(startThread(stand.folder), everyField)).toEqual(await answers(stand.plain, everyField));
  });

  it('is followed by what changed since, erased accounts too', async () => {
    const { stand, brand } = await openCached();
    const panel = stand.addAccount('Panel');
    stand.sync(panel, names(20));
    stand.sync(brand, { ...names(200), 1000: 'new.png' });
    expect(await answers(startThread(stand.folder), everyField)).toEqual(await answers(stand.plain, everyField));
    atOnce(stand.accounts.erase(brand));
    expect(await answers(startThread(stand.folder), everyField)).toEqual(await answers(stand.plain, everyField));
  });

  it('is no help where it is damaged anywhere, cut off, longer, or of another version', async () => {
    const { stand, path, read } = await openCached(40);
    const whole = readFileSync(path);
    expect(read('2')).toBeUndefined();
    // The previous version normalized names differently.
    writeFileSync(path, Buffer.from(whole.toString('latin1').replace('search index 4', 'search index 3'), 'latin1'));
    expect(read()).toBeUndefined();
    const places = Array.from({ length: 60 }, (_, at) => Math.floor((at * (whole.length - 1)) / 59));
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ 0x10;
      writeFileSync(path, damaged);
      expect(read(), `byte ${place}`).toBeUndefined();
    }
    for (const length of [0, 10, 100, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect(read(), `cut at ${length}`).toBeUndefined();
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from([0])]));
    expect(read()).toBeUndefined();
    expect(await answers(startThread(stand.folder), everyField)).toEqual(await answers(stand.plain, everyField));
  });

  it('is not believed of a library that came back from a backup, or of a catalogue that was built anew', async () => {
    const { stand, brand, path } = await openCached(50);
    const cached = `${stand.folder}/kept.bin`;
    copyFileSync(path, cached);
    // Leftovers of a killed writer do no harm.
    writeFileSync(`${path}.99999999.part`, 'half');
    const backup = `${stand.folder}/backup.sqlite`;
    stand.database.connection.prepare('VACUUM own INTO ?').run(backup);
    stand.facts.recordBroken({ accountId: brand, id: 5 }, { code: 'not-found', message: 'Gone' });
    const later = startThread(stand.folder, '2');
    await answers(later, ['is:broken']);
    await later.close();
    expect(readdirSync(`${stand.folder}/cache`)).toEqual(['search-index.bin']);
    stand.database.close();
    for (const end of ['', '-wal', '-shm']) writeFileSync(`${stand.folder}/library.sqlite${end}`, '');
    copyFileSync(backup, `${stand.folder}/library.sqlite`);
    const again = openSearchStand(stand.folder);
    again.facts.recordBroken({ accountId: brand, id: 7 }, { code: 'not-found', message: 'Gone' });
    const thread = startThread(stand.folder, '2');
    expect(await answers(thread, everyField)).toEqual(await answers(again.plain, everyField));
    await thread.close();
    // The log of a new catalogue doesn't contain the old one's changes.
    const reader = openIndexReader(stand.folder);
    const source = createCatalogueSource(reader);
    source.startAt({ main: { seq: 1, nonce: -1 }, own: { seq: 1, nonce: -1 } });
    expect(source.changes()).toBe('too-many');
    expect(loadIndex(source, elapsedMs).table.rows).toBe(50);
    reader.close();
  });
});
