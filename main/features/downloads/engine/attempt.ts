import type { Batch } from '../../../domain/transfer/batch.ts';
import type { Failure } from '../../../domain/failure.ts';
import { afterProblem } from '../../../domain/transfer/transfer-retry.ts';
import type { EngineDeps, FetchFailure } from './engine-parts.ts';
import { finishTransfer, skipIfThere } from './finish-transfer.ts';
import { fetchTransfer, type Job } from './run-transfer.ts';
import { moved, settleFailed, settleWithout } from './settle-transfer.ts';
import { hostUnreachable, isOnTheWay, stopForError, stopForProblem, unreachableInARow } from './stop-reasons.ts';

/** What became of a job once it is journalled; `stop`: something that concerns every file, the job is queued again. */
export type Outcome =
  { readonly kind: 'settled' | 'waiting' | 'given-back' } | { readonly kind: 'stop'; readonly failure: Failure };

/**
 * One attempt, from start to what follows from it. Calls `leave` as soon as the host is done with. An exception fails
 * this transfer alone; rejects only if that can't be written either, or the disk of our own data is the matter.
 */
export async function workOn(parts: EngineDeps, batch: Batch, job: Job, leave: () => void): Promise<Outcome> {
  try {
    return await attempt(parts, batch, job, leave);
  } catch (error) {
    if (stopForError(error) !== undefined) throw error;
    return await afterFailedFetch(parts, batch, job, internalProblem(parts, job, error));
  } finally {
    leave();
  }
}

async function attempt(parts: EngineDeps, batch: Batch, job: Job, leave: () => void): Promise<Outcome> {
  begin(parts, job);
  const skipped = await skipIfThere(parts, batch, job.transfer);
  if (skipped !== undefined) return { kind: 'settled' };
  const fetched = await fetchTransfer(parts, batch, job);
  if (!fetched.ok) return await afterFailedFetch(parts, batch, job, fetched.error);
  const { bytes, isCopy } = fetched.value;
  if (isCopy !== true) parts.hosts.served(job.host, bytes, parts.clock.now());
  leave();
  const { fault } = await finishTransfer(parts, batch, job.transfer, fetched.value);
  return fault === null ? { kind: 'settled' } : { kind: 'stop', failure: fault };
}

function internalProblem({ log }: EngineDeps, { transfer }: Job, error: unknown): FetchFailure {
  const { batchId, seq } = transfer;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log('error', 'a transfer failed unexpectedly', { batchId, seq, error: text });
  const message = `An error in Contact Sheet stopped this file; the log has it as transfer ${seq} of batch ${batchId}. Retry it, or report the error.`;
  return { code: 'internal', message, canRetry: false, keepPart: false };
}

/** Not waited for: a row that still says `queued` when the process dies is begun again just the same. */
function begin(parts: EngineDeps, job: Job): void {
  const started = moved(job.transfer, { kind: 'start' });
  job.transfer = started;
  job.bytes = 0;
  job.servedBefore = parts.hosts.servedCount(job.host);
  // If this can't be written, neither can what follows, which is waited for.
  parts.journal.write(() => parts.transfers.save(started)).catch(() => undefined);
}

async function afterFailedFetch(parts: EngineDeps, batch: Batch, job: Job, problem: FetchFailure): Promise<Outcome> {
  const { clock, hosts, random } = parts;
  const now = clock.now();
  if (!problem.keepPart) job.transfer = { ...job.transfer, validator: null };
  const failure = stopForProblem(problem, now);
  if (failure !== undefined) return giveBack(parts, job, { kind: 'stop', failure });
  if (job.interruption === 'release') return giveBack(parts, job, { kind: 'given-back' });
  if (job.interruption === 'pause') return save(parts, job, { kind: 'pause' }, 'given-back');
  if (job.interruption === 'cancel') {
    await settleWithout(parts, batch, job.transfer, { kind: 'cancel' });
    return { kind: 'settled' };
  }
  const event = afterProblem(job.transfer, problem, {
    now,
    random,
    advanced: problem.keepPart && job.bytes > job.furthest,
    hostServes: hosts.servedCount(job.host) > job.servedBefore,
  });
  job.furthest = Math.max(job.furthest, job.bytes);
  hosts.problem(job.host, problem, now);
  if (event.kind !== 'fail') return save(parts, job, event, 'waiting');
  await settleFailed(parts, batch, job.transfer, event.reason, problem.keepPart);
  if (!isOnTheWay(problem) || hosts.unreachable(job.host) < unreachableInARow) return { kind: 'settled' };
  return { kind: 'stop', failure: hostUnreachable(job.host, problem) };
}

async function giveBack(parts: EngineDeps, job: Job, outcome: Outcome): Promise<Outcome> {
  await save(parts, job, { kind: 'release' }, 'given-back');
  return outcome;
}

async function save(
  parts: EngineDeps,
  job: Job,
  event: Parameters<typeof moved>[1],
  kind: 'waiting' | 'given-back',
): Promise<Outcome> {
  const next = moved(job.transfer, event);
  job.transfer = next;
  await parts.journal.write(() => parts.transfers.save(next));
  return { kind };
}
