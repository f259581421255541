import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explainNpm, runNpm } from '../bootstrap/npm.mjs';
import { root } from '../bootstrap/paths.mjs';
import { identity, project } from './identity.mjs';
import { importedPackages } from './imported-packages.mjs';
import { lockSubset } from './lock-subset.mjs';

/** @typedef {'linux' | 'darwin' | 'win32'} Platform */
/** @typedef {'x64' | 'arm64'} Arch */

/** Replaces native sharp, which crashes inside Electron on Linux, by its WebAssembly build. */
const forLinux = {
  add: ['@img/sharp-wasm32'],
  // Includes npm's own list of installed packages, which would otherwise be wrong.
  remove: 'node_modules/{@img/{sharp-linux*,sharp-libvips-linux*},.package-lock.json}',
};

/**
 * Stages the app to be packed in its own folder: the built files, and the libraries that they import, installed for the
 * target from the project's own lock file.
 * @param {{ platform: Platform, archs: readonly Arch[] }} target
 * @returns {Promise<{ folder: string } | { problem: string }>}
 */
export async function stageApp({ platform, archs }) {
  const folder = path.join(root, '.cache', 'packaging', `${platform}-${archs.join('-')}`, 'app');
  const built = path.join(root, 'dist');
  const names = [...importedPackages(path.join(built, 'electron')), ...(platform === 'linux' ? forLinux.add : [])];
  const dependencies = versionsOf(names);
  const problem = await installFor(folder, dependencies, { platform, archs });
  if (problem !== undefined) return { problem };
  if (platform === 'linux') removeMatching(folder, forLinux.remove);
  rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
  for (const part of ['electron', 'interface']) {
    cpSync(path.join(built, part), path.join(folder, 'dist', part), {
      recursive: true,
      filter: (file) => path.basename(file) !== '.npmignore',
    });
  }
  return { folder };
}

/**
 * @param {readonly string[]} names
 * @returns {Record<string, string>}
 */
function versionsOf(names) {
  const known = { ...project.devDependencies, ...project.dependencies };
  return Object.fromEntries(
    names.map((name) => {
      const version = known[name];
      if (version === undefined) throw new Error(`The app imports ${name}, which package.json does not name.`);
      return [name, version];
    }),
  );
}

/**
 * @param {string} folder
 * @param {Record<string, string>} dependencies
 * @param {{ platform: Platform, archs: readonly Arch[] }} target
 * @returns {Promise<string | undefined>} the problem
 */
async function installFor(folder, dependencies, { platform, archs }) {
  const { name, version, description, license, author } = project;
  const manifest = {
    name,
    version,
    description,
    license,
    author,
    dependencies,
    productName: identity.productName,
    desktopName: `${identity.appId}.desktop`,
    type: 'module',
    main: 'dist/electron/main.js',
    private: true,
  };
  const packages = lockSubset(
    JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages,
    dependencies,
  );
  const lock = { name, version, lockfileVersion: 3, requires: true, packages: { '': manifest, ...packages } };
  const mark = createHash('sha256').update(JSON.stringify(lock)).update(platform).digest('hex');
  const markFile = path.join(path.dirname(folder), 'installed');
  if (existsSync(markFile) && readFileSync(markFile, 'utf8') === mark) return undefined;
  rmSync(path.dirname(folder), { recursive: true, force: true });
  for (const [index, arch] of archs.entries()) {
    // npm installs for one processor at a time; the later ones only add their own native packages.
    const installFolder = index === 0 ? folder : `${folder}-${arch}`;
    mkdirSync(installFolder, { recursive: true });
    writeFileSync(path.join(installFolder, 'package.json'), JSON.stringify(manifest, undefined, 2));
    writeFileSync(path.join(installFolder, 'package-lock.json'), JSON.stringify(lock, undefined, 2));
    const outcome = await runNpm([...npmArguments, `--os=${platform}`, `--cpu=${arch}`, '--libc=glibc'], {
      root,
      cwd: installFolder,
    });
    if (outcome.code !== 0) return `${explainNpm(outcome)}\n${outcome.output}`;
    if (installFolder !== folder) cpSync(installFolder, folder, { recursive: true, force: false });
  }
  writeFileSync(markFile, mark);
  return undefined;
}

const npmArguments = [
  'ci',
  '--omit=dev',
  '--include=optional',
  '--ignore-scripts',
  '--no-bin-links',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--no-progress',
  '--loglevel=error',
];

/**
 * @param {string} folder
 * @param {string} pattern
 */
function removeMatching(folder, pattern) {
  for (const name of globSync(pattern, { cwd: folder })) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
