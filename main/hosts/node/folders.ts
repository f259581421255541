import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Folders } from '../../ports/folders.ts';

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
