import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isSound } from './damage.ts';
import { makeFolder } from './make-folder.ts';
import { backUp } from './migrate.ts';
import { writePrivateFile } from './private-files.ts';
import { makeWhole, removeAbandoned } from './unfinished-file.ts';

const kept = 5;
const ageMs = 60 * 60 * 1000;
const pattern = /^library-[\dTZ.-]+\.sqlite$/;

/** Copies of the user's own file, newest first, as absolute paths. */
export function listBackups(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => pattern.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Makes a copy of the user's own file where the newest is over an hour old; keeps the newest five. */
export function backUpWhenDue(ownPath: string, folder: string, now: number): void {
  const [newest] = listBackups(folder);
  const madeAt = newest === undefined ? undefined : statSync(newest, { throwIfNoEntry: false })?.mtimeMs;
  if (madeAt !== undefined && now - madeAt < ageMs) return;
  makeFolder(folder);
  copyWhole(ownPath, join(folder, `library-${new Date(now).toISOString().replaceAll(':', '-')}.sqlite`));
  removeAbandoned(folder, (name) => pattern.test(name));
  for (const old of listBackups(folder).slice(kept)) rmSync(old, { force: true });
}

const keptBeforeVersions = 3;
const beforePattern = /^before-[\w.+-]+\.sqlite$/;

/**
 * Keeps the user's own file as the last version left it, as `before-VERSION.sqlite`, at the first start of another one;
 * the newest three. It is the way back: an older version can open it.
 */
export function backUpBefore(version: string, ownPath: string, folder: string): void {
  const mark = join(dirname(ownPath), 'last-version');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return;
  makeFolder(folder);
  if (existsSync(ownPath)) {
    copyWhole(ownPath, join(folder, `before-${version.replaceAll(/[^\w.+-]/g, '-')}.sqlite`));
    const age = (name: string) => statSync(join(folder, name)).mtimeMs;
    const copies = readdirSync(folder).filter((name) => beforePattern.test(name));
    for (const old of copies.sort((one, other) => age(other) - age(one)).slice(keptBeforeVersions)) {
      rmSync(join(folder, old), { force: true });
    }
  }
  writePrivateFile(mark, version);
}

/** Waits for whoever writes at the moment. */
function copyWhole(ownPath: string, path: string): void {
  const connection = new DatabaseSync(ownPath);
  try {
    connection.exec('PRAGMA busy_timeout = 10000');
    backUp(connection, path);
  } finally {
    connection.close();
  }
}

/**
 * Puts the newest sound backup in the place of `ownPath`, which must not exist, nor what belongs to it; returns the
 * backup's path.
 */
export function restoreNewest(ownPath: string, folder: string): string | undefined {
  const sound = listBackups(folder).find((path) => isSound(path));
  if (sound === undefined) return undefined;
  makeWhole(ownPath, (unfinished) => copyFileSync(sound, unfinished));
  return sound;
}
