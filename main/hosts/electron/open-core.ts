import { createCore, type Core } from '../../core.ts';
import type { Result } from '../../domain/result.ts';
import type { Folders } from '../../ports/folders.ts';
import type { StartHelper } from '../../ports/helper.ts';
import type { Network } from '../../ports/network.ts';
import type { Updates } from '../../ports/update-source.ts';
import { createLogFile } from '../node/log-file.ts';
import { systemClock } from '../node/system-clock.ts';
import { version } from '../node/version.ts';

/** What of it is Electron's own. */
export type OwnParts = {
  readonly network: Network;
  readonly startHelper: StartHelper;
  readonly updates: Updates;
};

/** The core with what this machine gives it; a vault's passphrase comes from the environment. */
export function openCore(host: NodeJS.Process, folders: Folders, own: OwnParts): Result<Core> {
  return createCore({
    folders,
    clock: systemClock,
    random: Math.random,
    createLog: (redact) => createLogFile(folders.logs, redact, systemClock.now),
    passphrase: async () => host.env['CONTACT_SHEET_PASSPHRASE'],
    holder: { pid: host.pid, command: 'the window of Contact Sheet' },
    platform: host.platform,
    environment: host.env,
    version,
    electron: host.execPath,
    ...own,
    // Inside Electron on Linux, sharp's native build brings a second GLib and crashes.
    ...(host.platform === 'linux' ? { pictureBuild: 'wasm' } : {}),
  });
}
