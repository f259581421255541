import { identity, project } from '../identity.mjs';
import { flatpakBase, flatpakPermissions } from './flatpak-sandbox.mjs';

/** @typedef {{ arch: 'x86_64' | 'aarch64', file: string, sha256: string }} ReleasedDeb */

const installFolder = '/app/lib/contact-sheet';
const { appId, executableName, productName } = identity;

/**
 * Creates the manifest for Flathub's own repository, which builds offline from a release: the deb contains the app, its
 * desktop entry, its icons and its metadata. JSON is one of the two formats that Flathub accepts.
 * @param {readonly ReleasedDeb[]} debs one for each processor
 */
export function flathubManifest(debs) {
  const { runtime, runtimeVersion, sdk, base, baseVersion } = flatpakBase;
  return {
    id: appId,
    runtime,
    'runtime-version': runtimeVersion,
    sdk,
    base,
    'base-version': baseVersion,
    command: executableName,
    'separate-locales': false,
    'finish-args': flatpakPermissions,
    modules: [
      {
        name: 'contact-sheet',
        buildsystem: 'simple',
        'build-commands': buildCommands,
        sources: [{ type: 'script', 'dest-filename': 'run.sh', commands: [startCommand] }, ...debs.map(toSource)],
      },
    ],
  };
}

/** Starts the app through Zypak, which maps Chromium's sandbox to Flatpak's: it is never switched off. */
const startCommand = `exec zypak-wrapper.sh ${installFolder}/${executableName} "$@"`;

const buildCommands = [
  'ar x contact-sheet.deb',
  'tar --extract --file data.tar.*',
  `mkdir -p ${installFolder}`,
  `cp -a "opt/${productName}/." ${installFolder}`,
  `install -D --mode=755 run.sh /app/bin/${executableName}`,
  `install -D --mode=644 usr/share/applications/${appId}.desktop --target-directory=/app/share/applications`,
  `desktop-file-edit --set-key=Exec --set-value="${executableName} %U" --set-icon=${appId} /app/share/applications/${appId}.desktop`,
  `install -D --mode=644 usr/share/metainfo/${appId}.metainfo.xml --target-directory=/app/share/metainfo`,
  `for size in 64 128 256 512; do install -D --mode=644 usr/share/icons/hicolor/\${size}x\${size}/apps/${executableName}.png /app/share/icons/hicolor/\${size}x\${size}/apps/${appId}.png; done`,
];

/** @param {ReleasedDeb} deb */
function toSource({ arch, file, sha256 }) {
  const url = `${project.homepage}/releases/download/v${project.version}/${file}`;
  return { type: 'file', 'only-arches': [arch], url, sha256, 'dest-filename': 'contact-sheet.deb' };
}
