import type { EventMessage } from '../../../contract/events.ts';

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];
type SyncSnapshot = Extract<EventMessage, { topic: 'sync' }>['sync'];

/** The core's activity, as shown outside the window. */
export type Activity = {
  /** Number of batches. */
  readonly running: number;
  /** Settled share of the files in running batches, 0 to 1; undefined if none runs. */
  readonly fraction: number | undefined;
  /** Number of remaining files. */
  readonly unsettled: number;
  /** Number of running or waiting syncs. */
  readonly syncs: number;
};

export type BatchWatch = {
  /** Takes a batch's newest snapshot; returns it if the batch has just finished or stopped by itself. */
  take(snapshot: Snapshot): Snapshot | undefined;
  takeSync(snapshot: SyncSnapshot): void;
  activity(): Activity;
};

/** Tracks running batches and syncs. One that was never seen running cannot end. */
export function createBatchWatch(): BatchWatch {
  const running = new Map<number, Snapshot>();
  const syncs = new Set<number>();
  return {
    take(snapshot) {
      const { batchId, state } = snapshot;
      if (state === 'running' || state === 'preparing') {
        running.set(batchId, snapshot);
        return undefined;
      }
      return running.delete(batchId) && state !== 'cancelled' ? snapshot : undefined;
    },
    takeSync({ syncId, state }) {
      if (state === 'running' || state === 'waiting') syncs.add(syncId);
      else syncs.delete(syncId);
    },
    activity() {
      const all = [...running.values()];
      const files = all.reduce((sum, batch) => sum + batch.files, 0);
      const unsettled = all.reduce((sum, batch) => sum + batch.unsettled, 0);
      const fraction = files === 0 ? 0 : 1 - unsettled / files;
      const batches = { running: all.length, fraction: all.length === 0 ? undefined : fraction, unsettled };
      return { ...batches, syncs: syncs.size };
    },
  };
}
