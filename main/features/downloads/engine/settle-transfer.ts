import { rm } from 'node:fs/promises';
import type { Batch } from '../../../domain/transfer/batch.ts';
import type { FetchCode } from '../../../domain/network/fetch-problem.ts';
import {
  transition,
  type Transfer,
  type TransferEvent,
  type TransferReason,
} from '../../../domain/transfer/transfer.ts';
import type { EngineDeps } from './engine-parts.ts';
import { absolutePath, partPath } from '../disk/file-paths.ts';

/** The transfer after an event that its state must allow. */
export function moved(transfer: Transfer, event: TransferEvent): Transfer {
  const status = transition(transfer, event);
  if (status === undefined) throw new Error(`A transfer that is ${transfer.state} can't ${event.kind}`);
  return { ...transfer, ...status };
}

/** Journals that the file stands where `finalPath` says, with its place in the history. */
export async function settleDone(parts: EngineDeps, batch: Batch, verifying: Transfer): Promise<Transfer> {
  const done = { ...moved(verifying, { kind: 'done' }), validator: null };
  await parts.journal.write(() => {
    parts.transfers.save(done);
    recordSaved(parts, batch, done);
  });
  return done;
}

/** Journals that nothing is kept of it; `more` runs in the same transaction. The part file goes first: none is left. */
export async function settleWithout(
  parts: EngineDeps,
  batch: Batch,
  transfer: Transfer,
  event: TransferEvent,
  more: (settled: Transfer) => void = () => undefined,
): Promise<Transfer> {
  await rm(partPath(batch, transfer), { force: true }).catch(() => undefined);
  return settle(parts, { ...moved(transfer, event), validator: null }, more);
}

/** Journals a failure for good, and that the image is broken. A part file that is kept is continued by a retry. */
export function settleFailed(
  parts: EngineDeps,
  batch: Batch,
  transfer: Transfer,
  reason: TransferReason,
  keepsPart = false,
): Promise<Transfer> {
  const event = { kind: 'fail', reason } as const;
  const record = (): void => {
    const code = brokenCodes.find((each) => each === reason.code);
    if (code === undefined) return;
    parts.recordBroken({ accountId: transfer.accountId, id: transfer.imageId }, { code, message: reason.message });
  };
  return keepsPart
    ? settle(parts, moved(transfer, event), record)
    : settleWithout(parts, batch, transfer, event, record);
}

async function settle(parts: EngineDeps, settled: Transfer, more: (settled: Transfer) => void): Promise<Transfer> {
  await parts.journal.write(() => {
    parts.transfers.save(settled);
    more(settled);
  });
  return settled;
}

/** Writes the file that the transfer has found or made into the history; within a transaction. */
export function recordSaved(parts: EngineDeps, batch: Batch, transfer: Transfer): void {
  const { accountId, imageId, name, url, sizeText, bytes, sha256, type, note, finalPath } = transfer;
  if (bytes === null || sha256 === null || finalPath === null) throw new Error('A saved file has no facts');
  const now = parts.clock.now();
  const path = absolutePath(batch.destination, finalPath);
  const image = { accountId, imageId, name, url, sizeText };
  parts.savedFiles.record({
    ...image,
    batchId: batch.id,
    path,
    bytes,
    sha256,
    type,
    note,
    savedAt: now,
    verifiedAt: now,
  });
}

/** What says something of the image, and not of this machine's disk or network. */
const brokenCodes: readonly FetchCode[] = [
  'not-found',
  'refused',
  'server-error',
  'unexpected-answer',
  'empty',
  'web-page',
  'not-a-picture',
  'cut-off',
  'changed',
  'not-permitted',
  'redirect-loop',
  'connection-lost',
  'timed-out',
];
