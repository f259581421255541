import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createAccountStore, type AccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { openDatabase } from '../../../main/adapters/storage/database/open.ts';
import { catalogueMigrations } from '../../../main/adapters/storage/database/schema/catalogue.ts';
import { ownMigrations } from '../../../main/adapters/storage/database/schema/own.ts';
import { migrate, schemaVersion } from '../../../main/adapters/storage/database/migrate.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const now = () => 1_700_000_000_000;

function addAccount(store: AccountStore, name: string) {
  const about = { kind: 'questionpro', origin: 'https://api.questionpro.com', userId: '1', colour: '#112233' } as const;
  return store.add({ uid: `uid-${name}`, name, ...about, vault: 'none', sampleCount: 0 }, now());
}

describe('opening the data', () => {
  it('makes both files, for their owner only, and finds what was written again', () => {
    const folder = temporaryFolder();
    const first = openTestDatabase(folder);
    addAccount(createAccountStore(first), 'Brand');
    first.close();
    const again = openTestDatabase(folder);
    expect(createAccountStore(again).list()).toMatchObject([{ name: 'Brand', userId: '1' }]);
    expect(again.notices).toEqual([]);
    expect(again.connection.prepare('PRAGMA own.synchronous').get()).toMatchObject({ synchronous: 2 });
  });

  it('keeps what files of an earlier version held in another order, and goes on logging its changes', () => {
    const folder = temporaryFolder();
    const [catalogue, own] = ['catalogue.sqlite', 'library.sqlite'].map((name) => new DatabaseSync(join(folder, name)));
    if (catalogue === undefined || own === undefined) throw new Error('No files');
    migrate(catalogue, catalogueMigrations.slice(0, 2), () => '');
    migrate(own, ownMigrations.slice(0, 3), () => '');
    own.exec(`INSERT INTO accounts (id, uid, name, name_key, kind, origin, user_id, colour, vault, created_at)
      VALUES (7, 'u', 'Brand', 'brand', 'questionpro', 'https://x', '1', '#112233', 'none', 1)`);
    for (const id of [1, 2, 3]) {
      catalogue.exec(`INSERT INTO images VALUES (7, ${String(id)}, 'https://x/${String(id)}.png', '1 Kb', 4)`);
      own.exec(`INSERT INTO facts (account_id, image_id, first_seen, first_sync) VALUES (7, ${String(id)}, 5, 6)`);
    }
    for (const file of [catalogue, own]) file.close();

    const { connection } = openTestDatabase(folder);
    const ids = (sql: string) =>
      connection
        .prepare(sql)
        .all()
        .map((row) => Object.values(row).join(' '));
    expect(ids('SELECT id, url, mark FROM main.images')).toEqual([3, 2, 1].map((id) => `${id} https://x/${id}.png 4`));
    expect(ids('SELECT image_id, first_seen, first_sync FROM own.facts')).toEqual(['3 5 6', '2 5 6', '1 5 6']);
    const logged = (schema: string) => ids(`SELECT image_id FROM ${schema}.changes WHERE seq > 4`);
    expect([logged('main'), logged('own')]).toEqual([[], []]);
    connection.exec(
      `INSERT INTO main.images VALUES (7, 9, 'u', 's', 1); UPDATE own.facts SET width = 1 WHERE image_id = 2`,
    );
    expect([logged('main'), logged('own')]).toEqual([['9'], ['2']]);
    connection.exec('DELETE FROM own.accounts');
    expect(ids('SELECT image_id FROM own.facts')).toEqual([]);
  });

  it('refuses data of a newer version and leaves it as it is', () => {
    const folder = temporaryFolder();
    openTestDatabase(folder).close();
    const path = join(folder, 'library.sqlite');
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    const before = readFileSync(path);
    expect(openDatabase(folder, now)).toMatchObject({ ok: false, error: { code: 'newer-data' } });
    expect(readFileSync(path)).toEqual(before);
  });

  for (const [how, damage] of [
    ['overwritten', (path: string) => writeFileSync(path, 'this is no database at all, whatever its name says')],
    ['cut off', (path: string) => truncateSync(path, 6000)],
    ['scribbled over', (path: string) => scribble(path)],
  ] as const) {
    it(`sets a catalogue aside that was ${how}, and says so`, () => {
      const folder = temporaryFolder();
      const first = openTestDatabase(folder);
      addAccount(createAccountStore(first), 'Brand');
      first.close();
      damage(join(folder, 'catalogue.sqlite'));
      const again = openTestDatabase(folder, now);
      expect(again.notices).toHaveLength(1);
      expect(again.notices[0]).toContain('catalogue was damaged');
      expect(createAccountStore(again).list()).toHaveLength(1);
      expect(readdirSync(folder).some((name) => name.startsWith('catalogue.sqlite.damaged-'))).toBe(true);
    });

    it(`puts the newest backup in the place of a library that was ${how}`, () => {
      const folder = temporaryFolder();
      const first = openTestDatabase(folder);
      addAccount(createAccountStore(first), 'Brand');
      first.close();
      damage(join(folder, 'library.sqlite'));
      const again = openTestDatabase(folder, now);
      expect(again.notices[0]).toContain('took its place');
      expect(createAccountStore(again).list()).toMatchObject([{ name: 'Brand' }]);
    });
  }

  it('says what to do where its folder can not be written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(openDatabase(join(folder, 'file', 'data'), now)).toMatchObject({
      ok: false,
      error: { code: 'not-writable' },
    });
  });
});

describe('migrating', () => {
  const steps = ['CREATE TABLE one (a) STRICT', 'CREATE TABLE two (b INTEGER) STRICT'];

  it('copies the file before it changes it, and keeps each whole step when one fails', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'data.sqlite');
    const connection = new DatabaseSync(path);
    const backup = (version: number) => `${path}.before-version-${version + 1}`;
    connection.exec('CREATE TABLE one (a INTEGER) STRICT; PRAGMA user_version = 1');
    expect(() => migrate(connection, [...steps, 'CREATE TABLE broken (', ''], backup)).toThrow('incomplete input');
    expect(schemaVersion(connection)).toBe(2);
    expect(statSync(backup(1)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    connection.close();
    const copy = new DatabaseSync(backup(1));
    expect(schemaVersion(copy)).toBe(1);
    copy.close();
  });

  it('says of a disk that fills up meanwhile that it is full, and leaves the file as it was', () => {
    const connection = new DatabaseSync(join(temporaryFolder(), 'data.sqlite'));
    connection.exec('CREATE TABLE one (a BLOB); PRAGMA max_page_count = 4');
    const fill = 'INSERT INTO one VALUES (zeroblob(100000))';
    expect(() => migrate(connection, [fill], () => '')).toThrow('database or disk is full');
    expect([schemaVersion(connection), connection.prepare('SELECT * FROM one').all()]).toEqual([0, []]);
    connection.close();
  });
});

/** Overwrites pages in the middle, like a failing disk. */
function scribble(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, Math.min(bytes.length, 16_384));
  writeFileSync(path, bytes);
}
