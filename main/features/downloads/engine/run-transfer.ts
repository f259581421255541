import type { Batch } from '../../../domain/transfer/batch.ts';
import { fail, type Result } from '../../../domain/result.ts';
import type { Transfer } from '../../../domain/transfer/transfer.ts';
import type { EngineDeps, FetchedFile, FetchFailure, FetchJob } from './engine-parts.ts';
import { absolutePath, partPath, splitPath } from '../disk/file-paths.ts';

/** What a person, or the end of the run, has asked of a transfer that is being fetched. */
export type Interruption = 'release' | 'pause' | 'cancel';

/** A transfer in the engine's hands. */
export type Job = {
  /** As it will be once the journal is on disk. */
  transfer: Transfer;
  readonly host: string;
  /** Bytes received in this attempt, with those that it continued from. */
  bytes: number;
  /** The most that any attempt had received. */
  furthest: number;
  /** What the host had served when this attempt began. */
  servedBefore: number;
  abort: AbortController;
  interruption: Interruption | null;
};

export function newJob(transfer: Transfer, host: string): Job {
  return {
    transfer,
    host,
    bytes: 0,
    furthest: 0,
    servedBefore: 0,
    abort: new AbortController(),
    interruption: null,
  };
}

/** Files below this are written at once, and so begun anew rather than continued: their validator need not be kept. */
const smallestContinued = 2 * 1024 * 1024;

/** One attempt, from the request to whole and checked bytes in the part file. */
export async function fetchTransfer(
  parts: EngineDeps,
  batch: Batch,
  job: Job,
): Promise<Result<FetchedFile, FetchFailure>> {
  const { transfer } = job;
  const part = partPath(batch, transfer);
  const accountOrigin = parts.originOf(transfer.accountId);
  if (accountOrigin === undefined) return fail(unknownAccount);
  const folder = await parts.folders.make(batch, splitPath(transfer.path).folder, transfer.attempt > 1);
  if (!folder.ok) return fail({ ...folder.error, keepPart: false });
  const order: FetchJob = {
    url: transfer.url,
    accountOrigin,
    partPath: part,
    finalPath: absolutePath(batch.destination, transfer.path),
    validator: transfer.validator,
    totalBytes: transfer.bytesExact ? transfer.bytes : null,
    lastModified: transfer.lastModified,
    picture: transfer.picture,
    opened: ({ totalBytes, validator, lastModified }) => {
      const bytes = totalBytes ?? transfer.bytes;
      job.transfer = { ...job.transfer, bytes, bytesExact: totalBytes !== null, validator, lastModified };
      const isSmall = totalBytes !== null && totalBytes < smallestContinued;
      if (isSmall || validator === transfer.validator) return Promise.resolve();
      const opened = job.transfer;
      return parts.journal.write(() => parts.transfers.save(opened));
    },
    progressed: (bytes) => void (job.bytes = bytes),
  };
  const { signal } = job.abort;
  return (await parts.copyOriginal(transfer, order, signal)) ?? parts.fetchFile(order, batch, signal);
}

const unknownAccount: FetchFailure = {
  code: 'not-permitted',
  message: 'The account of this image is no longer known. Add it again, sync, and begin a new download.',
  canRetry: false,
  keepPart: false,
};
