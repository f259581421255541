import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../main/adapters/storage/database/migrate.ts';
import { ownMigrations } from '../../../main/adapters/storage/database/schema/own.ts';
import { must } from '../../support/core.ts';
import { fakeImage, fileOf } from '../../support/fake-api/fake-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openPictureBench } from './picture-bench.ts';

const never = new AbortController().signal;

async function turnedImages() {
  const made = [1, 2, 3].map(async (id) => {
    const canvas = { create: { width: 40, height: 30, channels: 3, background: '#468' } } as const;
    const jpeg = await sharp(canvas).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    return fakeImage({ id, segment: `turned-${id}.jpg`, file: fileOf(`turned-${id}`, jpeg), size: '1 KB' });
  });
  return Promise.all(made);
}

describe('width and height', () => {
  it('are those that the tile shows, and what an earlier version measured is corrected', async () => {
    const bench = await openPictureBench(await turnedImages());
    for (const id of [1, 2, 3]) must(await bench.open(id, 'original'));
    expect(bench.image(1)).toMatchObject({ width: 30, height: 40, type: 'jpeg' });

    const { connection } = bench.database;
    connection.exec('UPDATE own.facts SET width = 40, height = 30');
    connection.exec('INSERT INTO own.facts_to_measure SELECT account_id, image_id FROM own.facts');
    // Measured again by a fetch, and without a file on this disk.
    connection.exec('DELETE FROM own.facts_to_measure WHERE image_id = 2');
    connection.exec('UPDATE own.facts SET exact_bytes = 1 WHERE image_id = 3');
    await bench.thumbnails.measureAgain(never);
    expect(bench.image(1)).toMatchObject({ width: 30, height: 40 });
    expect(bench.image(2)).toMatchObject({ width: 40, height: 30 });
    expect(bench.image(3)).toMatchObject({ width: null, height: null });
    expect(connection.prepare('SELECT * FROM own.facts_to_measure').all()).toEqual([]);
    expect(bench.changed.map(({ id }) => id)).toContain(1);
  });

  it('are corrected where an image may be turned, and nowhere else', () => {
    const own = new DatabaseSync(join(temporaryFolder(), 'own.sqlite'));
    migrate(own, ownMigrations.slice(0, 4), () => '');
    own.exec(
      'INSERT INTO accounts (id, uid, name, name_key, kind, origin, user_id, colour, vault, created_at)\n' +
        "VALUES (7, 'u', 'n', 'n', 'questionpro', 'o', '', '#123456', 'none', 1)",
    );
    const facts = [
      [1, 40, 30, 'jpeg'],
      [2, 40, 40, 'jpeg'],
      [3, 40, 30, 'gif'],
      [4, 40, 30, 'heic'],
    ] as const;
    const add = own.prepare(
      'INSERT INTO facts (account_id, image_id, first_seen, first_sync, width, height, type) VALUES (7, ?, 1, 1, ?, ?, ?)',
    );
    for (const row of facts) add.run(...row);
    migrate(own, ownMigrations, () => join(temporaryFolder(), 'backup'));
    const waiting = own.prepare('SELECT image_id AS id FROM facts_to_measure').all();
    expect(waiting.map(({ id }) => id)).toEqual([1, 4]);
    own.close();
  });
});
