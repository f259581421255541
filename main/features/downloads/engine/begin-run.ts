import { failure, type Failure } from '../../../domain/failure.ts';
import type { Batch } from '../../../domain/transfer/batch.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { DownloadContext } from './download-context.ts';
import { publishProgress } from './publish-progress.ts';

/** Sets the batch running in this process, which keeps its lock until the run ends; nothing where it runs already. */
export async function beginRun(context: DownloadContext, batchId: number): Promise<Result<undefined>> {
  const { parts, engine, holds, events, ends } = context;
  const batch = parts.batches.get(batchId);
  if (batch === undefined) return fail(unknownBatch());
  if (engine.isRunning(batchId)) return ok();
  const hold = holds.take(batch.uid);
  if (!hold.ok) return hold;
  await parts.journal.write(() => parts.batches.setState(batchId, 'running', null, null));
  ends.delete(batchId);
  const running: Batch = { ...batch, state: 'running', stop: null, finishedAt: null };
  const ended = engine.run(running);
  const stopPublishing = publishProgress(parts, events, batchId, () => engine.jobs(batchId));
  ended
    .then((end) => void ends.set(batchId, end))
    .catch((error: unknown) => {
      context.log('error', 'a batch ended unexpectedly', { batchId, error: String(error) });
    })
    .finally(() => {
      hold.value.release();
      stopPublishing();
    });
  return ok();
}

export function unknownBatch(): Failure {
  return failure('unknown-batch', 'There is no such batch. List the batches to see their numbers.');
}
