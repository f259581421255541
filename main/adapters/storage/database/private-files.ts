import { chmodSync, closeSync, lstatSync, openSync, readdirSync, statSync, writeFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Folders } from '../../../ports/folders.ts';

const others = 0o077;
/** A folder that all users share by design, as /tmp is. */
const sticky = 0o1000;

/** Makes an empty file for its owner only, whatever the umask; leaves one that is there. */
export function createPrivateFile(path: string): void {
  try {
    // One that is there must not be opened: closing it would give up SQLite's locks on it.
    closeSync(openSync(path, 'wx', 0o600));
    chmodSync(path, 0o600);
  } catch {
    // It is there already, or whoever opens it next says what the disk refuses.
  }
}

/** Writes a file for its owner only, whatever the umask and whatever was there. */
export function writePrivateFile(path: string, text: string): void {
  createPrivateFile(path);
  writeFileSync(path, text, { mode: 0o600 });
}

type Entries = {
  /** Files by their names; no other file of the folder is touched. */
  readonly files?: RegExp;
  readonly folders?: Readonly<Record<string, Entries | 'all'>>;
};

/** Our own entries in the three folders, which may also hold files of the user. */
const ours: Readonly<Record<'data' | 'cache' | 'logs', Entries>> = {
  data: {
    files: /^((catalogue|library)\.sqlite.*|settings\..*|keys\.age.*|last-version|check-at-start|open-\d+\.html)$/,
    folders: { backups: { files: /\.sqlite/ }, locks: { files: /\.lock/ }, window: 'all' },
  },
  cache: {
    files: /^search-index\.bin/,
    folders: { thumbnails: 'all', originals: 'all', window: 'all' },
  },
  logs: { files: /^contact-sheet(\.old)?\.log$/ },
};

/**
 * Takes every permission of other users from what is kept in these folders; returns the paths that stay open to them. A
 * folder that was closed is not looked through where it holds many files, as nobody could enter it.
 */
export function closeToOthers(folders: Pick<Folders, 'data' | 'cache' | 'logs'>): readonly string[] {
  // Windows keeps what is in a user's profile from other users, and knows no such modes.
  if (process.platform === 'win32') return [];
  const left: string[] = [];
  for (const name of ['data', 'cache', 'logs'] as const) {
    const folder = folders[name];
    const status = statSync(folder, { throwIfNoEntry: false });
    if (status?.isDirectory() === true) closeFolder(folder, status, ours[name], left);
  }
  return left;
}

function closeFolder(folder: string, status: Stats, entries: Entries | 'all', left: string[]): void {
  const wasOpen = (status.mode & others) !== 0;
  closePath(folder, status, left);
  if (entries === 'all' && !wasOpen) return;
  for (const { name } of readFolder(folder)) {
    const below = entries === 'all' ? 'all' : entries.folders?.[name];
    const isMeant = entries === 'all' || below !== undefined || entries.files?.test(name) === true;
    const path = join(folder, name);
    const found = isMeant ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
    if (found?.isDirectory() === true && below !== undefined) closeFolder(path, found, below, left);
    else if (found?.isFile() === true) closePath(path, found, left);
  }
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Some file systems refuse a mode, others take it and keep theirs. */
function closePath(path: string, { mode }: Stats, left: string[]): void {
  if ((mode & others) === 0) return;
  try {
    if ((mode & sticky) === 0) chmodSync(path, mode & 0o7777 & ~others);
  } catch {
    // Its mode is checked below.
  }
  if (((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & others) !== 0) left.push(path);
}
