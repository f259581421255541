import { electronProgram } from '../electron-runtime.mjs';

/** A requirement of a test that a computer may lack: an operating system, or Electron's binary. */
/** @typedef {'linux' | 'macos' | 'windows' | 'electron'} Need */

/** @type {Readonly<Record<Need, (platform: string) => boolean>>} */
const needs = {
  linux: (platform) => platform === 'linux',
  macos: (platform) => platform === 'darwin',
  windows: (platform) => platform === 'win32',
  electron: () => electronProgram() !== undefined,
};

/**
 * Returns whether this computer meets a requirement.
 * @param {Need} need
 * @param {string} [platform]
 */
export function isMet(need, platform = process.platform) {
  return needs[need](platform);
}

/**
 * Returns the marker in a test's name that justifies its skip.
 * @param {Need} need
 */
export function markOf(need) {
  return `[needs ${need}]`;
}

/**
 * Returns the unmet requirement that a test names, the only valid reason to skip it.
 * @param {string} testName
 * @param {string} [platform]
 * @returns {Need | undefined}
 */
export function lackingNeed(testName, platform = process.platform) {
  const marks = [...testName.matchAll(/\[needs (?<need>[a-z]+)\]/gu)].map((match) => match.groups?.['need'] ?? '');
  return marks.filter(isNeed).find((need) => !isMet(need, platform));
}

/** @type {Readonly<Record<Need, string>>} */
const lacks = {
  linux: 'this is not Linux',
  macos: 'this is not a Mac',
  windows: 'this is not Windows',
  electron: 'no Electron runtime on this machine',
};

/** @param {Need} need */
export function describeLack(need) {
  return lacks[need];
}

/**
 * @param {string} name
 * @returns {name is Need}
 */
function isNeed(name) {
  return Object.hasOwn(needs, name);
}
