import { allowedBatchActions, type BatchAction, type BatchState } from '../../../main/domain/transfer/batch.ts';

/** How a batch stands, as far as a person cares: its state, and whether anything works on it. */
export const batchStatuses = [
  'preparing',
  'running',
  'waiting',
  /** Nothing of it is left but what was paused file by file. */
  'held',
  /** It says that it runs, and nothing here works on it: an earlier session left it, or another process has it. */
  'interrupted',
  'paused',
  /** Something that concerns every file paused it. */
  'stopped',
  'finished',
  /** Over, and some of its files failed. */
  'incomplete',
  'cancelled',
] as const;
export type BatchStatus = (typeof batchStatuses)[number];

export type StatusBatch = {
  readonly state: BatchState;
  readonly isStopped: boolean;
  readonly failed: number;
  /** Of the failed, those that a retry can help. */
  readonly retryable: number;
  readonly unsettled: number;
  /** Of the unsettled. */
  readonly paused: number;
};

/** What was heard of it lately. */
export type Activity = { readonly isLive: boolean; readonly isWaiting: boolean };

export function statusOf(batch: StatusBatch, { isLive, isWaiting }: Activity): BatchStatus {
  const isHeld = batch.unsettled > 0 && batch.paused === batch.unsettled;
  switch (batch.state) {
    case 'preparing':
      return 'preparing';
    case 'running':
      if (isLive) return isWaiting ? 'waiting' : 'running';
      return isHeld ? 'held' : 'interrupted';
    case 'paused':
      if (batch.isStopped) return 'stopped';
      return isHeld ? 'held' : 'paused';
    case 'finished':
      return batch.failed > 0 ? 'incomplete' : 'finished';
    case 'cancelled':
      return 'cancelled';
  }
}

/** Whether bytes come, or are waited for, in this moment. */
export function isWorking(stand: BatchStatus): boolean {
  return stand === 'preparing' || stand === 'running' || stand === 'waiting';
}

/** Whether it stands still and can go on. */
export function canGoOn(stand: BatchStatus): boolean {
  return stand === 'held' || stand === 'interrupted' || stand === 'paused' || stand === 'stopped';
}

/** Its buttons. What says that it runs, and does not, is resumed rather than paused; without failures that it can help there is no retry. */
export function batchButtons(batch: StatusBatch, stand: BatchStatus): readonly BatchAction[] {
  const allowed = allowedBatchActions(batch.state);
  const isLeft = batch.state === 'running' && canGoOn(stand);
  const buttons = isLeft ? allowed.map((action) => (action === 'pause' ? 'resume' : action)) : allowed;
  return buttons.filter((action) => action !== 'retry' || batch.retryable > 0);
}
