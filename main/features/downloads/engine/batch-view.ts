import type { BatchSnapshot, BatchView } from '../../../contract/commands/downloads.ts';
import { totalsOf, type Batch, type StateCounts } from '../../../domain/transfer/batch.ts';
import type { Job } from './run-transfer.ts';

export type BatchFacts = { readonly retryable: number; readonly interrupted: boolean };

export function toBatchView(batch: Batch, counts: StateCounts, facts: BatchFacts): BatchView {
  const { id, createdAt, finishedAt, query, destination, template, policy, state, stop } = batch;
  const what = { query, isSelection: batch.selection !== null, destination, template, policy };
  const totals = totalsOf(counts);
  return {
    ...totals,
    files: batch.files ?? totals.planned,
    id,
    createdAt,
    finishedAt,
    ...what,
    state,
    ...facts,
    paused: counts.paused.files,
    stop,
  };
}

/** Bytes per second over the last few seconds. */
export type SpeedMeter = { measure(bytes: number, now: number): number };

const windowMs = 5_000;

/** Fed with a total that rises, and now and then falls back where a file begins anew. */
export function createSpeedMeter(): SpeedMeter {
  const samples: { readonly bytes: number; readonly at: number }[] = [];
  return {
    measure(bytes, now) {
      samples.push({ bytes, at: now });
      while (samples.length > 2 && (samples[1]?.at ?? now) <= now - windowMs) samples.shift();
      const first = samples[0];
      if (first === undefined || now <= first.at) return 0;
      return (Math.max(0, bytes - first.bytes) * 1000) / (now - first.at);
    },
  };
}

/** `waiting`: what everything waits for, where nothing moves. */
export function toSnapshot(
  batch: Batch,
  counts: StateCounts,
  jobs: readonly Job[],
  waiting: BatchSnapshot['waiting'],
  speed: { readonly meter: SpeedMeter; readonly now: number },
): BatchSnapshot {
  const totals = totalsOf(counts);
  const received = jobs.reduce((sum, job) => sum + job.bytes, 0);
  const bytesPerSecond = speed.meter.measure(totals.bytes + received, speed.now);
  const { queued, active, verifying } = counts;
  const left = queued.bytes + active.bytes + counts.waiting.bytes + counts.paused.bytes + verifying.bytes - received;
  const remainingMs = bytesPerSecond > 0 ? (Math.max(0, left) / bytesPerSecond) * 1000 : null;
  const { id: batchId, state } = batch;
  return {
    ...totals,
    files: batch.files ?? totals.planned,
    batchId,
    state,
    active: active.files,
    bytesPerSecond,
    remainingMs,
    waiting,
  };
}
