import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createAccountStore, type AccountStore } from '../../../main/storage/account-store.ts';
import { openDatabase } from '../../../main/storage/open.ts';
import { migrate, schemaVersion } from '../../../main/storage/migrate.ts';
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
    expect(existsSync(backup(1))).toBe(true);
    connection.close();
    const copy = new DatabaseSync(backup(1));
    expect(schemaVersion(copy)).toBe(1);
    copy.close();
  });
});

/** Overwrites pages in the middle, as a failing disk would. */
function scribble(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, Math.min(bytes.length, 16_384));
  writeFileSync(path, bytes);
}
