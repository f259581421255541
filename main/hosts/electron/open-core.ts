import { createCore, type Core } from '../../core.ts';
import type { Result } from '../../domain/result.ts';
import type { Folders } from '../../ports/folders.ts';
import type { Network } from '../../ports/network.ts';
import { createLogFile } from '../node/log-file.ts';
import { systemClock } from '../node/system-clock.ts';
import { version } from '../node/version.ts';

/** The core with what this machine gives it; a vault's passphrase comes from the environment. */
export function openCore(host: NodeJS.Process, folders: Folders, network: Network): Result<Core> {
  return createCore({
    folders,
    clock: systemClock,
    random: Math.random,
    network,
    createLog: (redact) => createLogFile(folders.logs, redact, systemClock.now),
    passphrase: async () => host.env['CONTACT_SHEET_PASSPHRASE'],
    holder: { pid: host.pid, command: 'the window of Contact Sheet' },
    platform: host.platform,
    environment: host.env,
    version,
    electron: host.execPath,
  });
}
