import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Environment } from '../../../adapters/helpers/child-environment.ts';
import type { StartHelper } from '../../../ports/helper.ts';
import type { Log } from '../../../ports/log.ts';
import type { Updates } from '../../../ports/update-source.ts';
import type { CoreThreadData } from './core-messages.ts';

export type CoreThreadDeps = Omit<CoreThreadData, 'brings'> & {
  /** Resolves the system's proxy for a URL, if the environment names none. */
  readonly systemProxy?: (url: string) => Promise<string | undefined>;
  /** Starts a helper process, if that is up to the host. */
  readonly startHelper?: StartHelper;
  readonly updates?: Updates;
  /** The thread's environment; defaults to a copy of this process's. */
  readonly environment?: Environment;
  /** Logs that the core was lost, which it can no longer do itself. */
  readonly log: Log;
  readonly lost: (error: Error) => void;
  /** Time limit for closing before the thread is terminated; defaults to 20 s. */
  readonly closeMs?: number;
  /** The thread's script; defaults to the core. */
  readonly entry?: URL;
};

/** Collects short-lived objects often rather than letting them pile up: a quarter of the default size. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** Starts the core thread. */
export function startThread(deps: CoreThreadDeps): Worker {
  const { folders, holder, electron, updates, startHelper, pictureBuild } = deps;
  const workerData: CoreThreadData = {
    folders,
    holder,
    electron,
    ...(pictureBuild === undefined ? {} : { pictureBuild }),
    brings: {
      proxy: deps.systemProxy !== undefined,
      helpers: startHelper !== undefined,
      updates: updates === undefined || 'absent' in updates ? updates : 'source',
    },
  };
  const defaultEntry = new URL(`./core-worker${extname(import.meta.url)}`, import.meta.url);
  const env = { ...(deps.environment ?? process.env) };
  return new Worker(deps.entry ?? defaultEntry, { workerData, env, execArgv: [], name: 'core', resourceLimits });
}
