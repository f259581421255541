import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { project } from './identity.mjs';
import { lockSubset } from './lock-subset.mjs';

const licenceTexts = path.join(import.meta.dirname, 'licences');
const licenceFile = /^(?:licen[cs]e|copying|notice|third-party-notices)/iu;
/** Libraries that no source imports: the Linux app uses this build of sharp. */
const unimported = ['@img/sharp-wasm32'];
/** A package with notices of its own that is not in the npm package. */
const runtime = 'electron';

/**
 * Writes the notices of everything that the npm package and the apps contain or need.
 * @param {string} file
 */
export function writeNotices(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, thirdPartyNotices());
}

/** @returns {string} */
export function thirdPartyNotices() {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const entries = Object.entries(lockSubset(lock.packages, shippedPackages()));
  const libraries = entries.map(([key, entry]) => describe(key, /** @type {LicensedEntry} */ (entry)));
  return [introduction, ...libraries, electronNote(), ...standardTexts()].join(`\n\n${'='.repeat(100)}\n\n`) + '\n';
}

/** @typedef {import('./lock-subset.mjs').LockEntry & { license?: string }} LicensedEntry */

const introduction = `Third-party notices of ${project.name} ${project.version}

Contact Sheet itself is under the MIT licence (LICENSE). It contains or needs the software below, under the licences
that are named and printed here. Packages for other systems than this one, which are named like them, are under the
same licence as the package that brings them.

libvips, which the packages @img/sharp-libvips-* and @img/sharp-wasm32 contain, and libraries in it are under the GNU
Lesser General Public License, version 3 (its text, and that of the GPL which it refers to, are at the end). Where
libvips comes as a library file of its own, you may replace it by another build of the same version. Its source is at
https://github.com/libvips/libvips and the build at https://github.com/lovell/sharp-libvips.`;

/**
 * Lists the shipped libraries with their versions: those of the npm package, the bundles and the apps.
 * @returns {Record<string, string>}
 */
function shippedPackages() {
  const sources = globSync('{main,renderer,preload}/**/*.{ts,svelte}', { cwd: root });
  const imported = new Set(
    sources.flatMap((source) =>
      [...readFileSync(path.join(root, source), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(@?[^.'@][^']*)'/gu)].map(
        ([, specifier = '']) => packageOf(specifier),
      ),
    ),
  );
  const bundled = Object.entries(project.devDependencies).filter(
    ([name]) => imported.has(name) || unimported.includes(name),
  );
  return { ...Object.fromEntries(bundled.filter(([name]) => name !== runtime)), ...project.dependencies };
}

/** @param {string} specifier such as `@napi-rs/keyring/keytar` */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/**
 * @param {string} key such as `node_modules/zod`
 * @param {LicensedEntry} entry
 */
function describe(key, { version = '', license = 'see below' }) {
  const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const texts = textsIn(path.join(root, key), license);
  return [`${name} ${version}\nLicence: ${license}`, ...(texts.length > 0 ? texts : authorOf(key))].join('\n\n');
}

/**
 * Names the author, for packages without the text of their licence.
 * @param {string} key
 */
function authorOf(key) {
  const file = path.join(root, key, 'package.json');
  if (!existsSync(file)) return [];
  const { author } = JSON.parse(readFileSync(file, 'utf8'));
  const name = typeof author === 'object' ? author.name : author;
  return name === undefined ? [] : [`By ${name}. The text of the licence is at the end.`];
}

/**
 * Reads a package's licence files; for an LGPL package also its list of libraries.
 * @param {string} folder
 * @param {string} license
 */
function textsIn(folder, license) {
  if (!existsSync(folder)) return [];
  const isCopyleft = license.includes('LGPL');
  const names = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() && (licenceFile.test(entry.name) || (isCopyleft && /^(?:readme|versions)/iu.test(entry.name))),
  );
  return names.map(({ name }) => readFileSync(path.join(folder, name), 'utf8').trim());
}

function electronNote() {
  const folder = path.join(root, 'node_modules', runtime);
  return [
    `${runtime} ${project.devDependencies[runtime] ?? ''}`,
    'Only in the apps, not in the npm package. The licences of Chromium and of what it contains are in the file',
    'LICENSES.chromium.html beside the program.',
    '',
    ...textsIn(folder, 'MIT'),
  ].join('\n');
}

function standardTexts() {
  return readdirSync(licenceTexts).map((name) => readFileSync(path.join(licenceTexts, name), 'utf8').trim());
}
