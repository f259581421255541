import type { BatchSnapshot, BatchView } from '../../contract/downloads.ts';
import { formatSize } from '../../domain/size.ts';
import { exitCodeOf } from './exit-code.ts';
import type { Session } from './session.ts';
import { formatCount, plural } from './words.ts';

const pieceTransfers = 1000;

/** Shows a batch's progress until it ends or stands still, then what failed and the totals; the exit code. */
export async function followBatch(
  session: Session,
  batchId: number,
  describe: (batch: BatchView) => void,
): Promise<number> {
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
  await listFailed(session, batch);
  if (failure) output.failed(failure, 'event');
  describe(batch);
  const { planned, done, skipped, failed, cancelled, unsettled, bytes } = batch;
  if (unsettled > 0) output.note(`${plural(unsettled, 'file')} left. To go on: contact-sheet transfers resume`);
  const totals = { planned, done, skipped, failed, cancelled, ...(unsettled > 0 ? { unsettled } : {}), bytes };
  output.event({ event: 'done', batch: batchId, ...totals });
  if (failure) return exitCodeOf(failure.code);
  if (signal.aborted && unsettled > 0) return exitCodeOf('cancelled');
  return failed > 0 ? exitCodeOf('some-failed') : 0;
}

export function showBatch(batch: BatchView): string {
  const parts = [
    `${plural(batch.done, 'file')} downloaded (${formatSize(batch.bytes)})`,
    batch.skipped > 0 ? `${formatCount(batch.skipped)} skipped` : '',
    batch.failed > 0 ? `${formatCount(batch.failed)} failed` : '',
    batch.cancelled > 0 ? `${formatCount(batch.cancelled)} cancelled` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

async function listFailed({ output, call }: Session, batch: BatchView): Promise<void> {
  for (let from = 0; from < batch.failed; from += pieceTransfers) {
    const range = { batchId: batch.id, state: 'failed', from, to: from + pieceTransfers } as const;
    const rows = await call('downloads.transfers', range);
    if (!rows.ok) return;
    for (const { imageId, name, reason } of rows.value) {
      const { code = 'unknown', message = '' } = reason ?? {};
      output.event({ event: 'failed', id: imageId, name, code, message });
      if (!output.json) output.note(`${name}: ${message}`);
    }
  }
}

function showProgress({ output }: Session, batch: BatchSnapshot): void {
  const { batchId, planned, done, skipped, failed, bytes, bytesPerSecond, remainingMs, active, waiting } = batch;
  const totals = { planned, done, skipped, failed, active, bytes, bytesPerSecond: Math.round(bytesPerSecond) };
  output.event({ event: 'progress', batch: batchId, ...totals });
  const settled = formatCount(done + skipped + failed);
  const speed = bytesPerSecond > 0 ? ` · ${formatSize(bytesPerSecond)}/s` : '';
  const left = remainingMs === null ? '' : ` · ${describeDuration(remainingMs)} left`;
  const wait = waiting === null ? '' : ` · ${waiting.why}`;
  output.progress(`${settled} of ${formatCount(planned)}${speed}${left}${failed > 0 ? ` · ${failed} failed` : ''}${wait}`);
}

/** `0:14`, `1:02:03`. */
function describeDuration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes % 60}:${two(seconds % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
