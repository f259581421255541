/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {Readonly<Record<string, string>>} [dependencies]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 * @property {Readonly<Record<string, string>>} [peerDependencies]
 * @property {Readonly<Record<string, unknown>>} [peerDependenciesMeta]
 */
/** @typedef {Readonly<Record<string, LockEntry>>} LockPackages paths such as `node_modules/zod` */

/**
 * Reduces a lock file to these dependencies and theirs, at the same versions with the same integrity.
 * @param {LockPackages} packages
 * @param {Readonly<Record<string, string>>} dependencies
 * @returns {Record<string, LockEntry>}
 */
export function lockSubset(packages, dependencies) {
  /** @type {Map<string, LockEntry>} */
  const subset = new Map();
  const queue = Object.keys(dependencies).map((name) => ({ name, from: '' }));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const key = resolveKey(packages, next.name, next.from);
    const entry = key === undefined ? undefined : packages[key];
    if (key === undefined || entry === undefined || subset.has(key)) continue;
    subset.set(key, withoutFlags(entry));
    const { peerDependencies = {}, peerDependenciesMeta = {} } = entry;
    const peers = Object.keys(peerDependencies).filter((name) => !Object.hasOwn(peerDependenciesMeta, name));
    const names = [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers];
    queue.push(...names.map((name) => ({ name, from: key })));
  }
  return Object.fromEntries([...subset].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Resolves a package as Node does: in the folder of the importing package, then in those above.
 * @param {LockPackages} packages
 * @param {string} name
 * @param {string} from
 */
function resolveKey(packages, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const key = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (Object.hasOwn(packages, key)) return key;
    if (folder === '') return undefined;
    if (!folder.includes('/node_modules/')) folder = '';
  }
}

/**
 * Removes the flags that npm computes again.
 * @param {LockEntry} entry
 */
function withoutFlags(entry) {
  const { dev: _dev, devOptional: _devOptional, ...rest } = /** @type {LockEntry & Record<string, unknown>} */ (entry);
  return rest;
}
