import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isRunning } from '../../helpers/is-running.ts';

export { isRunning };

/** With the journal that SQLite keeps beside a copy while it makes it. */
const pattern = /^(.+)\.(\d+)\.part(?:-journal)?$/;

/** Where this process writes a file that is to stand at `path` once it is whole. */
export function unfinishedPath(path: string): string {
  return `${path}.${process.pid}.part`;
}

/** Makes a whole file at `path` of what `write` puts at the path that it is given; a kill leaves nothing of that name. */
export function makeWhole(path: string, write: (unfinished: string) => void): void {
  const unfinished = unfinishedPath(path);
  for (const left of [unfinished, `${unfinished}-journal`]) rmSync(left, { force: true });
  write(unfinished);
  renameSync(unfinished, path);
}

/** Removes what processes that are gone left unfinished, of the files that are meant by name. A refusal is no failure. */
export function removeAbandoned(folder: string, isMeant: (name: string) => boolean): void {
  try {
    for (const found of readdirSync(folder)) {
      const [, name, pid] = pattern.exec(found) ?? [];
      if (name === undefined || !isMeant(name) || isRunning(Number(pid))) continue;
      rmSync(join(folder, found), { force: true });
    }
  } catch {
    // What can't be tidied up is in nobody's way.
  }
}
