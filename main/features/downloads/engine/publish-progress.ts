import type { BatchSnapshot } from '../../../contract/commands/downloads.ts';
import type { Events } from '../../../events.ts';
import { createSpeedMeter, toSnapshot } from './batch-view.ts';
import type { EngineDeps } from './engine-parts.ts';
import type { Job } from './run-transfer.ts';

const intervalMs = 200;

/** Publishes the batch's snapshot now, and again and again until it is told to stop, which publishes the last one. */
export function publishProgress(
  { batches, transfers, clock, log }: EngineDeps,
  events: Pick<Events, 'publish'>,
  batchId: number,
  jobsOf: () => readonly Job[],
): () => void {
  const meter = createSpeedMeter();
  const stopping = new AbortController();

  function publish(): void {
    const batch = batches.get(batchId);
    if (batch === undefined) return;
    const counts = batches.counts(batchId);
    const isStill = counts.active.files === 0 && counts.waiting.files > 0;
    const waiting = isStill ? soonest(transfers.inState(batchId, 'waiting', 100)) : null;
    const speed = { meter, now: clock.now() };
    events.publish({ topic: 'batch', batch: toSnapshot(batch, counts, jobsOf(), waiting, speed) });
  }

  async function repeat(): Promise<void> {
    for (;;) {
      publish();
      await clock.sleep(intervalMs, stopping.signal);
    }
  }

  /** Showing progress is worth no failure of the download. */
  const complain = (error: unknown): void => {
    log('warn', 'progress could not be shown', { batchId, error: String(error) });
  };

  // Aborting ends it.
  repeat().catch((error: unknown) => {
    if (!stopping.signal.aborted) complain(error);
  });
  return () => {
    stopping.abort();
    try {
      publish();
    } catch (error) {
      complain(error);
    }
  };
}

function soonest(waiting: ReturnType<EngineDeps['transfers']['inState']>): BatchSnapshot['waiting'] {
  const [next] = waiting.toSorted((left, right) => (left.notBefore ?? 0) - (right.notBefore ?? 0));
  return next?.reason ? { until: next.notBefore ?? 0, why: next.reason.message } : null;
}
