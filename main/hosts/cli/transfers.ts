import type { BatchView } from '../../contract/downloads.ts';
import { refuse } from './accounts.ts';
import { exitCodeOf, gravest } from './exit-code.ts';
import { followBatch, showBatch } from './follow-batch.ts';
import type { Session } from './session.ts';
import { plural } from './words.ts';

export async function listTransfers(session: Session): Promise<number> {
  const { output, call } = session;
  const batches = await call('downloads.list', {});
  if (!batches.ok) return refuse(session, batches.error);
  output.document(batches.value.map(toJson));
  if (batches.value.length === 0) output.line('Nothing was downloaded yet.');
  for (const batch of batches.value) {
    const left = batch.unsettled > 0 ? ` ${plural(batch.unsettled, 'file')} left.` : '';
    output.line(`${batch.id}  ${batch.state.padEnd(9)}  ${showBatch(batch)}${left}  ${batch.query || '*'} → ${batch.destination}`);
    if (batch.stop) output.line(`   ${batch.stop.message}`);
  }
  return 0;
}

/** Everything unfinished, one batch after the other, until it is done; one that another process holds is passed over. */
export async function resumeTransfers(session: Session): Promise<number> {
  const { output, call, signal } = session;
  const batches = await call('downloads.list', { unfinished: true });
  if (!batches.ok) {
    output.failed(batches.error, 'event');
    return exitCodeOf(batches.error.code);
  }
  if (batches.value.length === 0) output.line('Nothing is unfinished.');
  const codes: number[] = [];
  for (const { id } of batches.value.toReversed()) {
    if (signal.aborted) break;
    const resumed = await call('downloads.resume', { batchId: id });
    if (resumed.ok) {
      codes.push(await followBatch(session, id, (batch) => output.line(`Batch ${id}: ${showBatch(batch)}`)));
    } else {
      output.failed(resumed.error, 'event');
      codes.push(exitCodeOf(resumed.error.code));
    }
  }
  return gravest(signal.aborted ? [...codes, exitCodeOf('cancelled')] : codes);
}

export async function actOnTransfers(
  session: Session,
  action: 'retry' | 'cancel',
  batchId: number | undefined,
): Promise<number> {
  const { output, call } = session;
  const acted = await call('downloads.act', { action, ...(batchId === undefined ? {} : { batchId }) });
  if (!acted.ok) return refuse(session, acted.error);
  const { changed } = acted.value;
  if (action === 'cancel' || changed === 0) {
    output.document({ changed });
    output.line(action === 'cancel' ? `${plural(changed, 'file')} cancelled.` : 'Nothing to try again.');
    return 0;
  }
  output.note(`Trying ${plural(changed, 'file')} again.`);
  return resumeTransfers(session);
}

function toJson({ id, state, query, destination, createdAt, finishedAt, stop, ...batch }: BatchView) {
  const { planned, done, skipped, failed, cancelled, unsettled, bytes } = batch;
  const created = new Date(createdAt).toISOString();
  const finished = finishedAt === null ? null : new Date(finishedAt).toISOString();
  const what = { batch: id, state, query, destination, created, finished, stopped: stop };
  return { ...what, planned, done, skipped, failed, cancelled, unsettled, bytes };
}
