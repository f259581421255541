import type { Events } from '../events.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Folders } from '../ports/folders.ts';
import type { StartHelper } from '../ports/helper.ts';
import type { Log } from '../ports/log.ts';
import type { Network } from '../ports/network.ts';
import type { Thumbnailer } from '../ports/thumbnailer.ts';
import type { Updates } from '../ports/update-source.ts';
import type { OpenedDatabase } from '../adapters/storage/database/open.ts';
import type { LockHolder } from '../adapters/storage/database/process-lock.ts';
import type { AskPassphrase } from '../adapters/vault/passphrase/key-opener.ts';

/** What a host knows of the machine that it runs on. */
export type CoreDeps = {
  readonly folders: Folders;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly createLog: (redact: (text: string) => string) => Log;
  readonly passphrase: AskPassphrase;
  /** Who this process is, to be named to others that need what it holds. */
  readonly holder: LockHolder;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Where the Electron runtime is, or undefined. */
  readonly electron: string | undefined;
  /** Where newer versions of the app come from, for hosts that install themselves. */
  readonly updates?: Updates;
  /** How a helper process is started, where this one is no plain Node. */
  readonly startHelper?: StartHelper;
  /** Where the native build of the library for pictures does not live with what else is in the process. */
  readonly pictureBuild?: 'wasm';
  /** What makes pictures small: sharp in processes of its own unless the host brings another. */
  readonly thumbnailer?: Thumbnailer;
};

/** What everything else is made of. */
export type Base = {
  readonly deps: CoreDeps;
  readonly database: OpenedDatabase;
  readonly log: Log;
  /** Those in use, which the log leaves out. */
  readonly keys: Set<string>;
  readonly events: Events;
  readonly closing: AbortController;
};
