import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Environment } from '../../../adapters/helpers/child-environment.ts';
import type { StartHelper } from '../../../ports/helper.ts';
import type { Log } from '../../../ports/log.ts';
import type { Updates } from '../../../ports/update-source.ts';
import type { CoreThreadData } from './core-messages.ts';

export type CoreThreadDeps = Omit<CoreThreadData, 'brings'> & {
  /** The system's own proxy for a URL, where the environment names none. */
  readonly systemProxy?: (url: string) => Promise<string | undefined>;
  /** How a helper process is started, where that is the host's to do. */
  readonly startHelper?: StartHelper;
  readonly updates?: Updates;
  /** The thread's own; that of this process at this moment unless given. */
  readonly environment?: Environment;
  /** Where it is written that the core was lost, as it can't do so itself any more. */
  readonly log: Log;
  readonly lost: (error: Error) => void;
  /** What letting go may take before the thread is ended all the same; 20 s unless given. */
  readonly closeMs?: number;
  /** What the thread runs; the core, unless given. */
  readonly entry?: URL;
};

/** What is soon forgotten is looked through often rather than left to pile up: a quarter of the usual room. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** Starts the thread of the core. */
export function startThread(parts: CoreThreadDeps): Worker {
  const { folders, holder, electron, updates, startHelper, pictureBuild } = parts;
  const workerData: CoreThreadData = {
    ...{ folders, holder, electron },
    ...(pictureBuild === undefined ? {} : { pictureBuild }),
    brings: {
      proxy: parts.systemProxy !== undefined,
      helpers: startHelper !== undefined,
      updates: updates === undefined || 'absent' in updates ? updates : 'source',
    },
  };
  const core = new URL(`./core-worker${extname(import.meta.url)}`, import.meta.url);
  const env = { ...(parts.environment ?? process.env) };
  return new Worker(parts.entry ?? core, { workerData, env, execArgv: [], name: 'core', resourceLimits });
}
