import { allowedActions, canHelp, isSettled, type TransferAction, type TransferState } from './transfer.ts';

/** `preparing`: its transfers are still being written down; a batch that a kill left so never began. */
export const batchStates = ['preparing', 'running', 'paused', 'finished', 'cancelled'] as const;
export type BatchState = (typeof batchStates)[number];

/** `stop`: something that concerns every file (the disk, the network) paused it. */
export type BatchEvent = 'ready' | 'pause' | 'stop' | 'resume' | 'finish' | 'cancel' | 'retry';

const table: { readonly [S in BatchState]: { readonly [E in BatchEvent]?: BatchState } } = {
  preparing: { ready: 'running', cancel: 'cancelled' },
  running: {
    pause: 'paused',
    stop: 'paused',
    finish: 'finished',
    cancel: 'cancelled',
    resume: 'running',
    retry: 'running',
  },
  paused: { pause: 'paused', resume: 'running', cancel: 'cancelled', retry: 'running' },
  finished: { retry: 'running' },
  cancelled: { retry: 'running' },
};

/** The batch's state after the event, or undefined where the event can't happen in its state. */
export function nextBatchState(state: BatchState, event: BatchEvent): BatchState | undefined {
  return table[state][event];
}

export type BatchAction = 'pause' | 'resume' | 'cancel' | 'retry';

const actions: readonly BatchAction[] = ['pause', 'resume', 'cancel', 'retry'];

/** The buttons of a batch: resuming what runs and pausing what is paused change nothing, so they are not offered. */
export function allowedBatchActions(state: BatchState): readonly BatchAction[] {
  return actions.filter((action) => {
    const next = table[state][action];
    return next !== undefined && (next !== state || action === 'retry');
  });
}

/** A transfer as its state and buttons are shown. */
export type ShownTransfer = {
  readonly state: TransferState;
  readonly reason: { readonly code: string; readonly canRetry: boolean } | null;
};

/** A batch's state, and whether a process works on it now. */
export type BatchActivity = { readonly state: BatchState; readonly isWorkedOn: boolean };

/**
 * Returns the state to show for a transfer of a batch: in a paused batch nothing is queued or active, and what a dead
 * process left active is queued again once the batch is resumed.
 */
export function stateInBatch({ state }: Pick<ShownTransfer, 'state'>, batch: BatchActivity): TransferState {
  if (isSettled(state) || state === 'paused') return state;
  if (batch.state === 'paused') return 'paused';
  return batch.isWorkedOn ? state : 'queued';
}

/** Lists the buttons of a transfer: in a paused batch it is resumed with the batch, and a retry must be able to help. */
export function actionsInBatch(transfer: ShownTransfer, batch: BatchActivity): readonly TransferAction[] {
  const isHeld = batch.state === 'paused' && !isSettled(transfer.state);
  return allowedActions(stateInBatch(transfer, batch)).filter((action) => {
    if (action === 'retry') return canHelp(transfer.reason);
    return !isHeld || action === 'cancel';
  });
}

/** Files and bytes of a batch's transfers in one state. */
export type StateCount = {
  readonly files: number;
  readonly bytes: number;
  /** Files whose length is expected, or unknown. */
  readonly inexact: number;
};

export type StateCounts = { readonly [S in TransferState]: StateCount };

/** `planned = done + skipped + failed + cancelled + unsettled`; `bytes` of the files that are done. */
export type BatchTotals = {
  readonly planned: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly unsettled: number;
  readonly bytes: number;
};

export function totalsOf(counts: StateCounts): BatchTotals {
  const { done, skipped, failed, cancelled, queued, active, waiting, paused, verifying } = counts;
  const unsettled = queued.files + active.files + waiting.files + paused.files + verifying.files;
  return {
    planned: done.files + skipped.files + failed.files + cancelled.files + unsettled,
    done: done.files,
    skipped: skipped.files,
    failed: failed.files,
    cancelled: cancelled.files,
    unsettled,
    bytes: done.bytes,
  };
}

export const conflictPolicies = ['skip-identical', 'keep-both', 'overwrite', 'skip-existing'] as const;
export type ConflictPolicy = (typeof conflictPolicies)[number];

export type BatchOptions = {
  /** Files that are no pictures too, checked by length alone. */
  readonly includeOther: boolean;
  /** manifest.csv, manifest.json and SHA256SUMS at the destination's root. */
  readonly manifest: boolean;
  /** Files at once from each host; null adapts it. */
  readonly concurrency: number | null;
  /** Bytes a second for the whole batch. */
  readonly limitRate: number | null;
};

/** One order to download. */
export type Batch = {
  readonly id: number;
  /** Names its part files. */
  readonly uid: string;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly query: string;
  /** Describes the selection by a digest of its members; null if `query` says which images. `query` gives their order. */
  readonly selection: string | null;
  /** Absolute. */
  readonly destination: string;
  readonly template: string;
  readonly policy: ConflictPolicy;
  readonly options: BatchOptions;
  readonly state: BatchState;
  /** Why it paused by itself. */
  readonly stop: { readonly code: string; readonly message: string } | null;
  readonly finishedAt: number | null;
  /** Files that it set out to fetch, as the plan said; null where an earlier version did not count them. */
  readonly files: number | null;
};
