import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { installPackages, withoutFolder } from './npm.mjs';
import { isWithin, root } from './paths.mjs';
import { endLike, runThrough } from './processes.mjs';
import { chooseNode, isNewEnough, missingNode } from './runtime.mjs';

/**
 * Installs missing packages and continues under Node 24, for scripts that may run on a bare computer. If the running
 * Node is too old, the script runs again as a child of the new one and this process exits as the child does; so code
 * after the call only ever runs under Node 24 with everything installed.
 * @param {string} script the caller's `import.meta.url`
 * @param {(problem: string) => never} [giveUp]
 */
export async function prepare(script, giveUp = stop) {
  const { execPath, version, platform, arch } = process;
  const choice = chooseNode({ root, version, execPath, platform, arch });
  if ('problem' in choice) return giveUp(choice.problem);
  const { node } = choice;
  const outcome = await ensureInstalled({ root, node, install: installPackages, say });
  if ('problem' in outcome) return giveUp(`${outcome.problem}\n${outcome.details}`);

  const modules = path.join(root, 'node_modules');
  process.env['PATH'] = binariesFirst(process.env['PATH'] ?? '', modules);
  // A Node from the replaced node_modules no longer exists on disk: its successor continues.
  if (isNewEnough(version) && !(outcome.installed && isWithin(modules, execPath))) return;
  const problem = missingNode(node);
  if (problem !== undefined) return giveUp(problem);
  const ended = await runThrough(node, [fileURLToPath(script), ...process.argv.slice(2)]);
  if (ended.missing)
    return giveUp('The Node 24 that npm brought does not run here: install it from https://nodejs.org.');
  endLike(ended);
}

/**
 * @param {string} paths
 * @param {string} modules
 */
function binariesFirst(paths, modules) {
  return [path.join(modules, '.bin'), withoutFolder(paths, modules)].join(path.delimiter);
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {string} problem
 * @returns {never}
 */
function stop(problem) {
  say(problem);
  process.exit(1);
}
