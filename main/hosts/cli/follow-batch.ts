import type { BatchView } from '../../contract/commands/downloads.ts';
import { exitCodeOf } from './exit-code.ts';
import { describeSkipped, showBatch, showProgress } from './text/batch-text.ts';
import type { Session } from './session.ts';
import { formatCount, plural } from './text/text.ts';

const pageSize = 1000;
/** Limit for text output; with --json each has its event. */
const maxListed = 100;

/** Shows a batch's progress until it ends or stops, then failures and totals; returns the exit code. */
export async function followBatch(session: Session, batchId: number, title = ''): Promise<number> {
  const { output, call, signal } = session;
  const stopListening = session.listen((message) => {
    if (message.topic === 'batch' && message.batch.batchId === batchId) showProgress(session, message.batch);
  });
  const stop = () => void call('downloads.stop', { batchId });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const ended = await call('downloads.wait', { batchId });
  signal.removeEventListener('abort', stop);
  stopListening();
  if (!ended.ok) {
    output.failed(ended.error, 'event');
    return exitCodeOf(ended.error.code);
  }
  const { batch, failure } = ended.value;
  const { planned, done, skipped, failed, cancelled, unsettled, bytes } = batch;
  await listFailed(session, batch);
  if (failure) output.failed(failure, 'event');
  if (unsettled < planned || planned === 0) output.line(title + showBatch(batch));
  if (!output.json && skipped > 0) await describeSkipped(session, batch);
  if (done > 0 || skipped > 0) output.line(`In ${batch.destination}`);
  if (unsettled > 0) output.note(`${plural(unsettled, 'file')} left. To go on: contact-sheet transfers resume`);
  else if (failed > 0) output.note(`To try again what failed: contact-sheet transfers retry ${batchId}`);
  const totals = { planned, done, skipped, failed, cancelled, ...(unsettled > 0 ? { unsettled } : {}), bytes };
  output.event({ event: 'done', batch: batchId, ...totals });
  if (failure) return exitCodeOf(failure.code);
  if (signal.aborted && unsettled > 0) return exitCodeOf('cancelled');
  return failed > 0 ? exitCodeOf('some-failed') : 0;
}

async function listFailed({ output, call }: Session, batch: BatchView): Promise<void> {
  for (let from = 0; from < batch.failed; from += pageSize) {
    const range = { batchId: batch.id, state: 'failed', from, to: from + pageSize } as const;
    const rows = await call('downloads.transfers', range);
    if (!rows.ok) return output.failed(rows.error, 'event');
    for (const [index, { imageId, name, reason }] of rows.value.entries()) {
      const { code = 'unknown', message = '' } = reason ?? {};
      output.event({ event: 'failed', id: imageId, name, code, message });
      if (!output.json && from + index < maxListed) output.note(`${name}: ${message}`);
    }
    if (!output.json) break;
  }
  if (!output.json && batch.failed > maxListed) output.note(`… and ${formatCount(batch.failed - maxListed)} more.`);
}
