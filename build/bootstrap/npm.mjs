import { existsSync } from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';
import { isWithin } from './paths.mjs';

const quiet = ['--no-update-notifier', '--no-progress', '--no-color', '--loglevel=error'];

/** Whatever a person's own npm settings say, this is what is needed; no package of ours has an install script. */
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

/** @typedef {(pid: number) => void} Started told of a process that must end before anyone else may install */

/**
 * Installs what package-lock.json names, quietly. Without a network, which is found out in a second rather than after
 * each package's retries, npm's cache has to do.
 * @param {string} root
 * @param {Started} started
 */
export async function installPackages(root, started) {
  const ping = await runNpm(root, ['ping', '--fetch-retries=0', '--fetch-timeout=20000', ...quiet]);
  if (!isUnreachable(ping.output)) return runNpm(root, ['ci', ...flags], started);
  const outcome = await runNpm(root, ['ci', ...flags, '--offline'], started);
  return outcome.code === 0 ? outcome : { ...outcome, output: ping.output };
}

/**
 * Runs npm with the machine's own Node, never with one inside the node_modules that npm may be about to remove.
 * @param {string} root
 * @param {readonly string[]} args
 * @param {Started} [started]
 */
function runNpm(root, args, started) {
  const modules = path.join(root, 'node_modules');
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const env = { ...process.env, [pathName]: withoutFolder(process.env[pathName] ?? '', modules) };
  const where = { cwd: root, env, started };
  const script = process.env['npm_execpath'];
  if (script !== undefined && path.basename(script) === 'npm-cli.js' && existsSync(script)) {
    return capture(nodeOutside(modules), [script, ...args], where);
  }
  if (process.platform === 'win32') return capture('npm.cmd', args, { ...where, shell: true });
  return capture('npm', args, where);
}

/** @param {string} modules */
function nodeOutside(modules) {
  const candidates = [process.env['npm_node_execpath'], process.execPath];
  return candidates.find((node) => node !== undefined && existsSync(node) && !isWithin(modules, node)) ?? 'node';
}

/**
 * A PATH without the entries that lie in a folder.
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
 * What went wrong in a sentence, by npm's own output.
 * @param {{ missing: boolean, output: string }} outcome
 */
export function explainNpm({ missing, output }) {
  if (missing) return 'npm was not found. Install Node together with npm, from https://nodejs.org, and try again.';
  return explanations.find(([sign]) => sign.test(output))?.[1] ?? 'npm could not install what is needed. It says:';
}
