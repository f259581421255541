import { electronProgram } from '../electron-runtime.mjs';

/** What a test may need that a machine may lawfully lack: another operating system, or Electron's binary. */
/** @typedef {'linux' | 'macos' | 'windows' | 'electron'} Need */

/** @type {Readonly<Record<Need, (platform: string) => boolean>>} */
const needs = {
  linux: (platform) => platform === 'linux',
  macos: (platform) => platform === 'darwin',
  windows: (platform) => platform === 'win32',
  electron: () => electronProgram() !== undefined,
};

/**
 * Whether this machine has it.
 * @param {Need} need
 * @param {string} [platform]
 */
export function isMet(need, platform = process.platform) {
  return needs[need](platform);
}

/**
 * The mark that a test bears in its name, so that its skip can be judged.
 * @param {Need} need
 */
export function markOf(need) {
  return `[needs ${need}]`;
}

/**
 * What a test names as its need and this machine does not have, which alone makes a skip lawful.
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
