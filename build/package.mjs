// npm run package [-- --platform linux|darwin|win32] [--arch x64,arm64] [--dir] [--stand-in]: builds one system's
// packages. --dir leaves the app in a folder; --stand-in packs it over a stand-in for Electron's runtime.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { takeLock, usualPatience } from './bootstrap/install-lock.mjs';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { ensureBuilt } from './bundles/ensure-built.mjs';
import { electronProgram, fetchElectron } from './electron-runtime.mjs';

await prepare(import.meta.url);
const { electronPart, interfacePart, noticesPart } = await import('./bundles/parts.mjs');
const { pack } = await import('./packaging/pack.mjs');
const { prepareResources } = await import('./packaging/prepare-resources.mjs');
const { describeSizes } = await import('./packaging/sizes.mjs');
const { stageApp } = await import('./packaging/stage-app.mjs');
const { makeStandInRuntime } = await import('./packaging/stand-in-runtime.mjs');

const { values } = parseArgs({
  options: {
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
    dir: { type: 'boolean', default: false },
    'stand-in': { type: 'boolean', default: false },
  },
});
const platform = oneOf(values.platform, /** @type {const} */ (['linux', 'darwin', 'win32']));
const requestedArchs = values.arch.split(',').map((arch) => oneOf(arch, /** @type {const} */ (['x64', 'arm64'])));
// A Mac app is universal.
const archs = platform === 'darwin' ? /** @type {const} */ (['arm64', 'x64']) : requestedArchs;

for (const [name, value] of Object.entries(process.env)) {
  // A missing secret arrives as an empty string, which electron-builder would take for a certificate.
  if (/^(?:CSC|WIN_CSC|APPLE)_/u.test(name) && value === '') Reflect.deleteProperty(process.env, name);
}
await ensureBuilt([interfacePart, electronPart, noticesPart], { say: console.error });
await takeLock(path.join(root, '.cache', 'package.lock'), {
  ...usualPatience,
  waiting: (file) => console.error(`Another run is packing; waiting for it. (If there is none, delete ${file}.)`),
});
await prepareResources(new Date());
const staged = await stageApp({ platform, archs });
const stage = 'problem' in staged ? stop(staged.problem) : staged.folder;
const output = path.join(root, ...(values['stand-in'] ? ['.cache', 'packaging', 'checked'] : ['release']));
const apps = await pack({
  platform,
  archs,
  output,
  environment: process.env,
  stage,
  onlyFolder: values.dir || values['stand-in'],
  isStandIn: values['stand-in'],
  runtime: values['stand-in'] ? standIn() : await ownRuntime(),
});
for (const app of apps) for (const line of [app, ...describeSizes(app)]) console.log(line);

function standIn() {
  if (platform === 'darwin') stop('There is no stand-in for Electron’s runtime of macOS.');
  const folder = path.join(root, '.cache', 'packaging', 'stand-in', platform);
  makeStandInRuntime(folder, platform);
  return folder;
}

/** Finds or downloads the runtime for this platform with Electron's package; electron-builder downloads all others. */
async function ownRuntime() {
  const isOwn = platform === process.platform && archs.length === 1 && archs[0] === process.arch;
  if (!isOwn) return undefined;
  if (electronProgram() === undefined) await fetchElectron();
  const program = electronProgram();
  if (program !== undefined) return path.dirname(program);
  return stop(
    `All is built up to Electron’s runtime (the app to be packed is in ${path.relative(root, stage)}), which is not on this machine and could not be downloaded from GitHub: connect to the internet, or name its folder by ELECTRON_OVERRIDE_DIST_PATH.`,
  );
}

/**
 * @template {string} T
 * @param {string} value
 * @param {readonly T[]} known
 * @returns {T}
 */
function oneOf(value, known) {
  return known.find((name) => name === value) ?? stop(`There are ${known.join(', ')}, and not ${value}.`);
}

/**
 * @param {string} problem
 * @returns {never}
 */
function stop(problem) {
  console.error(problem);
  process.exit(1);
}
