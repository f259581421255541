import type { CatalogueImage, ImageKey } from '../../../domain/image/image.ts';
import type { Events } from '../../../events.ts';
import type { Log } from '../../../ports/log.ts';
import type { BatchLocks } from './batch-locks.ts';
import type { DownloadEngine } from './engine.ts';
import type { EngineDeps } from './engine-parts.ts';
import type { PlanDeps } from '../plan/plan-batch.ts';
import type { RunEnd } from './run-batch.ts';

/** What the verbs of the service work with. */
export type DownloadContext = {
  readonly parts: EngineDeps;
  readonly engine: DownloadEngine;
  readonly holds: BatchLocks;
  readonly plans: PlanDeps;
  /** These, in this order, without those that are no more. */
  readonly images: (keys: readonly ImageKey[]) => CatalogueImage[];
  readonly events: Pick<Events, 'publish'>;
  readonly log: Log;
  /** How the last run of each batch in this process ended. */
  readonly ends: Map<number, RunEnd>;
};
