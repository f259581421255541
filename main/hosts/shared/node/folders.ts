import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Folders } from '../../../ports/folders.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the platform's default folders; CONTACT_SHEET_HOME moves all of them into one. */
export function findFolders(env: Environment, platform: NodeJS.Platform, workingFolder: string): Folders {
  const override = env['CONTACT_SHEET_HOME'];
  if (override !== undefined && override !== '') {
    const data = resolve(workingFolder, override);
    return { data, cache: join(data, 'cache'), logs: join(data, 'logs') };
  }
  const home = homedir();
  if (platform === 'darwin') {
    const library = join(home, 'Library');
    return {
      data: join(library, 'Application Support', 'Contact Sheet'),
      cache: join(library, 'Caches', 'Contact Sheet'),
      logs: join(library, 'Logs', 'Contact Sheet'),
    };
  }
  if (platform === 'win32') {
    const roaming = env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    const local = join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Contact Sheet');
    return { data: join(roaming, 'Contact Sheet'), cache: join(local, 'Cache'), logs: join(local, 'Logs') };
  }
  const xdg = (name: string, ...fallback: string[]) => {
    // The standard treats an empty value as unset.
    const named = env[name] ?? '';
    return join(named === '' ? join(home, ...fallback) : named, 'contact-sheet');
  };
  return {
    data: xdg('XDG_DATA_HOME', '.local', 'share'),
    cache: xdg('XDG_CACHE_HOME', '.cache'),
    logs: join(xdg('XDG_STATE_HOME', '.local', 'state'), 'logs'),
  };
}

/** Returns the app's folder in the user's pictures; it may not exist yet. */
export function findDownloads(env: Environment, platform: NodeJS.Platform): string {
  const home = env['HOME'] ?? homedir();
  const named = platform === 'darwin' || platform === 'win32' ? undefined : readPicturesFolder(env, home);
  return join(named ?? join(home, 'Pictures'), 'Contact Sheet');
}

/** Returns the localized pictures folder that Linux desktops record. */
function readPicturesFolder(env: Environment, home: string): string | undefined {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  try {
    const text = readFileSync(join(configured === '' ? join(home, '.config') : configured, 'user-dirs.dirs'), 'utf8');
    const named = /^[ \t]*XDG_PICTURES_DIR="(.+)"[ \t]*$/m.exec(text)?.[1]?.replace(/^\$HOME(?=\/|$)/, home);
    return named !== undefined && isAbsolute(named) && resolve(named) !== resolve(home) ? named : undefined;
  } catch {
    return undefined;
  }
}
