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
 * The lock of a project that has only these dependencies: the same versions with the same integrity, and nothing else.
 * @param {LockPackages} packages
 * @param {Readonly<Record<string, string>>} dependencies
 * @returns {Record<string, LockEntry>}
 */
export function lockSubset(packages, dependencies) {
  /** @type {Map<string, LockEntry>} */
  const kept = new Map();
  const waiting = Object.keys(dependencies).map((name) => ({ name, from: '' }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = placeOf(packages, next.name, next.from);
    const entry = place === undefined ? undefined : packages[place];
    if (place === undefined || entry === undefined || kept.has(place)) continue;
    kept.set(place, withoutFlags(entry));
    const { peerDependencies = {}, peerDependenciesMeta = {} } = entry;
    const peers = Object.keys(peerDependencies).filter((name) => !Object.hasOwn(peerDependenciesMeta, name));
    const names = [...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }), ...peers];
    waiting.push(...names.map((name) => ({ name, from: place })));
  }
  return Object.fromEntries([...kept].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * As Node looks for a package: in the folder of who asks, then in those above.
 * @param {LockPackages} packages
 * @param {string} name
 * @param {string} from
 */
function placeOf(packages, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
    if (folder === '') return undefined;
    if (!folder.includes('/node_modules/')) folder = '';
  }
}

/**
 * npm works out anew what is optional.
 * @param {LockEntry} entry
 */
function withoutFlags(entry) {
  const { dev: _dev, devOptional: _devOptional, ...rest } = /** @type {LockEntry & Record<string, unknown>} */ (entry);
  return rest;
}
