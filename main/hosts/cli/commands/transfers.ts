import type { BatchView } from '../../../contract/commands/downloads.ts';
import type { Failure } from '../../../domain/failure.ts';
import { refuse } from './accounts.ts';
import { showBatch } from '../text/batch-text.ts';
import { exitCodeOf, gravest } from '../exit-code.ts';
import { followBatch } from '../follow-batch.ts';
import type { Output } from '../output.ts';
import type { Session } from '../session.ts';
import { columns, plural } from '../text/text.ts';

export async function listTransfers(session: Session): Promise<number> {
  const { output, call } = session;
  const batches = await call('downloads.list', {});
  if (!batches.ok) return refuse(session, batches.error);
  output.document(batches.value.map(toJson));
  if (batches.value.length === 0) output.line('Nothing was downloaded yet.');
  const lines = columns(batches.value.map(toCells));
  for (const [index, batch] of batches.value.entries()) {
    output.line(lines[index] ?? '');
    if (batch.stop) output.line(`   ${batch.stop.message}`);
  }
  if (batches.value.some(hasRemaining)) output.note('To go on with what is left: contact-sheet transfers resume');
  return 0;
}

function hasRemaining({ unsettled }: BatchView): boolean {
  return unsettled > 0;
}

/** Resumes all unfinished batches, one after the other, until done; skips those that another process has locked. */
export async function resumeTransfers(session: Session): Promise<number> {
  const { output, call } = session;
  const batches = await call('downloads.list', { unfinished: true });
  if (!batches.ok) {
    output.failed(batches.error, 'event');
    return exitCodeOf(batches.error.code);
  }
  if (batches.value.length === 0) output.line('Nothing is unfinished.');
  const ids = batches.value.map(({ id }) => id);
  return processBatches(session, ids, async (id) => {
    const resumed = await call('downloads.resume', { batchId: id });
    if (resumed.ok) return followBatch(session, id, `Batch ${id}: `);
    output.failed(resumed.error, 'event');
    return exitCodeOf(resumed.error.code);
  });
}

/** Runs oldest first, until Ctrl+C; returns the most severe code. */
async function processBatches(
  { signal }: Session,
  newestFirst: readonly number[],
  work: (batchId: number) => Promise<number>,
): Promise<number> {
  const codes: number[] = [];
  for (const id of newestFirst.toReversed()) {
    if (signal.aborted) codes.push(exitCodeOf('cancelled'));
    else codes.push(await work(id));
  }
  return gravest(codes);
}

export async function cancelTransfers(session: Session, batchId: number | undefined): Promise<number> {
  const { output, call } = session;
  const acted = await call('downloads.act', { action: 'cancel', ...(batchId === undefined ? {} : { batchId }) });
  if (!acted.ok) return refuse(session, acted.error);
  const { changed } = acted.value;
  output.document({ changed });
  output.line(changed === 0 ? 'Nothing to cancel.' : `${plural(changed, 'file')} cancelled. What is saved stays.`);
  return 0;
}

/** Retries what failed in the batch, or in all, and runs until that is done; with --json, prints one document. */
export async function retryTransfers(session: Session, batchId: number | undefined): Promise<number> {
  const { output, call } = session;
  const listed = await call('downloads.list', { limit: 10_000 });
  if (!listed.ok) return refuse(session, listed.error);
  const withFailed = listed.value.filter(({ failed }) => failed > 0).map(({ id }) => id);
  const collected: Collected = { batches: [], failed: [], errors: [] };
  const batchSession = output.json ? { ...session, output: createCollector(output, collected) } : session;
  let changed = 0;
  const code = await processBatches(session, batchId === undefined ? withFailed : [batchId], async (id) => {
    const acted = await call('downloads.act', { action: 'retry', batchId: id });
    if (!acted.ok) {
      batchSession.output.failed(acted.error, 'event');
      return exitCodeOf(acted.error.code);
    }
    changed += acted.value.changed;
    if (acted.value.changed === 0) return 0;
    batchSession.output.note(`Trying ${plural(acted.value.changed, 'file')} again.`);
    return followBatch(batchSession, id, `Batch ${id}: `);
  });
  const [error] = collected.errors;
  output.document(changed === 0 && error ? { error } : { changed, ...collected });
  if (changed === 0 && code === 0) output.line('Nothing to try again.');
  return code;
}

type Collected = {
  readonly batches: unknown[];
  readonly failed: unknown[];
  readonly errors: Pick<Failure, 'code' | 'message'>[];
};

/** Collects events for one document. */
function createCollector(output: Output, collected: Collected): Output {
  return {
    ...output,
    event({ event, ...rest }) {
      if (event === 'done') collected.batches.push(rest);
      if (event === 'failed') collected.failed.push(rest);
    },
    failed({ code, message }) {
      collected.errors.push({ code, message });
      output.note(message);
    },
  };
}

function toCells(batch: BatchView): string[] {
  const { id, createdAt, query, isSelection, destination, unsettled } = batch;
  const what = isSelection ? 'selected images' : query || '*';
  const left = unsettled > 0 ? ` ${plural(unsettled, 'file')} left.` : '';
  const when = new Date(createdAt).toLocaleString('sv').slice(0, 16);
  return [String(id), stateOf(batch), when, `${showBatch(batch)}${left}`, `${what} → ${destination}`];
}

function stateOf({ state, interrupted }: Pick<BatchView, 'state' | 'interrupted'>): string {
  return interrupted ? 'interrupted' : state;
}

function toJson({ id, state, interrupted, query, destination, createdAt, finishedAt, stop, ...batch }: BatchView) {
  const { planned, done, skipped, failed, cancelled, unsettled, bytes } = batch;
  const created = new Date(createdAt).toISOString();
  const finished = finishedAt === null ? null : new Date(finishedAt).toISOString();
  const what = {
    batch: id,
    state: stateOf({ state, interrupted }),
    query,
    destination,
    created,
    finished,
    stopped: stop,
  };
  return { ...what, planned, done, skipped, failed, cancelled, unsettled, bytes };
}
