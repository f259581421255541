import path from 'node:path';
import { fuses } from './fuses.mjs';
import { root } from '../bootstrap/paths.mjs';
import { identity, noticesFile, packedNoticesFile, project, resources } from './identity.mjs';
import { linuxConfig } from './linux/linux-config.mjs';
import { macConfig } from './mac/mac-config.mjs';
import { packedFiles, unpackedFiles } from './packed-files.mjs';
import { windowsConfig } from './windows-config.mjs';

/**
 * Creates the electron-builder configuration for one system.
 * @param {object} order
 * @param {string} order.platform
 * @param {string} order.output the folder for packages
 * @param {Readonly<Record<string, string | undefined>>} order.environment
 * @param {string | undefined} [order.runtime] a folder with Electron's runtime; downloaded if missing
 * @returns {import('electron-builder').Configuration}
 */
export function packagingConfig({ platform, output, environment, runtime }) {
  const updates = environment['CONTACT_SHEET_UPDATES_URL'] ?? '';
  return {
    appId: identity.appId,
    productName: identity.productName,
    executableName: identity.executableName,
    copyright: `Copyright © ${project.author}, MIT licence`,
    artifactName: 'contact-sheet-${version}-${os}-${arch}.${ext}',
    directories: { output, buildResources: resources },
    electronVersion: project.devDependencies['electron'] ?? null,
    ...(runtime === undefined ? {} : { electronDist: runtime }),
    files: packedFiles,
    asarUnpack: unpackedFiles,
    extraFiles: [{ from: path.join(root, noticesFile), to: packedNoticesFile }],
    // Every native part is a prebuilt binary from npm.
    npmRebuild: false,
    allowMissingDependencies: false,
    includePdb: false,
    releaseInfo: { releaseNotesFile: path.join(resources, 'release-notes.md') },
    protocols: [{ name: identity.productName, schemes: [identity.protocol] }],
    electronFuses: fuses(platform),
    // Without a URL the packages don't check for updates.
    publish: updates === '' ? null : [{ provider: 'generic', url: updates }],
    ...linuxConfig,
    ...macConfig(environment),
    ...windowsConfig,
  };
}
