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

/** The core in this very thread, for a command that does one thing and ends: it is loaded only here, as it is large. */
export async function openHere(host: NodeJS.Process): Promise<Result<Core>> {
  const { createCore } = await import('../../core.ts');
  const { folders, holder, electron } = placeOf(host);
  return createCore({
    ...{ folders, holder, electron, version, clock: systemClock, random: Math.random },
    network: createNetwork(host.env),
    createLog: (redact) => createLogFile(folders.logs, redact, systemClock.now),
    passphrase: (need) => askPassphrase(host, need),
    platform: host.platform,
    environment: host.env,
  });
}

/** The core in a thread of its own, for a host that has others to answer meanwhile. */
export function openInThread(host: NodeJS.Process, lost: (error: Error) => void): Promise<Result<Core>> {
  const place = placeOf(host);
  const log = createLogFile(place.folders.logs, (text) => text, systemClock.now);
  return openCoreThread({ ...place, log, lost });
}

function placeOf(host: NodeJS.Process) {
  const found = findFolders(host.env, host.platform, workingFolderOf(host));
  return {
    folders: { ...found, downloads: findDownloads(host.env, host.platform) },
    holder: { pid: host.pid, command: `contact-sheet ${host.argv[2] ?? ''}`.trim() },
    electron: host.env['ELECTRON_OVERRIDE_DIST_PATH'],
  };
}

/** npm runs scripts in the package's folder and says where the user stood. */
export function workingFolderOf(host: NodeJS.Process): string {
  return host.env['INIT_CWD'] || host.cwd();
}

/** A new file's passphrase is asked for twice: a slip in typing would lock its keys away. */
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
