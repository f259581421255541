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

/** Native sharp crashes inside Electron on Linux, where sharp takes its WebAssembly build instead. */
const forLinux = {
  add: ['@img/sharp-wasm32'],
  // With npm's own list of what it installed, which would miss them.
  remove: 'node_modules/{@img/{sharp-linux*,sharp-libvips-linux*},.package-lock.json}',
};

/**
 * The app as it is packed, in a folder of its own: what was built, and the libraries that it imports, installed for the
 * target by the project's own lock.
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
 * @returns {Promise<string | undefined>} what went wrong
 */
async function installFor(folder, dependencies, { platform, archs }) {
  const { name, version, description, license, author } = project;
  const manifest = {
    ...{ name, version, description, license, author, dependencies },
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
    // npm installs for one processor at a time; those after the first only add their own native packages.
    const where = index === 0 ? folder : `${folder}-${arch}`;
    mkdirSync(where, { recursive: true });
    writeFileSync(path.join(where, 'package.json'), JSON.stringify(manifest, undefined, 2));
    writeFileSync(path.join(where, 'package-lock.json'), JSON.stringify(lock, undefined, 2));
    const outcome = await runNpm([...npmArguments, `--os=${platform}`, `--cpu=${arch}`, '--libc=glibc'], {
      root,
      cwd: where,
    });
    if (outcome.code !== 0) return `${explainNpm(outcome)}\n${outcome.output}`;
    if (where !== folder) cpSync(where, folder, { recursive: true, force: false });
  }
  writeFileSync(markFile, mark);
  return undefined;
}

const npmArguments = [
  ...['ci', '--omit=dev', '--include=optional', '--ignore-scripts', '--no-bin-links', '--prefer-offline'],
  ...['--no-audit', '--no-fund', '--no-update-notifier', '--no-progress', '--loglevel=error'],
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
