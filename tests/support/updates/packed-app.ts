import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../build/bootstrap/paths.mjs';
import { releaseKeys } from '../../../main/hosts/electron/updates/release-keys.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export type PackedApp = {
  /** The built main program. */
  readonly bundle: string;
  /** The package's resources folder. */
  readonly resources: string;
  /** The running AppImage file. */
  readonly appImage: string;
};

/** Copies the built app as another publisher's release: it checks `url` for updates and trusts only their key. */
export function createPackedApp(url: string, trusted: string): PackedApp {
  const folder = temporaryFolder();
  const resources = join(folder, 'resources');
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(resources);
  writeFileSync(join(resources, 'app-update.yml'), `provider: generic\nurl: ${url}\nupdaterCacheDirName: updates\n`);
  const scripts = globSync('*.js', { cwd: join(folder, 'dist', 'electron') });
  let changed = 0;
  for (const name of scripts) {
    const file = join(folder, 'dist', 'electron', name);
    const text = readFileSync(file, 'utf8');
    const patched = releaseKeys.reduce((script, key) => script.replaceAll(key, trusted), text);
    if (patched !== text) writeFileSync(file, patched);
    changed += Number(patched !== text);
  }
  if (changed !== 1) throw new Error(`${changed} scripts of the app hold the key of its releases.`);
  const appImage = join(folder, 'Contact Sheet.AppImage');
  writeFileSync(appImage, 'the old version', { mode: 0o755 });
  return { bundle: join(folder, 'dist', 'electron', 'main.js'), resources, appImage };
}
