import { extractAll, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packedNoticesFile } from './identity.mjs';
import { strangers } from './packed-files.mjs';

/**
 * Lists a packed app's problems: unexpected files, missing files, wrong fuses.
 * @param {object} app
 * @param {string} app.folder as electron-builder unpacked it
 * @param {string} app.program the program's name in that folder
 * @param {string} app.stage the staged app that was packed
 * @param {string} app.platform
 * @param {readonly string[]} app.archs
 * @returns {Promise<string[]>} one line per problem
 */
export async function problemsOf({ folder, program, stage, platform, archs }) {
  const files = filesOf(archiveOf(folder));
  const packages = librariesOf(stage);
  const missing = [...required, ...platformParts(platform, archs)].filter(
    (part) => !files.some((file) => part.test(file)),
  );
  return [
    ...strangers(files, { packages, platform, archs }),
    ...missing.map((part) => `${part.source}  is missing`),
    ...(existsSync(path.join(folder, packedNoticesFile)) ? [] : [`${packedNoticesFile}  is missing`]),
    ...(await wrongFuses(path.join(folder, program), platform)),
  ];
}

/**
 * Unpacks the app's archive and the unpacked files beside it, so that plain Node can run the app.
 * @param {string} folder
 * @param {string} destination
 */
export function unpackApp(folder, destination) {
  extractAll(archiveOf(folder), destination);
}

const required = [
  /^package\.json$/u,
  /^dist\/electron\/main\.js$/u,
  /^dist\/electron\/preload\.cjs$/u,
  /^dist\/electron\/core-worker\.js$/u,
  /^dist\/electron\/search-worker\.js$/u,
  /^dist\/electron\/check-worker\.js$/u,
  /^dist\/electron\/age-worker\.js$/u,
  /^dist\/electron\/keychain-helper\.js$/u,
  /^dist\/electron\/image-helper\.js$/u,
  /^dist\/interface\/index\.html$/u,
  /^node_modules\/sharp\/LICENSE$/u,
];

/**
 * @param {string} platform
 * @param {readonly string[]} archs
 */
function platformParts(platform, archs) {
  const keyrings = archs.map((arch) => new RegExp(`^node_modules/@napi-rs/keyring-${platform}-${arch}.*\\.node$`, 'u'));
  if (platform === 'linux') return [...keyrings, /^node_modules\/@img\/sharp-wasm32\/lib\/.+\.wasm$/u];
  return [
    ...keyrings,
    ...archs.map((arch) => new RegExp(`^node_modules/@img/sharp-${platform}-${arch}/.+\\.node$`, 'u')),
  ];
}

/** @param {string} folder */
function archiveOf(folder) {
  return path.join(folder, 'resources', 'app.asar');
}

/** @param {string} archive */
function filesOf(archive) {
  return listPackage(archive, { isPack: false })
    .map((name) => name.replaceAll(path.sep, '/').replace(/^\//u, ''))
    .filter((name) => !('files' in statFile(archive, path.normalize(name), false)));
}

/** @param {string} stage */
function librariesOf(stage) {
  const { packages } = JSON.parse(readFileSync(path.join(stage, 'package-lock.json'), 'utf8'));
  const prefix = 'node_modules/';
  return new Set(Object.keys(packages).map((key) => key.slice(key.lastIndexOf(prefix) + prefix.length)));
}

const on = '1'.charCodeAt(0);

/**
 * @param {string} program
 * @param {string} platform
 */
async function wrongFuses(program, platform) {
  const wire = /** @type {Readonly<Record<number, number>>} */ (await getCurrentFuseWire(program));
  const wanted = [
    { name: 'RunAsNode', fuse: FuseV1Options.RunAsNode, isOn: false },
    { name: 'EnableCookieEncryption', fuse: FuseV1Options.EnableCookieEncryption, isOn: false },
    { name: 'NodeOptions', fuse: FuseV1Options.EnableNodeOptionsEnvironmentVariable, isOn: false },
    { name: 'NodeCliInspect', fuse: FuseV1Options.EnableNodeCliInspectArguments, isOn: false },
    { name: 'AsarIntegrity', fuse: FuseV1Options.EnableEmbeddedAsarIntegrityValidation, isOn: platform !== 'linux' },
    { name: 'OnlyLoadAppFromAsar', fuse: FuseV1Options.OnlyLoadAppFromAsar, isOn: true },
    { name: 'FileProtocolPrivileges', fuse: FuseV1Options.GrantFileProtocolExtraPrivileges, isOn: false },
  ];
  return wanted
    .filter(({ fuse, isOn }) => (wire[fuse] === on) !== isOn)
    .map(({ name, isOn }) => `the fuse ${name} is not ${isOn ? 'on' : 'off'}`);
}
