import type { Core } from '../../core.ts';
import type { Result } from '../../domain/result.ts';
import { createNetwork } from '../../adapters/network/network.ts';
import type { PassphraseNeed } from '../../adapters/vault/passphrase/key-opener.ts';
import { findDownloads, findFolders } from '../shared/node/folders.ts';
import { createLogFile } from '../shared/node/log-file.ts';
import { systemClock } from '../shared/node/system-clock.ts';
import { version } from '../shared/node/version.ts';
import { openCoreThread } from '../shared/core-thread/core-thread.ts';
import { askHidden } from './ask.ts';

/** Opens the core in this thread, for a command that does one thing and ends; imported only here, as it is large. */
export async function openHere(host: NodeJS.Process): Promise<Result<Core>> {
  const { createCore } = await import('../../core.ts');
  const { folders, holder, electron } = hostOptions(host);
  return createCore({
    folders,
    holder,
    electron,
    version,
    clock: systemClock,
    random: Math.random,
    network: createNetwork(host.env),
    createLog: (redact) => createLogFile(folders.logs, redact, systemClock.now),
    passphrase: (need) => askPassphrase(host, need),
    platform: host.platform,
    environment: host.env,
  });
}

/** Opens the core in its own thread, for a host that serves others meanwhile. */
export function openInThread(host: NodeJS.Process, lost: (error: Error) => void): Promise<Result<Core>> {
  const options = hostOptions(host);
  const log = createLogFile(options.folders.logs, (text) => text, systemClock.now);
  return openCoreThread({ ...options, log, lost });
}

function hostOptions(host: NodeJS.Process) {
  const found = findFolders(host.env, host.platform, workingFolderOf(host));
  return {
    folders: { ...found, downloads: findDownloads(host.env, host.platform) },
    holder: { pid: host.pid, command: `contact-sheet ${host.argv[2] ?? ''}`.trim() },
    electron: host.env['ELECTRON_OVERRIDE_DIST_PATH'],
  };
}

/** npm runs scripts in the package's folder and passes the user's in INIT_CWD. */
export function workingFolderOf(host: NodeJS.Process): string {
  return host.env['INIT_CWD'] || host.cwd();
}

/** Asks twice for a new file's passphrase: a typo would lock its keys away. */
async function askPassphrase({ env, stdin, stderr }: NodeJS.Process, need: PassphraseNeed) {
  const given = env['CONTACT_SHEET_PASSPHRASE'];
  if (given || need === 'probe') return given;
  const terminal = { input: stdin, error: stderr };
  if (need === 'open') return askHidden('Passphrase: ', terminal);
  const first = await askHidden('Choose a passphrase: ', terminal);
  if (!first || first === (await askHidden('Once more: ', terminal))) return first;
  stderr.write('The two differ, so nothing was stored.\n');
  return undefined;
}
