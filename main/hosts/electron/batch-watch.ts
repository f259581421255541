import type { EventMessage } from '../../contract/events.ts';

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];

/** What of all batches together can be seen from outside of the window. */
export type Activity = {
  readonly running: number;
  /** Of the files of the batches that run, 0 to 1; undefined where none runs. */
  readonly fraction: number | undefined;
  /** Files that are still to come. */
  readonly unsettled: number;
};

export const idleActivity: Activity = { running: 0, fraction: undefined, unsettled: 0 };

export type BatchWatch = {
  /** Takes a batch's newest picture; answers with it where the batch has just come to its end or stopped by itself. */
  take(snapshot: Snapshot): Snapshot | undefined;
  activity(): Activity;
};

/** Keeps in mind which batches run. One that was never seen to run can't end. */
export function createBatchWatch(): BatchWatch {
  const running = new Map<number, Snapshot>();
  return {
    take(snapshot) {
      const { batchId, state } = snapshot;
      if (state === 'running' || state === 'preparing') {
        running.set(batchId, snapshot);
        return undefined;
      }
      return running.delete(batchId) && state !== 'cancelled' ? snapshot : undefined;
    },
    activity() {
      if (running.size === 0) return idleActivity;
      const all = [...running.values()];
      const planned = all.reduce((sum, batch) => sum + batch.planned, 0);
      const unsettled = all.reduce((sum, batch) => sum + batch.unsettled, 0);
      return { running: running.size, fraction: planned === 0 ? 0 : 1 - unsettled / planned, unsettled };
    },
  };
}
