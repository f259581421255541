import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';
import { isWithin } from './paths.mjs';
import { isNewEnough, runtimePackage } from './runtime.mjs';

const quiet = ['--no-update-notifier', '--no-progress', '--no-color', '--loglevel=error'];

/** Overrides a user's own npm settings; none of our packages has an install script. */
const flags = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--ignore-scripts',
  '--install-strategy=hoisted',
  '--bin-links',
  '--package-lock',
  '--no-engine-strict',
  '--no-legacy-peer-deps',
  '--no-strict-peer-deps',
  '--no-dry-run',
  '--no-global',
  '--no-audit',
  '--no-fund',
  ...quiet,
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=10000',
];

/** @typedef {(pid: number) => void} Started called with a process that must end before another run may install */
/** @typedef {import('./processes.mjs').Outcome} Outcome */

/**
 * Installs the packages of package-lock.json, quietly. A ping detects a missing network in a second rather than after
 * each package's retries; npm then installs from its cache.
 * @param {string} root
 * @param {Started} started
 * @returns {Promise<Outcome>}
 */
export async function installPackages(root, started) {
  const ping = await runNpm(['ping', '--fetch-retries=0', '--fetch-timeout=20000', ...quiet], { root });
  const install = isUnreachable(ping.output) ? ['ci', ...flags, '--offline'] : ['ci', ...flags];
  const outcome = await runUnderNewNode(root, install, started);
  return outcome.code !== 0 && isUnreachable(ping.output) ? { ...outcome, output: ping.output } : outcome;
}

/**
 * Runs npm under Node 24, which an old Node first installs in a separate folder: npm silently omits optional packages
 * that don't suit the Node it runs on, and all native binaries are such packages.
 * @param {string} root
 * @param {readonly string[]} install
 * @param {Started} started
 */
async function runUnderNewNode(root, install, started) {
  const node = nodeOutside(path.join(root, 'node_modules'));
  const { stdout } = await capture(node, ['--version']);
  const bundled = runtimePackage(process.platform, process.arch);
  if (isNewEnough(stdout) || bundled === undefined) return runNpm(install, { root, started });
  const runtimeFolder = path.join(root, '.cache', 'node');
  try {
    prepareRuntimeFolder(root, runtimeFolder, bundled.name);
    const runtimeOutcome = await runNpm([...install, '--prefix', runtimeFolder], { root, cwd: runtimeFolder, started });
    if (runtimeOutcome.code !== 0) return runtimeOutcome;
    return await runNpm(install, {
      root,
      started,
      node: path.join(runtimeFolder, 'node_modules', bundled.name, bundled.program),
    });
  } finally {
    rmSync(runtimeFolder, { recursive: true, force: true });
  }
}

/**
 * Writes a project with one package, at the version and with the integrity of the lock file.
 * @param {string} root
 * @param {string} folder
 * @param {string} name
 */
function prepareRuntimeFolder(root, folder, name) {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  const project = { name: 'node-aside', version: '0.0.0', dependencies: { [name]: version } };
  const packages = { '': project, [`node_modules/${name}`]: { version, integrity } };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(project));
  const subset = { ...project, lockfileVersion: lock.lockfileVersion, packages };
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(subset));
}

/**
 * Runs npm with the given Node or the computer's own, never with one inside the node_modules that npm may remove.
 * @param {readonly string[]} args
 * @param {{ root: string, cwd?: string, node?: string, started?: Started }} how
 */
export function runNpm(args, { root, cwd = root, node, started }) {
  const modules = path.join(root, 'node_modules');
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const paths = withoutFolder(process.env[pathName] ?? '', modules);
  const firstPaths = node === undefined ? [] : [path.dirname(node)];
  const spawnOptions = {
    cwd,
    env: { ...process.env, [pathName]: [...firstPaths, paths].join(path.delimiter) },
    started,
  };
  const script = process.env['npm_execpath'];
  if (script !== undefined && path.basename(script) === 'npm-cli.js' && existsSync(script)) {
    return capture(node ?? nodeOutside(modules), [script, ...args], spawnOptions);
  }
  if (process.platform === 'win32') return capture('npm.cmd', args, { ...spawnOptions, shell: true });
  return capture('npm', args, spawnOptions);
}

/** @param {string} modules */
function nodeOutside(modules) {
  const candidates = [process.env['npm_node_execpath'], process.execPath];
  return candidates.find((node) => node !== undefined && existsSync(node) && !isWithin(modules, node)) ?? 'node';
}

/**
 * Removes the entries inside a folder from a PATH.
 * @param {string} paths
 * @param {string} folder
 */
export function withoutFolder(paths, folder) {
  return paths
    .split(path.delimiter)
    .filter((entry) => entry !== '' && !isWithin(folder, entry))
    .join(path.delimiter);
}

const unreachable =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/u;

/** @param {string} output */
function isUnreachable(output) {
  return unreachable.test(output);
}

/** @type {readonly (readonly [RegExp, string])[]} */
const explanations = [
  [
    unreachable,
    'npm could not reach its registry, so nothing was installed. Connect to the internet and run the same command again.',
  ],
  [
    /\bENOSPC\b/u,
    'The disk is full, so the installation could not be finished. Make room and run the same command again.',
  ],
  [/\b(?:EACCES|EPERM|EROFS)\b/u, 'npm may not write here. Make the folder writable and run the same command again.'],
  [/\bEUSAGE\b/u, 'package.json and package-lock.json do not agree: run npm install, and look at what it changes.'],
];

/**
 * Explains a failure in one sentence, from npm's output.
 * @param {{ missing: boolean, output: string }} outcome
 */
export function explainNpm({ missing, output }) {
  if (missing) return 'npm was not found. Install Node together with npm, from https://nodejs.org, and try again.';
  return (
    explanations.find(([pattern]) => pattern.test(output))?.[1] ?? 'npm could not install what is needed. It says:'
  );
}
