import path from 'node:path';
import { root } from '../../bootstrap/paths.mjs';
import { resources } from '../identity.mjs';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

const entitlements = path.join(root, 'build', 'packaging', 'mac', 'entitlements.plist');
/** Files that both halves of a universal app contain unchanged, each for its own processor. */
const nativeParts = '**/node_modules/@{img,napi-rs}/**';

/**
 * @param {Environment} environment
 * @returns {import('electron-builder').Configuration}
 */
export function macConfig(environment) {
  return {
    mac: {
      target: [
        { target: 'dmg', arch: ['universal'] },
        { target: 'zip', arch: ['universal'] },
      ],
      icon: path.join(resources, 'icon.icns'),
      category: 'public.app-category.photography',
      darkModeSupport: true,
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements,
      entitlementsInherit: entitlements,
      notarize: canNotarise(environment),
      mergeASARs: true,
      x64ArchFiles: nativeParts,
      singleArchFiles: nativeParts,
    },
    dmg: { sign: false, title: 'Contact Sheet' },
  };
}

/**
 * Returns whether the app can be notarized: with an App Store Connect key, or an Apple ID of a team.
 * @param {Environment} environment
 */
export function canNotarise(environment) {
  const areSet = (/** @type {readonly string[]} */ names) => names.every((name) => (environment[name] ?? '') !== '');
  return (
    areSet(['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER']) ||
    areSet(['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'])
  );
}
