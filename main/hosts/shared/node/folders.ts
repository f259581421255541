import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Folders } from '../../../ports/folders.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The platform's usual places; CONTACT_SHEET_HOME moves all of them into one folder. */
export function findFolders(env: Environment, platform: NodeJS.Platform, workingFolder: string): Folders {
  const own = env['CONTACT_SHEET_HOME'];
  if (own !== undefined && own !== '') {
    const data = resolve(workingFolder, own);
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
  const xdg = (name: string, ...usual: string[]) => {
    // The standard takes an empty value for an unset one.
    const named = env[name] ?? '';
    return join(named === '' ? join(home, ...usual) : named, 'contact-sheet');
  };
  return {
    data: xdg('XDG_DATA_HOME', '.local', 'share'),
    cache: xdg('XDG_CACHE_HOME', '.cache'),
    logs: join(xdg('XDG_STATE_HOME', '.local', 'state'), 'logs'),
  };
}

/** A folder of our own in the user's pictures; it need not be there yet. */
export function findDownloads(env: Environment, platform: NodeJS.Platform): string {
  const home = env['HOME'] ?? homedir();
  const named = platform === 'darwin' || platform === 'win32' ? undefined : namedPictures(env, home);
  return join(named ?? join(home, 'Pictures'), 'Contact Sheet');
}

/** The folder in the user's own language, as Linux desktops write it down. */
function namedPictures(env: Environment, home: string): string | undefined {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  try {
    const text = readFileSync(join(configured === '' ? join(home, '.config') : configured, 'user-dirs.dirs'), 'utf8');
    const named = /^[ \t]*XDG_PICTURES_DIR="(.+)"[ \t]*$/m.exec(text)?.[1]?.replace(/^\$HOME(?=\/|$)/, home);
    return named !== undefined && isAbsolute(named) && resolve(named) !== resolve(home) ? named : undefined;
  } catch {
    return undefined;
  }
}
