import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/adapters/storage/database/open.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const now = () => 1_790_000_000_000;
const copies = (folder: string) =>
  readdirSync(join(folder, 'backups'))
    .filter((name) => name.startsWith('before-'))
    .sort();

/** Opens the library as this version and leaves a number in it. */
function useAs(version: string, folder: string, number = 0): void {
  const database = must(openDatabase(folder, now, version));
  database.connection.exec(`PRAGMA own.application_id = ${number}`);
  database.close();
}

test('before its first start a new version keeps the library as the last one left it, once', () => {
  const folder = temporaryFolder();
  useAs('1.0.0', folder, 1);
  expect(copies(folder)).toEqual([]);
  for (const number of [2, 3]) useAs('1.1.0', folder, number);
  expect(copies(folder)).toEqual(['before-1.1.0.sqlite']);
  const kept = new DatabaseSync(join(folder, 'backups', 'before-1.1.0.sqlite'), { readOnly: true });
  expect(kept.prepare('PRAGMA application_id').get()).toEqual({ application_id: 1 });
  kept.close();
});

test('the newest three are kept, and going back and forth replaces none', () => {
  const folder = temporaryFolder();
  for (const version of ['1.0.0', '1.1.0', '1.0.0', '1.1.0', '1.2.0', '1.3.0']) useAs(version, folder);
  expect(copies(folder)).toEqual(['before-1.0.0.sqlite', 'before-1.2.0.sqlite', 'before-1.3.0.sqlite']);
});
