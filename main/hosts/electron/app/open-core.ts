import type { Core } from '../../../core.ts';
import type { Result } from '../../../domain/result.ts';
import type { Environment } from '../../../adapters/helpers/child-environment.ts';
import type { Folders } from '../../../ports/folders.ts';
import type { StartHelper } from '../../../ports/helper.ts';
import type { Log } from '../../../ports/log.ts';
import type { Updates } from '../../../ports/update-source.ts';
import { openCoreThread } from '../../shared/core-thread/core-thread.ts';

/** The core's dependencies that Electron provides. */
export type ElectronCoreDeps = {
  readonly systemProxy: (url: string) => Promise<string | undefined>;
  readonly startHelper: StartHelper;
  readonly updates: Updates;
  /** The core's environment, with the secrets that were withdrawn from this process. */
  readonly environment: Environment;
  readonly log: Log;
  readonly lost: (error: Error) => void;
};

/** Opens the core in its thread, with what this computer provides. */
export function openCore(
  host: NodeJS.Process,
  folders: Folders,
  electronDeps: ElectronCoreDeps,
): Promise<Result<Core>> {
  return openCoreThread({
    folders,
    holder: { pid: host.pid, command: 'the window of Contact Sheet' },
    electron: host.execPath,
    ...electronDeps,
    // Inside Electron on Linux, sharp's native build brings a second GLib and crashes.
    ...(host.platform === 'linux' ? { pictureBuild: 'wasm' } : {}),
  });
}
