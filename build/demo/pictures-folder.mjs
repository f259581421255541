import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Where a person looks for what was downloaded: their Downloads folder, by its own name in their language; beside
 * everything else where CONTACT_SHEET_HOME keeps it together.
 * @param {{ home: string, environment: NodeJS.ProcessEnv, platform: string }} person
 */
export function picturesFolder({ home, environment, platform }) {
  const chosen = environment['CONTACT_SHEET_HOME'];
  if (chosen !== undefined && chosen !== '') return path.resolve(environment['INIT_CWD'] ?? '', chosen, 'pictures');
  const downloads = platform === 'linux' ? namedDownloads(home, environment) : undefined;
  return path.join(downloads ?? path.join(home, 'Downloads'), 'Contact Sheet');
}

/**
 * What the desktop calls the Downloads folder (XDG user-dirs), where it says so.
 * @param {string} home
 * @param {NodeJS.ProcessEnv} environment
 */
function namedDownloads(home, environment) {
  const config = environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
  const named = /^XDG_DOWNLOAD_DIR="(?<folder>[^"]+)"/mu.exec(readText(path.join(config, 'user-dirs.dirs')));
  const folder = named?.groups?.['folder']?.replace(/^\$HOME(?=\/|$)/u, home);
  return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
