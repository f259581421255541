import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { listBackups } from '../../../main/adapters/storage/database/backups.ts';
import { migrate, schemaVersion } from '../../../main/adapters/storage/database/migrate.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Returns the id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

function withAccount(folder: string): void {
  const database = openTestDatabase(folder);
  const about = { kind: 'questionpro', origin: 'https://api.questionpro.com', userId: '', colour: '#123456' } as const;
  createAccountStore(database).add({ uid: 'one', name: 'Brand', ...about, vault: 'none', sampleCount: 0 }, 1);
  database.close();
}

describe('what a killed process leaves', () => {
  it('of a backup is no backup, and goes with the next one', () => {
    const folder = temporaryFolder();
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    const left = join(backups, `library-2026-03-01T10-00-00.000Z.sqlite.${deadPid()}.part`);
    const journal = `${left}-journal`;
    const running = join(backups, `library-2026-03-01T11-00-00.000Z.sqlite.${process.ppid}.part`);
    for (const path of [left, journal, running]) writeFileSync(path, 'half of a file');
    withAccount(folder);
    expect(listBackups(backups)).toHaveLength(1);
    expect([left, journal, running].map((path) => existsSync(path))).toEqual([false, false, true]);
  });

  it('of the copy before a migration is not taken for the copy', () => {
    const path = join(temporaryFolder(), 'data.sqlite');
    const copy = `${path}.before-version-2`;
    const connection = new DatabaseSync(path);
    connection.exec('CREATE TABLE one (a INTEGER) STRICT; PRAGMA user_version = 1');
    writeFileSync(`${copy}.${deadPid()}.part`, 'half of a file');
    expect(migrate(connection, ['', 'CREATE TABLE two (b INTEGER) STRICT'], () => copy)).toMatchObject({ ok: true });
    connection.close();
    const copied = new DatabaseSync(copy);
    expect(schemaVersion(copied)).toBe(1);
    copied.close();
    expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('of a damaged library that was just set aside is made good from the backup', () => {
    const folder = temporaryFolder();
    withAccount(folder);
    const path = join(folder, 'library.sqlite');
    // The state if the process dies between the two steps: the file is moved away, its companions aren't.
    renameSync(path, `${path}.damaged-before`);
    writeFileSync(`${path}-wal`, readFileSync(`${path}.damaged-before`));
    const again = openTestDatabase(folder);
    expect(again.notices).toEqual([expect.stringContaining('took its place')]);
    expect(createAccountStore(again).list()).toMatchObject([{ name: 'Brand' }]);
    expect(again.connection.prepare('PRAGMA own.integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
  });

  it('of a damaged catalogue that was just set aside does not get into the new one', () => {
    const folder = temporaryFolder();
    withAccount(folder);
    const path = join(folder, 'catalogue.sqlite');
    writeFileSync(`${path}-wal`, readFileSync(path));
    rmSync(path);
    const again = openTestDatabase(folder);
    expect(again.connection.prepare('PRAGMA main.integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
    expect(createAccountStore(again).list()).toHaveLength(1);
  });
});
