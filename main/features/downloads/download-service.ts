import { normalize, resolve } from 'node:path';
import type { BatchView } from '../../contract/commands/downloads.ts';
import { totalsOf, type Batch } from '../../domain/transfer/batch.ts';
import type { Failure } from '../../domain/failure.ts';
import type { PlanReason } from '../../domain/plan/plan-types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { defaultTemplate } from '../../domain/template/template.ts';
import {
  isSettled,
  transferStates,
  type Transfer,
  type TransferAction,
  type TransferState,
} from '../../domain/transfer/transfer.ts';
import { actOnBatch, actOnTransfer } from './transfer-actions.ts';
import { toBatchView } from './engine/batch-view.ts';
import { beginRun, unknownBatch } from './engine/begin-run.ts';
import { removeFailedParts } from './engine/change-many.ts';
import { createContext, type DownloadDeps } from './create-context.ts';
import type { DownloadContext } from './engine/download-context.ts';
import { freeBytes } from './disk/free-bytes.ts';
import { planBatch, type Order, type PlanWatch } from './plan/plan-batch.ts';
import { createPlanCache, type ItemRange, type PlannedItem, type PlanCache } from './plan/plan-cache.ts';
import { createTickets } from './plan/tickets.ts';
import type { RunEnd } from './engine/run-batch.ts';
import { removeBatch, startBatch, type StartOrder } from './start-batch.ts';
import { verifyFolder, type Verification } from './manifest/verify-folder.ts';

/** `template` and a destination that is not normal are taken as what they mean. */
type Asked<O extends Order> = Omit<O, 'template'> & {
  readonly template?: string | undefined;
  /** Under which `drop` ends it, and whatever is asked next under the same. */
  readonly ticket?: string | undefined;
};

type ActTarget = {
  readonly batchId: number | undefined;
  readonly seq: number | undefined;
  /** Retries only what a retry can help. */
  readonly onlyHelpful: boolean | undefined;
};

export type BatchEnd = { readonly batch: BatchView; readonly failure: Failure | null };

export type PlannedView = {
  readonly handle: number;
  readonly images: number;
  readonly files: number;
  readonly bytes: { readonly low: number; readonly high: number };
  readonly unknownSizes: number;
  readonly freeBytes: number | null;
  readonly isNewFolder: boolean;
  readonly totals: Readonly<Record<PlanReason, number>>;
};

/** `unsettled`: all states in which something may still happen. */
type StateFilter = TransferState | 'unsettled';

export type Downloads = {
  /** Reads the destination and writes nothing; the handle gives the items until newer plans take its place. */
  plan(order: Asked<Order>): Promise<Result<PlannedView>>;
  /** Ends the planning or starting under a ticket, which fails with `cancelled`; resolves when it has ended. */
  drop(ticket: string): Promise<void>;
  /** Positions among the items of the reason, where one is given; `to` excluded. */
  planItems(handle: number, range: ItemRange, reason?: PlanReason): Result<PlannedItem[]>;
  /** Begins, or goes on with the unfinished batch of the same query, destination, template and policy. */
  start(order: Asked<StartOrder>): Promise<Result<{ batch: BatchView; continued: boolean }>>;
  /** Takes an unfinished batch up in this process. */
  resume(batchId: number): Promise<Result<BatchView>>;
  /** Resolves when the batch has ended, or stands still; at once where it does not run here. */
  wait(batchId: number): Promise<Result<BatchEnd>>;
  /** Ends this process's work on the batch, or on all; everything stays resumable. */
  stop(batchId?: number): Promise<void>;
  list(unfinishedOnly: boolean, limit: number): BatchView[];
  transfers(batchId: number, state: StateFilter | undefined, from: number, to: number): Result<Transfer[]>;
  /** Answers how many transfers it changed. Without a batch: all of them, those that other processes hold excepted. */
  act(action: TransferAction, batchId?: number, seq?: number, onlyHelpful?: boolean): Promise<Result<number>>;
  verify(folder: string): Promise<Result<Verification>>;
  /** Forgets batches that are over, and what they saved; the files stay. Answers how many batches. */
  clearHistory(): Promise<number>;
  close(): Promise<void>;
};

const unsettledStates = transferStates.filter((state) => !isSettled(state));
const pieceRows = 1_000;

export function createDownloads(deps: DownloadDeps): Downloads {
  const context = createContext(deps);
  const { parts, engine } = context;
  const shelf = createPlanCache();
  const tickets = createTickets();
  const run: TicketRun = (ticket, work) => tickets.run(ticket, (signal) => work(watchOf(context, ticket, signal)));
  const view = (id: number): BatchView | undefined => {
    const batch = parts.batches.get(id);
    return batch === undefined ? undefined : viewOf(context, batch);
  };
  const viewed = (id: number): Result<BatchView> => {
    const found = view(id);
    return found === undefined ? fail(unknownBatch()) : ok(found);
  };
  return {
    plan: (asked) => run(asked.ticket, (watch) => plan(context, shelf, normal(asked), watch)),
    drop: tickets.end,
    planItems: shelf.items,
    async start(asked) {
      const started = await run(asked.ticket, (watch) => startBatch(context, normal(asked), watch));
      if (!started.ok) return started;
      const batch = viewed(started.value.batchId);
      return batch.ok ? ok({ batch: batch.value, continued: started.value.continued }) : batch;
    },
    async resume(batchId) {
      const begun = await resumeBatch(context, batchId);
      return begun.ok ? viewed(batchId) : begun;
    },
    async wait(batchId) {
      await engine.ending(batchId);
      const batch = viewed(batchId);
      return batch.ok ? ok({ batch: batch.value, failure: whyStopped(context.ends.get(batchId)) }) : batch;
    },
    async stop(batchId) {
      if (batchId === undefined) await engine.stop();
      else await engine.halt(batchId, { kind: 'interrupted' });
    },
    list(unfinishedOnly, limit) {
      const batches = unfinishedOnly ? parts.batches.unfinished().reverse() : parts.batches.list({ offset: 0, limit });
      const begun = batches.filter(({ state }) => state !== 'preparing').slice(0, limit);
      return begun.map((batch) => viewOf(context, batch));
    },
    transfers(batchId, state, from, to) {
      if (parts.batches.get(batchId) === undefined) return fail(unknownBatch());
      const states = state === undefined ? {} : { states: state === 'unsettled' ? unsettledStates : [state] };
      return ok(parts.transfers.list(batchId, { ...states, offset: from, limit: Math.max(0, to - from) }));
    },
    act: (action, batchId, seq, onlyHelpful) => act(context, action, { batchId, seq, onlyHelpful }),
    verify: (folder) => verifyFolder(parts, resolve(folder)),
    clearHistory: () => clearHistory(context),
    async close() {
      await tickets.endAll();
      await engine.stop();
      await parts.journal.flush();
    },
  };
}

