import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

/** Matches a bundle's imports of external modules: the bundler writes each in double quotes or backticks. */
const patterns = [
  /^(?:import|export)\b[^;"]*?from "(?<name>[^."][^"]*)"/gmu,
  /^import "(?<name>[^."][^"]*)"/gmu,
  /\bimport\(["`](?<name>[^."`][^"`]*)["`]\)/gu,
  /\brequire\(["`](?<name>[^."`][^"`]*)["`]\)/gu,
];

/**
 * Lists the packages that built scripts import, without Node's own modules and Electron.
 * @param {string} folder
 * @returns {string[]}
 */
export function importedPackages(folder) {
  const texts = globSync('*.{js,cjs}', { cwd: folder }).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const names = texts.flatMap((text) =>
    patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match.groups?.['name'] ?? '')),
  );
  const packages = names.filter((name) => !isBuiltin(name) && name !== 'electron').map(packageOf);
  return [...new Set(packages)].sort();
}

/** @param {string} specifier such as `@napi-rs/keyring/keytar` */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
