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

/** The dependencies that a host provides to the core. */
export type CoreDeps = {
  readonly folders: Folders;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly createLog: (redact: (text: string) => string) => Log;
  readonly passphrase: AskPassphrase;
  /** Identifies this process to others that need a lock it holds. */
  readonly holder: LockHolder;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Path of the Electron runtime, or undefined. */
  readonly electron: string | undefined;
  /** Source of app updates, for hosts that install themselves. */
  readonly updates?: Updates;
  /** Starts a helper process, if this one is not plain Node. */
  readonly startHelper?: StartHelper;
  /** Set if sharp's native build conflicts with another library in the process. */
  readonly pictureBuild?: 'wasm';
  /** Makes thumbnails; defaults to sharp in separate processes. */
  readonly thumbnailer?: Thumbnailer;
};

/** The parts that all others are built from. */
export type Base = {
  readonly deps: CoreDeps;
  readonly database: OpenedDatabase;
  readonly log: Log;
  /** API keys in use, which the log redacts. */
  readonly keys: Set<string>;
  readonly events: Events;
  readonly closing: AbortController;
};
