import type { TransferAction, TransferState } from '../../main/domain/transfer/transfer.ts';
import type { MessageKey } from '../../main/messages/messages.ts';
import type { Tone } from '../components/tone.ts';
import type { BatchStatus } from './batches/batch-status.ts';

type Words = { readonly label: MessageKey; readonly tone: Tone };

export const statusText: Readonly<Record<BatchStatus, Words>> = {
  preparing: { label: 'batch.preparing', tone: 'active' },
  running: { label: 'batch.running', tone: 'active' },
  waiting: { label: 'batch.waiting', tone: 'warn' },
  held: { label: 'batch.held', tone: 'still' },
  interrupted: { label: 'batch.interrupted', tone: 'warn' },
  paused: { label: 'batch.paused', tone: 'still' },
  stopped: { label: 'batch.stopped', tone: 'bad' },
  finished: { label: 'batch.finished', tone: 'good' },
  incomplete: { label: 'batch.incomplete', tone: 'bad' },
  cancelled: { label: 'batch.cancelled', tone: 'quiet' },
};

export const transferText: Readonly<Record<TransferState, Words>> = {
  queued: { label: 'transfer.queued', tone: 'quiet' },
  active: { label: 'transfer.active', tone: 'active' },
  waiting: { label: 'transfer.waiting', tone: 'warn' },
  paused: { label: 'transfer.paused', tone: 'still' },
  verifying: { label: 'transfer.verifying', tone: 'active' },
  done: { label: 'transfer.done', tone: 'good' },
  skipped: { label: 'transfer.skipped', tone: 'quiet' },
  failed: { label: 'transfer.failed', tone: 'bad' },
  cancelled: { label: 'transfer.cancelled', tone: 'quiet' },
};

export const actionText: Readonly<Record<TransferAction, MessageKey>> = {
  pause: 'transfer.pause',
  resume: 'transfer.resume',
  cancel: 'transfer.cancel',
  retry: 'transfer.retry',
};

/** Which files of a batch are listed. */
export const fileFilters = ['all', 'unsettled', 'done', 'skipped', 'failed', 'cancelled'] as const;
export type FileFilter = (typeof fileFilters)[number];

export const filterText: Readonly<Record<FileFilter, MessageKey>> = {
  all: 'files.all',
  unsettled: 'files.unsettled',
  done: 'transfer.done',
  skipped: 'transfer.skipped',
  failed: 'transfer.failed',
  cancelled: 'transfer.cancelled',
};