function viewOf(context: DownloadContext, batch: Batch): BatchView {
  const { batches } = context.parts;
  const counts = batches.counts(batch.id);
  const retryable = counts.failed.files === 0 ? 0 : batches.retryable(batch.id);
  return toBatchView(batch, counts, { retryable, interrupted: isInterrupted(context, batch) });
}

async function plan(
  context: DownloadContext,
  shelf: PlanCache,
  order: Order,
  watch: PlanWatch,
): Promise<Result<PlannedView>> {
  const planned = await planBatch(context.plans, order, watch);
  if (!planned.ok) return planned;
  const { files, bytes, totals, items, isNewFolder } = planned.value;
  const { low, high, unknown } = bytes;
  const handle = shelf.keep(order.destination, items);
  const free = await freeBytes(order.destination);
  const counts = { images: items.length, files, unknownSizes: unknown };
  return ok({ handle, ...counts, bytes: { low, high }, freeBytes: free, isNewFolder, totals });
}

type TicketRun = <T>(ticket: string | undefined, work: (watch: PlanWatch) => Promise<T>) => Promise<T>;

function watchOf({ events }: DownloadContext, ticket: string | undefined, signal: AbortSignal): PlanWatch {
  return {
    signal,
    progressed(stage, done, total) {
      if (ticket !== undefined) events.publish({ topic: 'planning', planning: { ticket, stage, done, total } });
    },
  };
}

function normal<O extends Order>(asked: Asked<O>): O {
  const destination = resolve(normalize(asked.destination));
  return { ...asked, destination, template: asked.template ?? defaultTemplate } as O;
}

/** What is paused by hand inside the batch stays so; a batch that is over is not begun again. */
async function resumeBatch(context: DownloadContext, batchId: number): Promise<Result<undefined>> {
  const { parts, holds } = context;
  const uid = parts.batches.get(batchId)?.uid;
  if (uid === undefined) return fail(unknownBatch());
  return holds.inTurn(uid, async () => {
    const batch = parts.batches.get(batchId);
    if (batch === undefined || batch.state === 'preparing') return fail(unknownBatch());
    const isLeft = batch.finishedAt === null || totalsOf(parts.batches.counts(batchId)).unsettled > 0;
    return isLeft ? beginRun(context, batchId) : ok();
  });
}

function whyStopped(end: RunEnd | undefined): Failure | null {
  return end?.kind === 'stopped' ? end.failure : null;
}

async function act(
  context: DownloadContext,
  action: TransferAction,
  { batchId, seq, onlyHelpful = false }: ActTarget,
): Promise<Result<number>> {
  if (batchId !== undefined) {
    return seq === undefined
      ? actOnBatch(context, batchId, action, onlyHelpful)
      : actOnTransfer(context, batchId, seq, action);
  }
  const { batches } = context.parts;
  const ids = action === 'retry' ? batches.withFailed() : batches.unfinished().map(({ id }) => id);
  let changed = 0;
  for (const id of ids) {
    const acted = await actOnBatch(context, id, action, onlyHelpful);
    if (acted.ok) changed += acted.value;
    else if (acted.error.code !== 'busy') return acted;
  }
  return ok(changed);
}

/** Returns whether the process that ran a batch died: the batch is `running`, and no process holds its lock. */
function isInterrupted({ engine, holds }: DownloadContext, { id, uid, state }: Batch): boolean {
  if (state !== 'running' || engine.isRunning(id)) return false;
  const hold = holds.take(uid);
  if (hold.ok) hold.value.release();
  return hold.ok;
}

async function clearHistory({ parts, holds }: DownloadContext): Promise<number> {
  const { batches, savedFiles, journal } = parts;
  while ((await journal.write(() => savedFiles.forget(pieceRows))) === pieceRows);
  let cleared = 0;
  for (const id of batches.over()) if (await removeIfOver({ parts, holds }, id)) cleared++;
  return cleared;
}

/** Another process, or a retry meanwhile, may have taken it up. */
async function removeIfOver({ parts, holds }: Pick<DownloadContext, 'parts' | 'holds'>, id: number): Promise<boolean> {
  const uid = parts.batches.get(id)?.uid;
  if (uid === undefined) return false;
  return holds.inTurn(uid, async () => {
    const hold = holds.take(uid);
    if (!hold.ok) return false;
    try {
      const batch = parts.batches.get(id);
      if (typeof batch?.finishedAt !== 'number') return false;
      await removeFailedParts(parts, batch);
      await removeBatch(parts, id);
      return true;
    } finally {
      hold.value.release();
    }
  });
}
