import type { EventMessage } from '../../../contract/events.ts';

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];
type SyncSnapshot = Extract<EventMessage, { topic: 'sync' }>['sync'];

/** What goes on in the core, as far as it can be seen from outside of the window. */
export type Activity = {
  /** Batches. */
  readonly running: number;
  /** Of the files of the batches that run, 0 to 1; undefined where none runs. */
  readonly fraction: number | undefined;
  /** Files that are still to come. */
  readonly unsettled: number;
  /** Syncs that run or wait for their turn. */
  readonly syncs: number;
};

export type BatchWatch = {
  /** Takes a batch's newest picture; answers with it where the batch has just come to its end or stopped by itself. */
  take(snapshot: Snapshot): Snapshot | undefined;
  takeSync(snapshot: SyncSnapshot): void;
  activity(): Activity;
};

/** Keeps in mind which batches and syncs run. One that was never seen to run can't end. */
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
